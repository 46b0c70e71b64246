import type pg from 'pg';
import type { Cell, Output, Plan, Slot, Step } from '../compile';
import { fill } from '../compile';
import { AnswerTooLong, MAX_ANSWER, RequestError } from '../errors';
import { isRetryable, requestError, withUnknownOutcome } from './database-error';
import type { TimeLimit } from './deadline';
import { deadlineOf, withinTime } from './deadline';
import type { BoundStatement, ResultRow } from './pipeline';
import { failedStatement, pipeline } from './pipeline';

const ATTEMPTS = 10;
const MAX_PARAMETERS = 65_535;
/** A variable counts as often as it is used. */
const MAX_PARAMETER_CHARACTERS = 256 * 1024 * 1024;
/** The names under which connections keep the statements beside mutations prepared. */
const OPENING = 'opening';
const RECEIPT = 'receipt';
const BEGIN: BoundStatement = { name: '', sql: 'BEGIN', values: [] };
export const BEGIN_SNAPSHOT: BoundStatement = { name: '', sql: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', values: [] };
export const COMMIT: BoundStatement = { name: '', sql: 'COMMIT', values: [] };
export const ROLLBACK: BoundStatement = { name: '', sql: 'ROLLBACK', values: [] };

/** What is run beside a mutation's own statements, in its transaction and its round trips. */
export interface Beside {
  /** The statement that is run first, and its parameter. */
  readonly opening?: { readonly sql: string; readonly value: string } | undefined;
  /** The statement of one row that is run last. */
  readonly receipt?: string | undefined;
}

/** What a plan gave. */
export interface Ran {
  /** The answer's text. */
  readonly body: string;
  /** What the receipt's statement gave, after a mutation. */
  readonly receipt: ResultRow | undefined;
}

/** How a plan is run. */
export interface RunOptions extends Beside {
  /** How long it may take, waiting for a connection and trying again included. */
  readonly limit?: TimeLimit | undefined;
}

/**
 * Runs a plan. All its statements are one transaction, and the statements of a query read one snapshot. A transaction that
 * Postgres undid for a deadlock or a serialization failure is run again.
 * @throws RequestError for what the request or the database did wrong; nothing has been stored then.
 */
export async function run(pool: pg.Pool, plan: Plan, parameters: Parameters, options: RunOptions = {}): Promise<Ran> {
  const results = await resultsOf(pool, plan, parameters, options);
  return { body: assemble(plan.output, results), receipt: results[plan.steps.length] };
}

/** The parameters of each statement as text; those that come from other statements are still null. */
export type Parameters = readonly (readonly (string | null)[])[];

/** @throws RequestError for variables that do not fit: nothing has been run then */
export function parametersOf({ steps }: Plan, variables: ReadonlyMap<string, unknown>): Parameters {
  const parameters = steps.map((step) => values(step, variables));
  limitLength(parameters);
  return parameters;
}

/** The row that each step gave, and behind them that of a mutation's receipt. */
export async function resultsOf(
  pool: pg.Pool,
  plan: Plan,
  parameters: Parameters,
  { limit, ...beside }: RunOptions = {},
): Promise<ResultRow[]> {
  if (plan.steps.length === 0) return [];
  const deadline = deadlineOf(limit);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withClient(pool, (client) =>
        withinTime(client, deadline, () => transaction(client, plan, parameters, plan.kind === 'mutation' ? beside : {})),
      );
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof RequestError) || !isRetryable(error)) throw error;
      // Those who collided wait differently long, or they collide again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(200, 10 * 2 ** attempt)));
    }
  }
}

function limitLength(all: Parameters): void {
  let length = 0;
  for (const parameters of all) for (const text of parameters) length += text?.length ?? 0;
  if (length <= MAX_PARAMETER_CHARACTERS) return;
  const message = `the parameters of the request are longer than ${MAX_PARAMETER_CHARACTERS} characters: send it in parts`;
  throw new RequestError('validation-failed', '$', message);
}

/** A statement's parameters as text; those that come from other statements are still null. */
export function values({ slots }: Pick<Step, 'slots'>, variables: ReadonlyMap<string, unknown>): (string | null)[] {
  return slots.map((slot) => (slot.kind === 'value' ? slot.encode(fill(slot.source, variables)) : null));
}

