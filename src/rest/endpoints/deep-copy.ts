import { GatewayError } from '../../errors';
import type { Call } from '../endpoint';
import type { Variables } from '../execute';
import { GET_SERVICE_TREE } from '../operations/service';

interface ServiceTree {
  readonly fqdn: string | null;
  readonly routes: readonly RouteTree[];
  readonly service_filters: readonly { readonly filter_id: number }[];
  readonly service_secrets: readonly { readonly secret_id: number }[];
}

interface RouteTree {
  readonly route_name: string;
  readonly route_prefix: string | null;
  readonly route_config: string | null;
  readonly config_json: unknown;
  readonly route_upstreams: readonly { readonly upstream_id: number }[];
  readonly route_filters: readonly { readonly filter_id: number }[];
}

/** Variables that make the target what the source is. Upstreams, filters and secrets are linked, not copied, and not touched. */
export async function copyServiceTree(call: Call): Promise<Variables> {
  const source = call.param('service_name_src');
  const found = await call.read<{ saaras_db_service: ServiceTree[] }>(GET_SERVICE_TREE, { service_name: source });
  const [tree] = found.saaras_db_service;
  if (!tree) throw new GatewayError('object_not_found', `service ${source} does not exist`);
  const service_name = call.param('service_name_dst');
  const routes = tree.routes.map(({ route_upstreams, route_filters, ...route }) => ({
    ...route,
    route_upstreams: children(route_upstreams, 'route_upstream_route_id_upstream_id_key'),
    route_filters: children(route_filters, 'route_filter_pkey'),
  }));
  return {
    service_name,
    fqdn: tree.fqdn,
    service: {
      service_name,
      fqdn: tree.fqdn,
      routes: children(routes, 'route_service_id_route_name_key'),
      service_filters: children(tree.service_filters, 'service_filter_pkey'),
      service_secrets: children(tree.service_secrets, 'service_secret_service_id_secret_id_key'),
    },
  };
}

/** A nested insert of rows that leaves existing ones as they are. */
function children(data: readonly object[], constraint: string): object {
  return { data, on_conflict: { constraint, update_columns: ['update_ts'] } };
}
