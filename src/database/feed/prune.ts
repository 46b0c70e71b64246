import type pg from 'pg';
import type { Cursor } from './read';
import { within } from './within';

/** How much of the log is kept: rows younger than `ageMs`, and no more than `rows`; looked at every `everyMs`. */
export interface Retention {
  readonly ageMs: number;
  readonly rows: number;
  readonly everyMs: number;
}

export const RETENTION: Retention = { ageMs: 3_600_000, rows: 200_000, everyMs: 60_000 };

/** Rows looked at in one statement, so that none takes long. */
export const BATCH = 10_000;

/** Removing takes longer than reading, and nobody waits for it. */
const PRUNE_WITHIN_MS = 20_000;

/** Any number that no other program on the same server is likely to take. */
const LOCK = 7_226_271_002;

/**
 * Removes old rows from the log's beginning, and records that. One instance at a time; only what this reader has seen.
 * By age, only what every reader that is not far behind has seen as well: rows older than each transaction still open.
 */
const PRUNE = `
  WITH turn AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine
  ), beginning AS (
    SELECT seq, xid, at FROM gateway_private.change_log WHERE (SELECT mine FROM turn) ORDER BY seq LIMIT ${BATCH}
  ), removed AS (
    DELETE FROM gateway_private.change_log AS log USING beginning
     WHERE log.seq = beginning.seq
       AND pg_visible_in_snapshot(beginning.xid, $1::pg_snapshot)
       AND (beginning.seq <= (SELECT max(seq) FROM gateway_private.change_log) - $2::bigint
            OR beginning.at < clock_timestamp() - $3::float8 * interval '1 millisecond' AND beginning.xid < pg_snapshot_xmin($1::pg_snapshot))
    RETURNING log.seq, log.xid
  ), recorded AS (
    UPDATE gateway_private.change_log_horizon AS horizon
       SET seq = greatest(horizon.seq, (SELECT max(seq) FROM removed)),
           xid = greatest(horizon.xid, (SELECT xid FROM removed ORDER BY xid DESC LIMIT 1)),
           prunings = prunings + 1
     WHERE EXISTS (SELECT FROM removed)
    RETURNING prunings
  )
  SELECT (SELECT count(*)::int FROM removed) AS removed, (SELECT prunings::text FROM recorded) AS prunings`;

/** Prunes once. The cursor that comes back knows of it: what was removed had been seen. */
export async function prune(
  client: pg.ClientBase,
  cursor: Cursor,
  { rows, ageMs }: Retention,
): Promise<{ removed: number; cursor: Cursor }> {
  const query = within(PRUNE_WITHIN_MS, { text: PRUNE, values: [cursor.snapshot, rows, ageMs] });
  const result = await client.query<{ removed: number; prunings: string | null }>(query);
  const { removed = 0, prunings = null } = result.rows[0] ?? {};
  // Another instance may have pruned in between; then the next read judges.
  const onlyOurs = prunings !== null && BigInt(prunings) === BigInt(cursor.prunings) + 1n;
  return { removed, cursor: onlyOurs ? { ...cursor, prunings } : cursor };
}
