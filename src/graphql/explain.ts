import type pg from 'pg';
import type { Documents, TimeLimit } from './execute';
import { explainSteps } from './execute';
import type { GraphQLRequest } from './engine';
import { RequestError } from './errors';

/**
 * The SQL and Postgres' plan of every root field of a query, or of the one of a subscription; nothing is run.
 * @throws RequestError for a mutation, and for what is wrong with the request
 */
export async function explain(
  pool: pg.Pool,
  documents: Documents,
  request: GraphQLRequest,
  limit: TimeLimit | undefined,
): Promise<string> {
  const { plan, variables } = documents.planOf(request);
  if (plan.kind === 'mutation') throw new RequestError('invalid-params', '$', 'only queries can be explained');
  const plans = plan.steps.length > 0 ? await explainSteps(pool, plan.steps, variables, limit) : [];
  const explained = plan.roots.map(({ key, step = -1 }) => ({
    field: key,
    sql: plan.steps[step]?.sql ?? null,
    plan: plans[step] ?? null,
  }));
  if (plan.kind === 'query') return JSON.stringify(explained);
  const [only] = explained;
  return JSON.stringify({ sql: only?.sql ?? null, plan: only?.plan ?? null, variables: Object.fromEntries(variables) });
}
