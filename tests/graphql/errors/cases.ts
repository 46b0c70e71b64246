import type { Fixture } from '../database';
import { ask } from '../database';

/** A request, and the one error that it is answered with. */
export interface Case {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly message: string;
  readonly path: string;
  /** `validation-failed` when undefined. */
  readonly code?: string;
}

export async function expectError({ engine }: Fixture, each: Case): Promise<void> {
  const { query, variables, operationName, message, path, code = 'validation-failed' } = each;
  const answer = await ask(engine, query, variables, operationName);
  expect(answer).toEqual({ errors: [{ message, extensions: expect.objectContaining({ path, code }) as unknown }] });
}
