import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Progress, Refusal } from './fleet';

/** How often it is looked how far the clients of other instances are; they tell at most once a second. */
const LOOK_MS = 100;

const NOBODY: Progress = { envoys: 0, acknowledged: 0, rejected: [] };

interface Row {
  readonly envoys: string;
  readonly acknowledged: string;
}

/** The clients that are connected to other instances on the same database, as those say in gateway.envoy. */
export class OtherFleets {
  readonly #instance: string;
  #pool: Pick<Pool, 'query'> | undefined;

  /** @param instance the name of this one */
  constructor(instance: string) {
    this.#instance = instance;
  }

  /** The database is there. */
  open(pool: Pick<Pool, 'query'>): void {
    this.#pool = pool;
  }

  /**
   * Resolves when the clients of these proxies have answered everything that was stored before the call, or at the signal.
   * @throws what the database reports
   */
  async settled(proxies: readonly string[], signal: AbortSignal): Promise<Progress> {
    const pool = this.#pool;
    if (!pool || proxies.length === 0) return NOBODY;
    const before = await this.#look(pool, proxies, '0');
    if (before.envoys === 0) return before;
    const known = new Set((await this.#rejected(pool, proxies)).map(keyOf));
    // Numbers are not given out in the order of commits, but whoever is past one that was given out after a commit has seen it.
    const fence = await pool.query<{ seq: string }>(
      `WITH fence AS (INSERT INTO gateway_private.change_log (table_name, new_keys) VALUES ('', '{}') RETURNING seq)
       SELECT seq::text, pg_notify('gateway_changes', '') FROM fence`,
    );
    const { seq = '0' } = fence.rows[0] ?? {};
    for (;;) {
      const progress = await this.#look(pool, proxies, seq);
      if (progress.acknowledged === progress.envoys || signal.aborted) {
        const rejected = (await this.#rejected(pool, proxies)).filter((row) => !known.has(keyOf(row)));
        return { ...progress, rejected: rejected.map(({ object, node, reason }) => ({ object, node, reason })) };
      }
      await sleep(LOOK_MS);
    }
  }

  async #look(pool: Pick<Pool, 'query'>, proxies: readonly string[], seq: string): Promise<Progress> {
    const { rows } = await pool.query<Row>(
      `SELECT count(*) AS envoys, count(*) FILTER (WHERE acknowledged_change >= $3::bigint) AS acknowledged
         FROM gateway.envoy WHERE instance <> $1 AND proxy = ANY ($2::text[])`,
      [this.#instance, proxies, seq],
    );
    const [row] = rows;
    return { envoys: Number(row?.envoys ?? 0), acknowledged: Number(row?.acknowledged ?? 0), rejected: [] };
  }

  /** What is rejected now. What came to be meanwhile is told by comparing: the clocks of instances need not agree. */
  async #rejected(pool: Pick<Pool, 'query'>, proxies: readonly string[]): Promise<readonly RejectedRow[]> {
    const { rows } = await pool.query<RejectedRow>(
      `SELECT instance, id, since::text, object, rejected_by AS node, reason FROM gateway.object_status
        WHERE instance <> $1 AND proxy = ANY ($2::text[]) AND rejected_by <> 'gateway'`,
      [this.#instance, proxies],
    );
    return rows;
  }
}

interface RejectedRow extends Refusal {
  readonly instance: string;
  readonly id: string;
  readonly since: string;
}

function keyOf({ instance, id, since, reason }: RejectedRow): string {
  return JSON.stringify([instance, id, since, reason]);
}
