import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Change } from '../../src/database';
import { startChangeFeed } from '../../src/database';
import { createLogger } from '../../src/log';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Step =
  | { readonly do: 'insert' | 'savepoint' | 'undo' | 'commit' | 'rollback'; readonly writer: number }
  | { readonly do: 'pause' | 'disconnect' };

const WRITERS = 4;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('insert' as const), writer: fc.nat(WRITERS - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('commit' as const, 'rollback' as const), writer: fc.nat(WRITERS - 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('savepoint' as const, 'undo' as const), writer: fc.nat(WRITERS - 1) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const) }) },
);

/** A connection in a transaction, and the names that it will have stored when it commits: a list for each savepoint. */
class Writer {
  private stored: number[][] = [[]];
  constructor(private readonly client: pg.PoolClient) {}

  async insert(): Promise<void> {
    const { rows } = await this.client.query<{ id: number }>(
      `INSERT INTO saaras_db.org (org_name) VALUES (gen_random_uuid()) RETURNING org_id::int AS id`,
    );
    this.stored.at(-1)!.push(rows[0]!.id);
  }

  async savepoint(): Promise<void> {
    await this.client.query(`SAVEPOINT s${this.stored.length}`);
    this.stored.push([]);
  }

  async undo(): Promise<void> {
    if (this.stored.length === 1) return;
    await this.client.query(`ROLLBACK TO s${this.stored.length - 1}`);
    this.stored.pop();
  }

  async finish(how: 'commit' | 'rollback'): Promise<number[]> {
    await this.client.query(how);
    const committed = how === 'commit' ? this.stored.flat() : [];
    this.stored = [[]];
    await this.client.query('BEGIN');
    return committed;
  }

  async close(): Promise<number[]> {
    const committed = await this.finish('commit');
    await this.client.query('ROLLBACK');
    this.client.release();
    return committed;
  }
}

test('whatever the interleaving of writers, each committed change is delivered exactly once, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
      const delivered: Change[] = [];
      let resets = 0;
      const feed = startChangeFeed({
        url: database.url,
        log: createLogger('silent'),
        onEvent: (event) => void (event.kind === 'changes' ? delivered.push(...event.changes) : resets++),
      });
      while (resets === 0) await sleep(1);
      const writers: Writer[] = [];
      const committed: number[] = [];
      for (let index = 0; index < WRITERS; index++) {
        const client = await database.pool.connect();
        await client.query('BEGIN');
        writers.push(new Writer(client));
      }
      for (const each of steps) await run(each, writers, committed);
      for (const writer of writers) committed.push(...(await writer.close()));
      const last = await database.pool.query<{ id: number }>(
        `INSERT INTO saaras_db.org (org_name) VALUES (gen_random_uuid()) RETURNING org_id::int AS id`,
      );
      committed.push(last.rows[0]!.id);
      const ids = () => delivered.map((change) => Number(change.newKeys?.org_id));
      for (const deadline = Date.now() + 10_000; !ids().includes(last.rows[0]!.id) && Date.now() < deadline;) await sleep(1);
      await feed.stop();
      expect(ids().sort((a, b) => a - b)).toEqual(committed.sort((a, b) => a - b));
      expect(resets).toBe(1);
      expect(new Set(delivered.map((change) => change.seq)).size).toBe(delivered.length);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

async function run(step: Step, writers: readonly Writer[], committed: number[]): Promise<void> {
  switch (step.do) {
    case 'pause':
      return void (await sleep(3));
    case 'disconnect':
      await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'enroute-gateway feed' AND datname = current_database()`,
      );
      return;
    case 'commit':
    case 'rollback':
      return void committed.push(...(await writers[step.writer]!.finish(step.do)));
    case 'insert':
    case 'savepoint':
    case 'undo':
      return writers[step.writer]![step.do]();
  }
}
