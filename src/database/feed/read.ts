import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import type { Change } from './event';
import { within } from './within';

/** How far a reader has come: which transactions its last read could see, and how often the log had been pruned then. */
export interface Cursor {
  /** A `pg_snapshot`, as text. */
  readonly snapshot: string;
  readonly prunings: string;
}

export interface Reading {
  readonly cursor: Cursor;
  /** The highest number in the log so far, decimal. */
  readonly counter: string;
  /** What became visible since the cursor, by number; undefined when the reader must read everything again. */
  readonly changes: readonly Change[] | undefined;
  /** When the oldest of them was made, see FeedEvent. */
  readonly madeAt: number;
}

/** More changes at once than this are a reset. */
export const MOST_CHANGES = 10_000;
/** Whoever writes by SQL may name any origin. */
const MOST_ORIGIN = 256;

interface Row {
  readonly snapshot: string;
  readonly prunings: string;
  readonly missed: boolean;
  readonly counter: string;
  readonly changes: Change[] | null;
  readonly age: number | null;
}

const START = `
  SELECT pg_current_snapshot()::text AS snapshot, prunings::text,
         greatest(seq, (SELECT max(seq) FROM gateway_private.change_log))::text AS counter
    FROM gateway_private.change_log_horizon`;

/**
 * The rows whose transactions the last read could not see and this one can: those that began after it, and those that
 * were open during it. Commit order plays no part, and a transaction that stays open holds nothing back. A row removed
 * since then may have been one of them unless its transaction was older than every one that the last read found open.
 */
const CONTINUE = `
  WITH unseen AS (
    SELECT seq, table_name, old_keys, new_keys, origin, at
      FROM gateway_private.change_log WHERE xid >= pg_snapshot_xmax($1::pg_snapshot)
    UNION ALL
    SELECT seq, table_name, old_keys, new_keys, origin, at
      FROM gateway_private.change_log WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip($1::pg_snapshot)))
    LIMIT ${MOST_CHANGES + 1}
  )
  SELECT pg_current_snapshot()::text AS snapshot, prunings::text,
         prunings <> $2::bigint AND xid >= pg_snapshot_xmin($1::pg_snapshot) AS missed,
         greatest(seq, (SELECT max(seq) FROM gateway_private.change_log))::text AS counter,
         (SELECT json_agg(json_build_object('seq', seq::text, 'table', table_name, 'oldKeys', old_keys, 'newKeys', new_keys,
                                            'origin', left(origin, ${MOST_ORIGIN})) ORDER BY seq) FROM unseen) AS changes,
         (SELECT extract(epoch FROM clock_timestamp() - min(at))::float8 * 1000 FROM unseen) AS age
    FROM gateway_private.change_log_horizon`;

/** Begins at this moment: a cursor without changes. @param withinMs when there is no answer after so long, that is an error */
export async function readStart(client: pg.ClientBase, withinMs?: number): Promise<Reading> {
  const query = within(withinMs, { name: 'feed_start', text: START });
  const { snapshot, prunings, counter } = only(await client.query<Row>(query));
  return { cursor: { snapshot, prunings }, counter, changes: undefined, madeAt: performance.now() };
}

/** One statement: what became visible since the cursor, and the next cursor. */
export async function readOn(client: pg.ClientBase, from: Cursor, withinMs?: number): Promise<Reading> {
  const query = within(withinMs, { name: 'feed_continue', text: CONTINUE, values: [from.snapshot, from.prunings] });
  const { snapshot, prunings, counter, missed, changes, age } = only(await client.query<Row>(query));
  const whole = !missed && (changes?.length ?? 0) <= MOST_CHANGES;
  return {
    cursor: { snapshot, prunings },
    counter,
    changes: whole ? (changes ?? []) : undefined,
    madeAt: performance.now() - (age ?? 0),
  };
}

function only(result: pg.QueryResult<Row>): Row {
  const row = result.rows[0];
  if (!row) throw new Error('table gateway_private.change_log_horizon has lost its only row');
  return row;
}
