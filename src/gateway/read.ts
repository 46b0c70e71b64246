import type { GraphQLEngine } from '../graphql';
import { READ_AUTHORITIES, READ_EVERYTHING, READ_SOME } from './documents';
import type { AuthorityRow, ProxyRow, ServiceRow } from './rows';

export type Reader = Pick<GraphQLEngine, 'execute'>;

/** The database could not be read; what was known stays, and the caller may try again. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
}

export interface ReadRows {
  readonly proxies: readonly ProxyRow[];
  readonly services: readonly ServiceRow[];
  /** By name. */
  readonly authorities: ReadonlyMap<string, AuthorityRow>;
}

/** @throws ReadError */
export async function readEverything(graphql: Reader): Promise<ReadRows & { readonly secretIds: ReadonlySet<number> }> {
  const data = await query<Tables & { saaras_db_secret: { secret_id: number }[] }>(
    graphql,
    'gateway_everything',
    READ_EVERYTHING,
    {},
  );
  const secretIds = new Set(data.saaras_db_secret.map((row) => row.secret_id));
  return { ...(await withAuthorities(graphql, data)), secretIds };
}

/** Proxies and services by id; those that do not exist, and services that no proxy serves, are absent. @throws ReadError */
export async function readSome(graphql: Reader, proxies: Iterable<number>, services: Iterable<number>): Promise<ReadRows> {
  const variables = { proxies: [...proxies], services: [...services] };
  return withAuthorities(graphql, await query<Tables>(graphql, 'gateway_changed', READ_SOME, variables));
}

interface Tables {
  saaras_db_proxy: ProxyRow[];
  saaras_db_service: ServiceRow[];
}

async function withAuthorities(graphql: Reader, tables: Tables): Promise<ReadRows> {
  const names = new Set(tables.saaras_db_service.flatMap(authorityNames));
  const rows = { proxies: tables.saaras_db_proxy, services: tables.saaras_db_service };
  if (names.size === 0) return { ...rows, authorities: new Map() };
  const data = await query<{ saaras_db_secret: AuthorityRow[] }>(graphql, 'gateway_authorities', READ_AUTHORITIES, {
    names: [...names],
  });
  return { ...rows, authorities: new Map(data.saaras_db_secret.map((row) => [row.secret_name, row])) };
}

/** The names of the secrets that a service's upstreams are verified with. */
export function authorityNames(service: ServiceRow): string[] {
  return service.routes.flatMap((route) =>
    route.route_upstreams.flatMap(({ upstream }) => upstream.upstream_validation_cacertificate || []),
  );
}

async function query<T>(graphql: Reader, operationName: string, text: string, variables: Record<string, unknown>): Promise<T> {
  const outcome = await graphql.execute({ query: text, operationName, variables });
  if (outcome.error) throw new ReadError(`the configuration cannot be read (${operationName}): ${outcome.error.message}`);
  return (JSON.parse(outcome.body) as { data: T }).data;
}
