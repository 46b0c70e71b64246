import type { Logger } from '../log';
import { RequestError } from './errors';

/** What a request is told that failed: a fault of ours is logged, and no more is said of it. */
export function failureOf(error: unknown, log: Logger, requestId?: string): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof RangeError && error.message.includes('call stack'))
    return new RequestError('validation-failed', '$', 'the request nests values too deeply', { cause: error });
  if (error instanceof RangeError && error.message === 'Invalid string length')
    return new RequestError('validation-failed', '$', 'the answer is too large to be put together: ask for less at a time', {
      cause: error,
    });
  log.error({ err: error, requestId }, 'a GraphQL request failed for a fault of ours');
  return new RequestError('unexpected', '$', 'internal error', { status: 500, cause: error });
}
