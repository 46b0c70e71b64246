import type { GraphQLEngine, GraphQLFailure, GraphQLOutcome } from '../graphql/engine';
import type { Operation } from './operations/operation';

export type Executor = Pick<GraphQLEngine, 'execute'>;
export type Variables = Readonly<Record<string, unknown>>;

/** GraphQL refused an operation; its body is the answer. */
export class OperationError extends Error {
  override readonly name = 'OperationError';

  constructor(
    readonly operation: Operation,
    readonly body: string,
    readonly failure: GraphQLFailure,
  ) {
    super(`${operation.name}: ${failure.message}`);
  }
}

/** The JSON text that answers an operation, and the receipt of a mutation. @throws OperationError */
export async function execute(
  graphql: Executor,
  operation: Operation,
  variables: Variables,
): Promise<Pick<GraphQLOutcome, 'body' | 'receipt'>> {
  const outcome = await graphql.execute({ query: operation.document, operationName: operation.name, variables });
  if (outcome.error) throw new OperationError(operation, outcome.body, outcome.error);
  return outcome;
}

/** The HTTP status of a refused operation; GraphQL itself answers 200. */
export function statusOf(failure: GraphQLFailure): 400 | 409 | 500 | 503 {
  if (failure.unavailable) return 503;
  const state = failure.sqlState ?? '';
  if (CONFLICT_STATES.includes(state)) return 409;
  if (RETRY_STATES.includes(state)) return 503;
  if (INPUT_CLASSES.includes(state.slice(0, 2)) || INPUT_CODES.includes(failure.code)) return 400;
  return 500;
}

/** Uniqueness, and what is still linked: 23503, from Postgres 18 on 23001. */
const CONFLICT_STATES = ['23505', '23503', '23001'];
/** Serialization failure, deadlock and time limit: nothing was stored, and the same request may succeed a moment later. */
const RETRY_STATES = ['40001', '40P01', '57014'];
/** Data exceptions, other constraints, and values that are too large for Postgres. */
const INPUT_CLASSES = ['22', '23', '54'];
const INPUT_CODES = ['data-exception', 'validation-failed', 'parse-failed', 'permission-error', 'bad-request'];
