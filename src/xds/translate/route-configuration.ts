import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { resourceOf, versionOfSet } from '../resource';
import type { Resource } from '../resource';
import type { HostRoutes } from './virtual-host';

/**
 * envoy.config.route.v3.RouteConfiguration of hosts that are encoded already: their bytes are joined, not encoded again.
 * Ports are ignored when hosts are matched.
 * @param hosts ordered by name
 */
export function joinRouteConfiguration(name: string, hosts: readonly HostRoutes[]): Resource {
  const head = RouteConfiguration.encode(RouteConfiguration.fromPartial({ name, ignorePortInHostMatching: true })).finish();
  const bytes = Buffer.concat([head, ...hosts.map(({ field }) => field)]);
  return resourceOf(name, bytes, versionOfSet(hosts.map(({ virtualHost }) => virtualHost)));
}
