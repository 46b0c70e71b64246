import type { GraphQLRequest } from '../engine';
import { RequestError } from '../errors';

/**
 * The request that a JSON value is; keys that are not known are passed over (contract 10).
 * @throws RequestError with code `invalid-json`
 */
export function requestOf(member: unknown, path = '$'): GraphQLRequest {
  if (typeof member !== 'object' || member === null) throw invalid(path, 'expected an object with the key "query"');
  const { query, operationName, variables, extensions } = member as Record<string, unknown>;
  if (isObject(extensions) && isObject(extensions.persistedQuery)) {
    throw new RequestError('not-supported', '$', 'PersistedQueryNotSupported');
  }
  if (query === undefined) throw invalid(path, 'key "query" not found');
  if (typeof query !== 'string') throw invalid(`${path}.query`, 'expected a string');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw invalid(`${path}.operationName`, 'expected a string');
  if (variables !== undefined && variables !== null && !isObject(variables))
    throw invalid(`${path}.variables`, 'expected an object');
  return { query, operationName: operationName ?? null, variables: variables ?? null };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalid(path: string, message: string): RequestError {
  return new RequestError('invalid-json', path, message);
}
