import type pg from 'pg';
import type { BoundPlan, Documents } from './execute';
import { explainStep } from './execute';
import type { GraphQLRequest } from './engine';
import { RequestError } from './errors';

/**
 * The SQL and Postgres' plan of every root field of a query, or of the one of a subscription; nothing is run.
 * @throws RequestError for a mutation, and for what is wrong with the request
 */
export async function explain(pool: pg.Pool, documents: Documents, request: GraphQLRequest): Promise<string> {
  const bound = documents.planOf(request);
  const { kind } = bound.plan;
  if (kind === 'mutation') throw new RequestError('invalid-params', '$', 'only queries can be explained');
  const explained: object[] = [];
  for (const { key, step } of bound.plan.roots) explained.push({ field: key, ...(await explainRoot(pool, bound, step)) });
  if (kind === 'query') return JSON.stringify(explained);
  const [only] = explained as { sql: unknown; plan: unknown }[];
  return JSON.stringify({ sql: only?.sql ?? null, plan: only?.plan ?? null, variables: Object.fromEntries(bound.variables) });
}

async function explainRoot(pool: pg.Pool, { plan, variables }: BoundPlan, index: number | undefined): Promise<object> {
  const step = index === undefined ? undefined : plan.steps[index];
  if (!step) return { sql: null, plan: null };
  return { sql: step.sql, plan: await explainStep(pool, step, variables) };
}