/** Runs with a connection of the pool. After an error that is not a statement's the connection is dropped. */
export async function withClient<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw requestError(error, undefined);
  });
  let broken: Error | undefined;
  try {
    return await use(client);
  } catch (error) {
    if (!(error instanceof RequestError) || error.detail.unavailable) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function transaction(
  client: pg.PoolClient,
  plan: Plan,
  fixed: Parameters,
  { opening: first, receipt }: Beside,
): Promise<ResultRow[]> {
  const { steps, rounds } = plan;
  const results: ResultRow[] = [];
  const snapshot = plan.kind !== 'mutation' && steps.length > 1;
  const explicit = snapshot || rounds.length > 1;
  const begin = explicit ? [snapshot ? BEGIN_SNAPSHOT : BEGIN] : [];
  const opened = first ? [...begin, { name: OPENING, sql: first.sql, values: [first.value] }] : begin;
  const last = receipt === undefined ? [] : [{ name: RECEIPT, sql: receipt, values: [] }];
  try {
    for (const [index, start] of rounds.entries()) {
      const sent = steps.slice(start, rounds[index + 1]);
      const isLast = index === rounds.length - 1;
      const opening = index === 0 ? opened : [];
      const closing = isLast ? [...last, ...(explicit ? [COMMIT] : [])] : [];
      const bound = sent.map((step, offset) => bind(step, fixed[start + offset] ?? [], results));
      const sending = send(client, [...opening, ...bound, ...closing], sent, opening.length);
      const rows = await (isLast && plan.kind === 'mutation' ? sending.catch(afterCommit) : sending);
      results.push(...rows.slice(opening.length, opening.length + sent.length + (isLast ? last.length : 0)));
      sent.forEach((step, offset) => check(step, results[start + offset] ?? []));
    }
  } catch (error) {
    if (explicit && error instanceof RequestError && !error.detail.unavailable) await rollback(client);
    throw error;
  }
  return results;
}

/** What is said of an error that came with the commit or after it. */
function afterCommit(error: unknown): never {
  if (error instanceof AnswerTooLong) throw new AnswerTooLong('the change is stored, and its answer');
  throw error instanceof RequestError ? withUnknownOutcome(error) : error;
}

async function send(
  client: pg.PoolClient,
  statements: readonly BoundStatement[],
  steps: readonly Step[],
  offset: number,
): Promise<ResultRow[]> {
  try {
    return await pipeline(client, statements);
  } catch (error) {
    const failed = (failedStatement.get(error as Error) ?? 0) - offset;
    // What fails after the last statement fails at the commit: a deferred constraint.
    throw requestError(error, steps[failed] ?? steps.at(-1));
  }
}

async function rollback(client: pg.PoolClient): Promise<void> {
  try {
    await pipeline(client, [ROLLBACK]);
  } catch (error) {
    throw requestError(error, undefined);
  }
}

export function bind(step: Step, fixed: readonly (string | null)[], results: readonly ResultRow[]): BoundStatement {
  const values = step.slots.map((slot, index) => (slot.kind === 'value' ? (fixed[index] ?? null) : runtimeValue(slot, results)));
  if (values.length > MAX_PARAMETERS) {
    const message = `the statement has ${values.length} values, and Postgres takes ${MAX_PARAMETERS} at most: send fewer at a time`;
    throw new RequestError('validation-failed', step.path, message);
  }
  return { name: step.name, sql: step.sql, values };
}

function runtimeValue(slot: Exclude<Slot, { kind: 'value' }>, results: readonly ResultRow[]): string | null {
  if (slot.kind === 'cell') return cellOf(slot.cell, results);
  const arrays = slot.cells.flatMap((cell) => cellOf(cell, results)?.slice(1, -1) ?? []);
  return `{${arrays.join(',')}}`;
}

export function check(step: Step, row: ResultRow): void {
  for (const { column, code, path, message } of step.checks) {
    if (row[column] === '0') throw new RequestError(code, path, message);
  }
}

function cellOf({ step, column }: Cell, results: readonly ResultRow[]): string | null {
  return results[step]?.[column] ?? null;
}

/** @throws AnswerTooLong */
export function assemble(output: readonly Output[], results: readonly ResultRow[]): string {
  let text = '';
  for (const piece of output) {
    if (text.length > MAX_ANSWER) throw new AnswerTooLong();
    if (typeof piece === 'string') text += piece;
    else if ('sum' in piece) text += String(piece.sum.reduce((total, cell) => total + Number(cellOf(cell, results) ?? 0), 0));
    else text += cellOf(piece, results) ?? 'null';
  }
  return text;
}
