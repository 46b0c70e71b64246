import type { GraphQLFailure } from './engine';

/** Hasura's error codes that this server answers with. */
export type RequestErrorCode =
  | 'access-denied'
  | 'bad-request'
  | 'concurrent-update'
  | 'constraint-error'
  | 'constraint-violation'
  | 'data-exception'
  | 'invalid-configuration'
  | 'invalid-json'
  | 'invalid-params'
  | 'not-found'
  | 'not-supported'
  | 'parse-failed'
  | 'permission-error'
  | 'postgres-error'
  | 'postgres-max-connections-error'
  | 'start-failed'
  | 'timeout'
  | 'unexpected'
  | 'unexpected-payload'
  | 'validation-failed';

export interface RequestErrorDetail {
  /** The HTTP status where statuses are real (`/v1alpha1/graphql`). */
  readonly status?: number;
  readonly sqlState?: string;
  readonly constraint?: string;
  /** The database is away, or cannot do it now, as may pass by itself. */
  readonly unavailable?: boolean;
  /** The connection was lost while the mutation was being committed: it may be stored. */
  readonly isOutcomeUnknown?: boolean;
  /** Hasura's `extensions.internal`: what went wrong underneath. */
  readonly internal?: unknown;
  readonly cause?: unknown;
}

/** What ends a request: one message with Hasura's code and path. */
export class RequestError extends Error {
  readonly status: number;

  constructor(
    readonly code: RequestErrorCode,
    readonly path: string,
    message: string,
    readonly detail: RequestErrorDetail = {},
  ) {
    super(message, { cause: detail.cause });
    this.name = 'RequestError';
    this.status = detail.status ?? 400;
  }

  /** The answer's text: exactly one error and no `data`. */
  toBody(): string {
    const { internal } = this.detail;
    return JSON.stringify({ errors: this.toList(internal === undefined ? {} : { internal }) });
  }

  /** GraphQL's list of errors, without what went wrong underneath. */
  toList(extensions: object = {}): object[] {
    return [{ message: this.message, extensions: { path: this.path, code: this.code, ...extensions } }];
  }

  /** The form outside of GraphQL. */
  toLegacy(): object {
    return { path: this.path, error: this.message, code: this.code };
  }

  toFailure(): GraphQLFailure {
    const { sqlState, constraint, unavailable, isOutcomeUnknown } = this.detail;
    return {
      code: this.code,
      message: this.message,
      path: this.path,
      ...(sqlState === undefined ? {} : { sqlState }),
      ...(constraint === undefined ? {} : { constraint }),
      unavailable: unavailable ?? false,
      ...(isOutcomeUnknown ? { isOutcomeUnknown } : {}),
    };
  }
}

export function validationFailed(path: string, message: string): RequestError {
  return new RequestError('validation-failed', path, message);
}

/**
 * So long may an answer be that is held as a whole, and what it is made of: bytes where Postgres counts, else characters. A few
 * such texts would not fit into one of JavaScript's.
 */
export const MAX_ANSWER = 128 * 1024 * 1024;

export class AnswerTooLong extends RequestError {
  constructor(what = 'the answer') {
    super('validation-failed', '$', `${what} is larger than 128 MiB: ask for less at a time`);
  }
}
