import { GatewayError } from '../../errors';
import type { Call } from '../endpoint';
import type { Variables } from '../execute';
import { GET_SERVICE_TREE } from '../operations/service';

interface ServiceTree {
  readonly fqdn: string | null;
  readonly routes: readonly RouteTree[];
  readonly service_filters: readonly { readonly filter: { readonly filter_name: string } }[];
  readonly service_secrets: readonly { readonly secret: { readonly secret_name: string } }[];
}

interface RouteTree {
  readonly route_name: string;
  readonly route_prefix: string | null;
  readonly route_config: string | null;
  readonly config_json: unknown;
  readonly route_upstreams: readonly { readonly upstream: { readonly upstream_name: string } }[];
  readonly route_filters: readonly { readonly filter: { readonly filter_name: string } }[];
}

/** Variables that make the target what the source is. Upstreams, filters and secrets are linked, not copied. */
export async function copyServiceTree(call: Call): Promise<Variables> {
  const source = call.param('service_name_src');
  const found = await call.read<{ saaras_db_service: ServiceTree[] }>(GET_SERVICE_TREE, { service_name: source });
  const [tree] = found.saaras_db_service;
  if (!tree) throw new GatewayError('object_not_found', `service ${source} does not exist`);
  const target = call.param('service_name_dst');
  const service = parent({ service_name: target }, 'service_service_name_key');
  const route = (name: string) => parent({ route_name: name, service }, 'route_service_id_route_name_key');
  const filter = (name: string) => parent({ filter_name: name }, 'filter_filter_name_key');
  return {
    service_name: target,
    fqdn: tree.fqdn,
    routes: tree.routes.map(({ route_name, route_prefix, route_config, config_json }) => ({
      route_name,
      route_prefix,
      route_config,
      config_json,
      service,
    })),
    route_upstreams: tree.routes.flatMap(({ route_name, route_upstreams }) =>
      route_upstreams.map(({ upstream }) => ({
        upstream: parent({ upstream_name: upstream.upstream_name }, 'upstream_upstream_name_key'),
        route: route(route_name),
      })),
    ),
    route_filters: tree.routes.flatMap(({ route_name, route_filters }) =>
      route_filters.map((link) => ({ filter: filter(link.filter.filter_name), route: route(route_name) })),
    ),
    service_filters: tree.service_filters.map((link) => ({ filter: filter(link.filter.filter_name), service })),
    service_secrets: tree.service_secrets.map(({ secret }) => ({
      service,
      secret: parent({ secret_name: secret.secret_name }, 'secret_secret_name_key'),
    })),
  };
}

/** A nested insert of a parent that leaves an existing one as it is. */
function parent(data: object, constraint: string): object {
  return { data, on_conflict: { constraint, update_columns: ['update_ts'] } };
}
