import type { GraphQLEngine } from '../graphql';
import { READ_AUTHORITIES, READ_EVERYTHING, READ_LARGE_SERVICES, READ_PROXIES, READ_SERVICES } from './documents';
import type { AuthorityRow, FilterRow, ProxyRow, RouteRow, ServiceRow, UpstreamRow } from './rows';

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
  const data = await query<ProxyTable & LinkedTables & { saaras_db_secret: { secret_id: number }[] }>(
    graphql,
    'gateway_everything',
    READ_EVERYTHING,
    {},
  );
  const secretIds = new Set(data.saaras_db_secret.map((row) => row.secret_id));
  return { ...(await withAuthorities(graphql, data.saaras_db_proxy, joinLinks(data))), secretIds };
}

/**
 * Proxies and services by id; those that do not exist, and services that no proxy serves, are absent.
 * @param areLarge whether the services have many links
 * @throws ReadError
 */
export async function readSome(
  graphql: Reader,
  proxies: ReadonlySet<number>,
  services: ReadonlySet<number>,
  areLarge: boolean,
): Promise<ReadRows> {
  const [proxyRows, serviceRows] = await Promise.all([
    proxies.size === 0 ? [] : readProxies(graphql, proxies),
    services.size === 0 ? [] : (areLarge ? readLargeServices : readServices)(graphql, services),
  ]);
  return withAuthorities(graphql, proxyRows, serviceRows);
}

async function readProxies(graphql: Reader, ids: ReadonlySet<number>): Promise<readonly ProxyRow[]> {
  const data = await query<ProxyTable>(graphql, 'gateway_proxies', READ_PROXIES, { ids: [...ids] });
  return data.saaras_db_proxy;
}

async function readServices(graphql: Reader, ids: ReadonlySet<number>): Promise<readonly ServiceRow[]> {
  const data = await query<{ saaras_db_service: ServiceRow[] }>(graphql, 'gateway_services', READ_SERVICES, { ids: [...ids] });
  return data.saaras_db_service;
}

async function readLargeServices(graphql: Reader, ids: ReadonlySet<number>): Promise<readonly ServiceRow[]> {
  return joinLinks(await query<LinkedTables>(graphql, 'gateway_large_services', READ_LARGE_SERVICES, { ids: [...ids] }));
}

interface ProxyTable {
  readonly saaras_db_proxy: readonly ProxyRow[];
}

/** Services with the ids of what they are linked to, and the rows of that, each once or twice. */
interface LinkedTables {
  readonly saaras_db_service: readonly LinkedServiceRow[];
  readonly saaras_db_upstream: readonly UpstreamRow[];
  readonly saaras_db_filter: readonly FilterRow[];
  readonly of_services?: readonly FilterRow[];
}

type LinkedServiceRow = Omit<ServiceRow, 'routes' | 'service_filters'> & {
  readonly routes: readonly (Omit<RouteRow, 'route_upstreams' | 'route_filters'> & {
    readonly route_upstreams: readonly { readonly upstream_id: number }[];
    readonly route_filters: readonly { readonly filter_id: number }[];
  })[];
  readonly service_filters: readonly { readonly filter_id: number }[];
};

/** Services as if each link had been read with what it leads to; a row of which there are many links is one object. */
function joinLinks(tables: LinkedTables): ServiceRow[] {
  const upstreams = new Map(tables.saaras_db_upstream.map((row) => [row.upstream_id, row]));
  const filters = new Map([...tables.saaras_db_filter, ...(tables.of_services ?? [])].map((row) => [row.filter_id, row]));
  // All was read of one snapshot, in which links lead somewhere.
  const filtersOf = (links: readonly { readonly filter_id: number }[]) =>
    links.map((link) => ({ filter: filters.get(link.filter_id)! }));
  return tables.saaras_db_service.map((service) => ({
    ...service,
    routes: service.routes.map((route) => ({
      ...route,
      route_upstreams: route.route_upstreams.map((link) => ({ upstream: upstreams.get(link.upstream_id)! })),
      route_filters: filtersOf(route.route_filters),
    })),
    service_filters: filtersOf(service.service_filters),
  }));
}

async function withAuthorities(
  graphql: Reader,
  proxies: readonly ProxyRow[],
  services: readonly ServiceRow[],
): Promise<ReadRows> {
  const names = new Set(services.flatMap(authorityNames));
  if (names.size === 0) return { proxies, services, authorities: new Map() };
  const data = await query<{ saaras_db_secret: AuthorityRow[] }>(graphql, 'gateway_authorities', READ_AUTHORITIES, {
    names: [...names],
  });
  return { proxies, services, authorities: new Map(data.saaras_db_secret.map((row) => [row.secret_name, row])) };
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
