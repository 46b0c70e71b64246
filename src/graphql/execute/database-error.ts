import type { Place, Step } from '../compile';
import { TOO_LARGE } from '../compile';
import { RequestError } from '../errors';
import type { RequestErrorCode } from '../errors';

/** The fields of pg's DatabaseError that are read. */
interface DatabaseError extends Error {
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly where?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly severity?: string;
}

const CONSTRAINT_PREFIXES: Readonly<Record<string, string>> = {
  '23001': 'Can not delete or update due to data being referred. ',
  '23502': 'Not-NULL violation. ',
  '23503': 'Foreign key violation. ',
  '23505': 'Uniqueness violation. ',
  '23P01': 'Exclusion violation. ',
};

const RESTRICT = ' violates RESTRICT setting of foreign';

/** Another try may succeed: Postgres undid the transaction for the sake of another one. */
export function isRetryable(error: RequestError): boolean {
  return error.detail.sqlState === '40001' || error.detail.sqlState === '40P01';
}

/** What is looked at of the statement that failed. */
type Failing = Pick<Step, 'sql' | 'path' | 'places'>;

/** What Hasura says of an error of Postgres or, without a step, of the connection to it (contract 9). */
export function requestError(error: unknown, step: Failing | undefined): RequestError {
  if (error instanceof RequestError) return error;
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) throw error;
  const database: DatabaseError = error;
  const sqlState = /^[0-9A-Z]{5}$/.test(database.code ?? '') && database.severity ? database.code : undefined;
  if (sqlState === '53300')
    return unavailable('postgres-max-connections-error', 'max connections reached on postgres', database, sqlState);
  if (!sqlState || !step || isConnectionLoss(sqlState))
    return unavailable('postgres-error', 'connection error', database, sqlState);
  if (sqlState === '57014') return interrupted(database, sqlState);
  if (sqlState === '22P02' && database.message.includes(TOO_LARGE))
    return new RequestError('validation-failed', '$', `${TOO_LARGE}: ask for less at a time`, { sqlState, cause: error });
  const { code, message } = meaning(sqlState, database);
  const detail = {
    sqlState,
    ...(mayPass(sqlState) ? { unavailable: true } : {}),
    ...(database.constraint === undefined ? {} : { constraint: database.constraint }),
    ...(code === 'unexpected' ? { status: 500, internal: internal(database, step) } : {}),
    cause: error,
  };
  return new RequestError(code, pathOf(step, database), message, detail);
}

function meaning(sqlState: string, { message }: DatabaseError): { code: RequestErrorCode; message: string } {
  if (sqlState === '23514') return { code: 'permission-error', message: `Check constraint violation. ${message}` };
  // Since version 18 Postgres gives the refusal of a RESTRICT key a state and a text of its own; clients know the former.
  if (sqlState === '23001' && message.includes(RESTRICT)) {
    return { code: 'constraint-violation', message: `Foreign key violation. ${message.replace(RESTRICT, ' violates foreign')}` };
  }
  if (sqlState.startsWith('23'))
    return { code: 'constraint-violation', message: `${CONSTRAINT_PREFIXES[sqlState] ?? ''}${message}` };
  if (sqlState === '22025') return { code: 'bad-request', message };
  if (sqlState.startsWith('22')) return { code: 'data-exception', message };
  if (sqlState === '42704') return { code: 'constraint-error', message };
  if (sqlState === '42P10')
    return { code: 'constraint-error', message: 'there is no unique or exclusion constraint on target column(s)' };
  if (sqlState === '40001') return { code: 'concurrent-update', message: 'serialization failure due to concurrent update' };
  if (sqlState.startsWith('40')) return { code: 'concurrent-update', message };
  return { code: 'unexpected', message: 'database query error' };
}

/** Postgres ended the statement: at its time limit, or at an operator's request. */
function interrupted(error: DatabaseError, sqlState: string): RequestError {
  const message = error.message.includes('statement timeout')
    ? 'the statement took longer than the time limit of the database (statement_timeout): ask for less at a time'
    : error.message;
  return new RequestError('timeout', '$', message, { status: 504, sqlState, cause: error });
}

/** Postgres undid it for want of something that may come back: room on the disk, memory, the right to write, a lock, its files. */
function mayPass(sqlState: string): boolean {
  return sqlState.startsWith('53') || sqlState.startsWith('58') || sqlState === '25006' || sqlState === '55P03';
}

/**
 * What is said when the connection was lost while the end of a mutation's transaction was under way: nobody can tell
 * whether it is stored.
 */
export function withUnknownOutcome(error: RequestError): RequestError {
  const { sqlState = '08' } = error.detail;
  if (!error.detail.unavailable || !isConnectionLoss(sqlState)) return error;
  const message = `${error.message}: it is not known whether the change was stored, look before you repeat it`;
  return new RequestError(error.code, error.path, message, { ...error.detail, isOutcomeUnknown: true });
}

/** Class 08, and a server that is shutting down, starting up or was told to end the session. */
function isConnectionLoss(sqlState: string): boolean {
  return sqlState.startsWith('08') || /^57P0[1-5]$/.test(sqlState);
}

function unavailable(code: RequestErrorCode, message: string, error: DatabaseError, sqlState: string | undefined): RequestError {
  return new RequestError(code, '$', message, {
    status: 500,
    unavailable: true,
    cause: error,
    ...(sqlState ? { sqlState } : {}),
  });
}

/** The place of a nested insert that failed: by the table that Postgres names, or by the parameter that it could not read. */
function pathOf(step: Failing, error: DatabaseError): string {
  const parameter = /parameter \$(\d+)/.exec(error.where ?? '')?.[1];
  const slot = parameter === undefined ? -1 : Number(parameter) - 1;
  const place = step.places.find(({ table, firstSlot, endSlot }) =>
    slot >= 0 ? slot >= firstSlot && slot < endSlot : isOf(table, error),
  );
  return place?.path ?? step.path;
}

/** Whether an error is of a table, which Postgres calls by the partition if it has some. */
function isOf({ schema, relation, partitions }: Place['table'], error: DatabaseError): boolean {
  const names = [{ schema, name: relation }, ...partitions];
  return names.some((each) => each.name === error.table && each.schema === error.schema);
}

function internal({ message, code, detail, hint }: DatabaseError, step: Failing): object {
  const error = { exec_status: 'FatalError', hint: hint ?? null, message, status_code: code, description: detail ?? null };
  return { statement: step.sql, prepared: true, error };
}
