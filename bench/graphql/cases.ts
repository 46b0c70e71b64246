import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../src/root';

/** One kind of work: as this server is asked for it, and as PostGraphile 4 is. */
export interface Case {
  readonly name: string;
  readonly query: string;
  /** `CONNECTION` stands for one number after the other, as many as there are connections. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly postgraphile?: string;
  /** For a write: the same by hand, each statement with the names of its variables. */
  readonly byHand?: readonly { readonly sql: string; readonly variables: readonly string[] }[];
  /** The bars: at least so many times the other. */
  readonly bars: { readonly postgraphile?: number; readonly bare: number };
}

const SERVICE = 'service_id service_name fqdn create_ts update_ts';
const UPSTREAM = 'upstream_id upstream_name upstream_ip upstream_port upstream_weight upstream_hc_path';
const camel = (names: string): string => names.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const upsert = (table: string, columns: string, values: string, constraint: string): string =>
  `INSERT INTO saaras_db.${table} (${columns}) VALUES (${values}) ON CONFLICT ON CONSTRAINT ${constraint} DO UPDATE SET update_ts = EXCLUDED.update_ts`;

export const CASES: readonly Case[] = [
  {
    name: 'one row by key',
    query: `query ($id: bigint!) { saaras_db_service_by_pk(service_id: $id) { ${SERVICE} } }`,
    variables: { id: 7 },
    postgraphile: `query ($id: BigInt!) { serviceByServiceId(serviceId: $id) { ${camel(SERVICE)} } }`,
    bars: { postgraphile: 2, bare: 0.6 },
  },
  {
    name: '20 rows',
    query: `query ($n: Int!) { saaras_db_service(limit: $n, order_by: {service_name: asc}) { ${SERVICE} } }`,
    variables: { n: 20 },
    postgraphile: `query ($n: Int!) { allServices(first: $n, orderBy: SERVICE_NAME_ASC) { nodes { ${camel(SERVICE)} } } }`,
    bars: { postgraphile: 2, bare: 0.6 },
  },
  {
    name: 'three-level dump of 100 services',
    query: `{ saaras_db_service(order_by: {service_name: asc}) { ${SERVICE} routes { route_id route_name route_prefix route_upstreams { upstream { ${UPSTREAM} } } } } }`,
    variables: {},
    postgraphile: `{ allServices(orderBy: SERVICE_NAME_ASC) { nodes { ${camel(SERVICE)} routesByServiceId { nodes { routeId routeName routePrefix routeUpstreamsByRouteId { nodes { upstreamByUpstreamId { ${camel(UPSTREAM)} } } } } } } } }`,
    bars: { postgraphile: 2, bare: 0.85 },
  },
  {
    name: 'nested upsert of an association',
    query: readFileSync(path.join(ROOT, 'tests/graphql/golden/gateway-mutations/W16-link-upstream.graphql'), 'utf8'),
    variables: { service_name: 'service-CONNECTION', route_name: 'route-1', upstream_name: 'upstream-CONNECTION' },
    byHand: [
      { sql: upsert('upstream', 'upstream_name', '$1', 'upstream_upstream_name_key'), variables: ['upstream_name'] },
      { sql: upsert('service', 'service_name', '$1', 'service_service_name_key'), variables: ['service_name'] },
      {
        sql: upsert(
          'route',
          'route_name, service_id',
          '$1, (SELECT service_id FROM saaras_db.service WHERE service_name = $2)',
          'route_service_id_route_name_key',
        ),
        variables: ['route_name', 'service_name'],
      },
      {
        sql: upsert(
          'route_upstream',
          'upstream_id, route_id',
          '(SELECT upstream_id FROM saaras_db.upstream WHERE upstream_name = $1), (SELECT route_id FROM saaras_db.route JOIN saaras_db.service USING (service_id) WHERE service_name = $2 AND route_name = $3)',
          'route_upstream_route_id_upstream_id_key',
        ),
        variables: ['upstream_name', 'service_name', 'route_name'],
      },
    ],
    bars: { bare: 0.7 },
  },
];
