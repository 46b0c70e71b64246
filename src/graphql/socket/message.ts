import { RequestError } from '../errors';
import { parseJson } from '../http';

/** A message of a client in either protocol. */
export interface ClientMessage {
  readonly type: string;
  readonly id: string | undefined;
  readonly payload: unknown;
}

/** @throws RequestError for what is no message */
export function readMessage(text: string): ClientMessage {
  const message = parseJson(text);
  if (!isObject(message)) throw unreadable('expected an object');
  const { type, id, payload } = message;
  if (typeof type !== 'string') throw unreadable('key "type" not found');
  if (id !== undefined && typeof id !== 'string') throw unreadable('the key "id" must be a string');
  return { type, id, payload };
}

/** The headers in the payload of `connection_init`, by their names in lower case. */
export function initHeaders(payload: unknown): Record<string, string> {
  const headers = isObject(payload) && isObject(payload.headers) ? payload.headers : {};
  const texts = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), value]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(problem: string): RequestError {
  return new RequestError('invalid-json', '$', problem);
}
