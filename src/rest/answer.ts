import type { ServerResponse } from 'node:http';
import { GatewayError } from '../errors';
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
  if (error instanceof OperationError) return withRetry({ status: statusOf(error.failure), body: error.body });
  const known =
    error instanceof GatewayError ? error : new GatewayError('internal', 'a fault of the gateway; its log has the details');
  return withRetry({ status: known.status, body: JSON.stringify(known) });
}

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
