import type pg from 'pg';
import type { LiveStatement, Step } from '../compile';
import { textArray } from '../compile';
import { RequestError } from '../errors';
import type { ResultRow } from '../execute';
import { check, pipeline, requestError, withClient } from '../execute';

/** What is run for many at once: a row of results a root field. */
export interface LivePlan {
  readonly live: LiveStatement;
  readonly steps: readonly Step[];
}

export type Values = readonly (string | null)[];

/**
 * Runs a statement for many lists of values at once, and gives for each the rows of its root fields, or what is wrong
 * with it. When the whole fails for a value, the halves are tried, so that it spoils nothing for the others.
 */
export async function runMany(pool: pg.Pool, plan: LivePlan, all: readonly Values[]): Promise<(ResultRow[] | RequestError)[]> {
  try {
    const rows = await runOnce(pool, plan.live, all);
    return rows.map((row) => rootRows(plan, row));
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (all.length === 1 || !isOfValues(error)) return all.map(() => error);
    const half = Math.ceil(all.length / 2);
    return [...(await runMany(pool, plan, all.slice(0, half))), ...(await runMany(pool, plan, all.slice(half)))];
  }
}

function runOnce(pool: pg.Pool, { name, sql, slots }: LiveStatement, all: readonly Values[]): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  const numbers = `{${all.map((_, index) => index).join(',')}}`;
  const columns = slots.map((_, slot) => textArray(all.map((values) => values[slot] ?? null)));
  const onRow = (row: ResultRow): void => void (rows[Number(row[0])] = row);
  return withClient(pool, async (client) => {
    await pipeline(client, [{ name, sql, values: [numbers, ...columns], onRow }]).catch((error: unknown) => {
      throw requestError(error, { sql, path: '$', places: [] });
    });
    return rows;
  });
}

/** Postgres' classes for data that does not fit, and for what functions raise. */
function isOfValues({ detail }: RequestError): boolean {
  return /^(22|P0)/.test(detail.sqlState ?? '');
}

/** A subscriber's row, cut into those of its root fields. */
function rootRows({ live, steps }: LivePlan, row: ResultRow): ResultRow[] | RequestError {
  let start = 1;
  const rows = live.widths.map((width) => row.slice(start, (start += width)));
  try {
    steps.forEach((step, index) => check(step, rows[index] ?? []));
    return rows;
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}
