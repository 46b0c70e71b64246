import type { Door } from './secret';

/** Load balancers and clients' checks of versions ask these without a secret; they tell nothing of the configuration. */
const OPEN: readonly string[] = ['/health', '/healthz', '/readyz', '/v1/version'];

/** GraphQL decides on these itself, and refuses in Hasura's form. */
const GRAPHQL = /^\/(v1|v1alpha1)\/(graphql|graphql\/explain|metadata)$/;

/** What is asked of who comes to a path, its query left out: nothing, what GraphQL asks, or the secret. Everything unknown asks for it. */
export function doorOf(path: string): Door | 'open' | 'graphql' {
  if (OPEN.includes(path)) return 'open';
  if (GRAPHQL.test(path)) return 'graphql';
  return path === '/graphiql' || path.startsWith('/swagger/') ? 'page' : 'api';
}
