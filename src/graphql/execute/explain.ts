import type pg from 'pg';
import type { Step } from '../compile';
import { requestError } from './database-error';
import { bind, values, withClient } from './run';

/** Postgres' plan of a statement, by line, as EXPLAIN writes it. @throws RequestError */
export function explainStep(pool: pg.Pool, step: Step, variables: ReadonlyMap<string, unknown>): Promise<string[]> {
  const bound = bind(step, values(step, variables), []);
  return withClient(pool, async (client) => {
    try {
      const result = await client.query<[string]>({ text: `EXPLAIN ${step.sql}`, values: [...bound.values], rowMode: 'array' });
      return result.rows.map(([line]) => line);
    } catch (error) {
      throw requestError(error, step);
    }
  });
}
