import pg from 'pg';

/** Whether the database answers, asked over a connection of its own: the pool's may all be busy with long statements. */
export interface HealthCheck {
  isDatabaseThere(): Promise<boolean>;
  end(): Promise<void>;
}

export function createHealthCheck(pool: pg.Pool): HealthCheck {
  let own: pg.Pool | undefined;
  const open = (): pg.Pool => {
    // The pool keeps its password from being enumerated.
    const made = new pg.Pool({ ...pool.options, password: pool.options.password, max: 1, allowExitOnIdle: true });
    // The next check tells.
    made.on('error', () => undefined);
    return made;
  };
  return {
    isDatabaseThere: () =>
      (own ??= open()).query('SELECT 1').then(
        () => true,
        () => false,
      ),
    end: async () => {
      await own?.end();
      own = undefined;
    },
  };
}
