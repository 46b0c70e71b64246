/**
 * Every error of our own: a stable code, the HTTP status that it is answered with, and its meaning. Answers carry
 * `{"error": "<text>", "code": "<code>"}`; what GraphQL says of an operation keeps Hasura's form and is not listed here.
 */
export const ERRORS = {
  invalid_input: { status: 400, meaning: 'a field is missing or its value cannot be stored' },
  malformed_body: { status: 400, meaning: 'the body cannot be read as its content type says' },
  unauthorized: { status: 401, meaning: 'the admin secret is missing or wrong' },
  forbidden: { status: 403, meaning: 'the role in x-hasura-role may not do this' },
  forbidden_origin: { status: 403, meaning: 'a browser page of another origin, or a foreign Host name, asked' },
  not_found: { status: 404, meaning: 'there is no such path' },
  object_not_found: { status: 404, meaning: 'the object that the request names does not exist' },
  method_not_allowed: { status: 405, meaning: 'the path exists, but not for this method' },
  body_too_large: { status: 413, meaning: 'the body or the uploaded file is over the size limit' },
  unsupported_media_type: { status: 415, meaning: 'the content type is not one that this path reads' },
  internal: { status: 500, meaning: 'a fault of ours; the log has the details' },
  database_unreachable: {
    status: 503,
    meaning: 'Postgres cannot be reached, or cannot do it now: nothing was stored; try again',
  },
  outcome_unknown: {
    status: 503,
    meaning:
      'the connection to Postgres was lost while the change was being stored: look whether it is there before you repeat it',
  },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** An error whose text may be shown to the caller: it says what is wrong, where, and what to do. */
export class GatewayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayError';
    this.code = code;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  /** The body of the answer. */
  toJSON(): { error: string; code: ErrorCode } {
    return { error: this.message, code: this.code };
  }
}

/** A start that cannot go on: its message is one line for the terminal, without a stack trace, and the process ends with status 1. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/** The database is away or does not take what a start needs: that may pass by itself. */
export class DatabaseAwayError extends StartError {}
