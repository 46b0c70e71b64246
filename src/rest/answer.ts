import type { ServerResponse } from 'node:http';
import { GatewayError } from '../errors';
import type { ErrorCode } from '../errors';
import type { GraphQLFailure } from '../graphql/engine';
import { OperationError, statusOf } from './execute';

/** An HTTP answer; an empty body has no content type. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json; charset=UTF-8';
/** Seconds after which an unreachable database is worth another try. */
const RETRY_AFTER = '1';

/** The answer to whatever a request ended with; what is not known is a fault of ours and says no more than that. */
export function errorAnswer(error: unknown): Answer {
  if (error instanceof OperationError) return withRetry({ status: statusOf(error.failure), body: bodyOf(error) });
  const known =
    error instanceof GatewayError ? error : new GatewayError('internal', 'a fault of the gateway; its log has the details');
  return withRetry({ status: known.status, body: JSON.stringify(known) });
}

/** GraphQL's own words; those of the database being away are also said as all errors of ours are. */
function bodyOf({ body, failure }: OperationError): string {
  if (statusOf(failure) !== 503) return body;
  const code: ErrorCode = failure.isOutcomeUnknown ? 'outcome_unknown' : 'database_unreachable';
  return JSON.stringify({ error: wordsOf(failure), code, ...(JSON.parse(body) as object) });
}

function wordsOf({ message, sqlState = '' }: GraphQLFailure): string {
  const reason = REASONS[sqlState];
  return reason ? `the database cannot do it now (${reason}); nothing was stored, try again` : message;
}

/** What Postgres' states mean to a writer whose change was undone. */
const REASONS: Readonly<Record<string, string>> = {
  '25006': 'it is read-only',
  '40001': 'another change was in the way',
  '40P01': 'another change was in the way',
  '53100': 'its disk is full',
  '53200': 'it is out of memory',
  '57014': 'it took too long',
  '55P03': 'something is locked',
  '58030': 'its disk fails',
};

function withRetry(answer: Answer): Answer {
  return answer.status === 503 ? { ...answer, headers: { 'Retry-After': RETRY_AFTER } } : answer;
}

/** Writes an answer; a HEAD request gets its headers alone. */
export function send(response: ServerResponse, answer: Answer, method: string | undefined): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.status !== 204) response.setHeader('Content-Length', Buffer.byteLength(answer.body));
  if (answer.body !== '') response.setHeader('Content-Type', answer.contentType ?? JSON_TYPE);
  response.end(method === 'HEAD' ? undefined : answer.body);
}
