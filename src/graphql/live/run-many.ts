import type pg from 'pg';
import type { LiveStatement, Step } from '../compile';
import { textArray } from '../compile';
import { RequestError } from '../errors';
import type { BoundStatement, ResultRow } from '../execute';
import { check, isRetryable, pipeline, requestError, withClient } from '../execute';

/** What is run for many at once: a row of results a root field. */
export interface LivePlan {
  readonly live: LiveStatement;
  readonly steps: readonly Step[];
}

export type Values = readonly (string | null)[];

/** The rows of the root fields for one list of values, or why there are none. */
export type Outcome = readonly ResultRow[] | Failure;

export class Failure {
  constructor(
    readonly error: RequestError,
    /** It was run by itself: the fault is its own, or everybody's. */
    readonly isOwn: boolean,
  ) {}
}

/** A run may take so long; requests may take longer, but here many wait for one. */
const TIMEOUT_MS = 10_000;
/** How much of results is held before they are handed out, in characters. */
const MAX_HELD = 64 * 1024 * 1024;
/** How many statements may be spent on finding the values that one fails for. */
const MAX_STATEMENTS = 64;

/**
 * Runs a statement for many lists of values at once. When it fails, or gives more than can be held, it is run for halves of
 * them, so that one spoils nothing for the others: when it fails everywhere, that ends soon.
 * @param once runs it once; gives nothing when nobody wants it any more, and then nothing is given
 */
export async function runMany(
  plan: LivePlan,
  all: readonly Values[],
  once: (some: readonly Values[]) => Promise<ResultRow[] | undefined>,
  budget = { statements: MAX_STATEMENTS },
): Promise<Outcome[]> {
  budget.statements -= 1;
  try {
    const rows = await once(all);
    return rows?.map((row) => rootRows(plan, row)) ?? [];
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const failure = new Failure(error, all.length === 1);
    if (failure.isOwn || !mayPassForFewer(error) || budget.statements <= 0) return all.map(() => failure);
    const half = Math.ceil(all.length / 2);
    const first = await runMany(plan, all.slice(0, half), once, budget);
    return [...first, ...(await runMany(plan, all.slice(half), once, budget))];
  }
}

/** A database that is away, or a transaction that lost against another, has nothing to do with the values. */
function mayPassForFewer(error: RequestError): boolean {
  return !error.detail.unavailable && !isRetryable(error);
}

/** The row of each list of values. @throws RequestError */
export async function runOnce(pool: pg.Pool, { name, sql, slots }: LiveStatement, all: readonly Values[]): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  let held = 0;
  const numbers = `{${all.map((_, index) => index).join(',')}}`;
  const columns = slots.map((_, slot) => textArray(all.map((values) => values[slot] ?? null)));
  const onRow = (row: ResultRow): void => {
    for (const text of row) held += text?.length ?? 0;
    if (held <= MAX_HELD || all.length === 1) rows[Number(row[0])] = row;
    else rows.length = 0;
  };
  const statement: BoundStatement = { name, sql, values: [numbers, ...columns], onRow };
  await withClient(pool, async (client) => {
    try {
      await pipeline(client, [BEGIN, LIMIT, statement, COMMIT]);
    } catch (error) {
      const failure = requestError(error, { sql, path: '$', places: [] });
      if (!failure.detail.unavailable) await pipeline(client, [ROLLBACK]);
      throw failure;
    }
  });
  if (rows.length === all.length) return rows;
  throw new RequestError('unexpected', '$', 'the results of live queries are too large to be held together', { status: 500 });
}

const plain = (sql: string): BoundStatement => ({ name: '', sql, values: [] });
const BEGIN = plain('BEGIN READ ONLY');
const LIMIT = plain(`SET LOCAL statement_timeout = ${TIMEOUT_MS}`);
const COMMIT = plain('COMMIT');
const ROLLBACK = plain('ROLLBACK');

/** A subscriber's row, cut into those of its root fields. */
function rootRows({ live, steps }: LivePlan, row: ResultRow): Outcome {
  let start = 1;
  const rows = live.widths.map((width) => row.slice(start, (start += width)));
  try {
    steps.forEach((step, index) => check(step, rows[index] ?? []));
    return rows;
  } catch (error) {
    if (error instanceof RequestError) return new Failure(error, true);
    throw error;
  }
}
