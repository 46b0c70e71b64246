import type pg from 'pg';
import type { Step } from '../compile';
import { requestError } from './database-error';
import type { TimeLimit } from './deadline';
import { deadlineOf, withinTime } from './deadline';
import { failedStatement, pipeline } from './pipeline';
import { bind, values, withClient } from './run';

/** Postgres' plan of each statement, by line, as EXPLAIN writes it. @throws RequestError */
export function explainSteps(
  pool: pg.Pool,
  steps: readonly Step[],
  variables: ReadonlyMap<string, unknown>,
  limit: TimeLimit | undefined,
): Promise<string[][]> {
  const plans: string[][] = steps.map(() => []);
  const statements = steps.map((step, index) => ({
    ...bind(step, values(step, variables), []),
    name: '',
    sql: `EXPLAIN ${step.sql}`,
    onRow: ([line]: readonly (string | null)[]): void => void plans[index]?.push(line ?? ''),
  }));
  const deadline = deadlineOf(limit);
  return withClient(pool, (client) =>
    withinTime(client, deadline, async () => {
      try {
        await pipeline(client, statements);
        return plans;
      } catch (error) {
        throw requestError(error, steps[failedStatement.get(error as Error) ?? 0]);
      }
    }),
  );
}
