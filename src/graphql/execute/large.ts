import type pg from 'pg';
import type { NamedStatement, Plan, Step } from '../compile';
import { RequestError } from '../errors';
import { requestError } from './database-error';
import type { BoundStatement, ResultRow } from './pipeline';
import { pipeline } from './pipeline';
import type { Ran, RunOptions } from './run';
import { assemble, BEGIN_SNAPSHOT, bind, COMMIT, parametersOf, resultsOf, ROLLBACK, run, values, withClient } from './run';

const CHUNK_BYTES = 65_536;
const PORTAL = 'graphql_rows';

/** Postgres takes rows from the portal until they fill a chunk; without a row left the chunk is empty. */
const FILL: BoundStatement = {
  name: '',
  values: [],
  sql: `DO $do$
DECLARE
  portal refcursor := '${PORTAL}';
  line text;
  chunk text[] := '{}';
  size integer := 0;
BEGIN
  LOOP
    FETCH portal INTO line;
    EXIT WHEN NOT FOUND;
    chunk := array_append(chunk, line);
    size := size + octet_length(line);
    EXIT WHEN size >= ${CHUNK_BYTES};
  END LOOP;
  PERFORM set_config('graphql.chunk', array_to_string(chunk, ','), true);
END
$do$`,
};
const TAKE: BoundStatement = { name: 'graphql_chunk', values: [], sql: `SELECT current_setting('graphql.chunk')` };
const CLOSE: BoundStatement = { name: '', values: [], sql: `CLOSE ${PORTAL}` };

/** Plans whose last answer was large: they are asked for in chunks at once. */
const large = new WeakSet<Plan>();

/**
 * What `run` gives, or undefined when a list in it is large: then it is to be had by `runInChunks`. A
 * small answer takes no further statement.
 * @throws RequestError as `run` does
 */
export async function runUnlessLarge(
  pool: pg.Pool,
  plan: Plan,
  variables: ReadonlyMap<string, unknown>,
  options: RunOptions = {},
): Promise<Ran | undefined> {
  if (!plan.unlessLarge) return run(pool, plan, parametersOf(plan, variables), options);
  if (large.has(plan)) return undefined;
  const results = await resultsOf(pool, { ...plan, steps: plan.unlessLarge }, parametersOf(plan, variables), options);
  if (!plan.steps.some(({ list }, index) => list && results[index]?.[0] === null))
    return { body: assemble(plan.output, results), receipt: undefined };
  large.add(plan);
  return undefined;
}

/**
 * Gives the answer of a query to `write` in pieces, each as soon as Postgres has made it, and waits for each to be taken.
 * All of it is read in one snapshot; when `write` throws, nothing more is read.
 * @throws RequestError for what the request or the database did wrong, before the first piece or in the middle
 */
export function runInChunks(
  pool: pg.Pool,
  plan: Plan,
  variables: ReadonlyMap<string, unknown>,
  write: (text: string) => Promise<void>,
): Promise<void> {
  return withClient(pool, async (client) => {
    const lost = (error: Error): void => void error; // The statement under way is told of it too.
    client.on('error', lost);
    try {
      await send(client, [BEGIN_SNAPSHOT]);
      await checkExcess(client, plan, variables);
      let bytes = 0;
      let text = '';
      for (const piece of plan.output) {
        if (typeof piece === 'string') text += piece;
        else if ('sum' in piece) throw new Error('a query has no counts to add up');
        else {
          const step = plan.steps[piece.step];
          if (!step) throw new Error(`the plan has no step ${piece.step}`);
          for await (const chunk of piecesOf(client, step, variables)) {
            bytes += chunk.length;
            await write(text + chunk);
            text = '';
          }
        }
      }
      await send(client, [COMMIT]);
      if (bytes < CHUNK_BYTES) large.delete(plan);
      await write(text);
    } catch (error) {
      // After any other error the connection is dropped, and the transaction with it.
      if (error instanceof RequestError && !error.detail.unavailable) await send(client, [ROLLBACK]);
      throw error;
    } finally {
      client.off('error', lost);
    }
  });
}

async function checkExcess(client: pg.PoolClient, plan: Plan, variables: ReadonlyMap<string, unknown>): Promise<void> {
  for (const step of plan.steps) {
    if (!step.list?.excess) continue;
    const [row] = await send(client, [bound(step, step.list.excess, variables)], step);
    const [limit] = step.checks;
    if (limit && row?.length) throw new RequestError(limit.code, limit.path, limit.message);
  }
}

/** The value of a step, in pieces when it is a list. */
async function* piecesOf(client: pg.PoolClient, step: Step, variables: ReadonlyMap<string, unknown>): AsyncGenerator<string> {
  if (!step.list) {
    const [row] = await send(client, [bound(step, step, variables)], step);
    yield row?.[0] ?? 'null';
    return;
  }
  let statements = [{ ...bound(step, step.list.rows, variables), name: '', portal: PORTAL }, FILL, TAKE];
  let separator = '[';
  for (;;) {
    const chunk = (await send(client, statements, step)).at(-1)?.[0];
    if (!chunk) break;
    yield separator + chunk;
    separator = ',';
    statements = [FILL, TAKE];
  }
  await send(client, [CLOSE], step);
  yield separator === '[' ? '[]' : ']';
}

function bound(step: Step, { name, sql }: NamedStatement, variables: ReadonlyMap<string, unknown>): BoundStatement {
  return { ...bind(step, values(step, variables), []), name, sql };
}

async function send(client: pg.PoolClient, statements: readonly BoundStatement[], step?: Step): Promise<ResultRow[]> {
  try {
    return await pipeline(client, statements);
  } catch (error) {
    throw requestError(error, step);
  }
}
