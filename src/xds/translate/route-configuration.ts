import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { joinResource } from '../resource';
import type { Resource } from '../resource';
import { SCOPE_HEADER } from './scope';
import type { HostRoutes } from './virtual-host';
import { misdirectedHost } from './virtual-host';

/** Field 2 of RouteConfiguration, `virtual_hosts`, length-delimited. */
const VIRTUAL_HOSTS_TAG = (2 << 3) | 2;

/**
 * envoy.config.route.v3.RouteConfiguration of hosts that are encoded already: their bytes are joined, not encoded again.
 * Ports are ignored when hosts are matched.
 * @param hosts in an order that does not depend on when they came
 * @param elsewhere hosts that a connection may ask for which belong to another: answered 421 (RFC 9110, 15.5.20)
 */
export function joinRouteConfiguration(name: string, hosts: readonly HostRoutes[], elsewhere: readonly string[]): Resource {
  const head = RouteConfiguration.encode(
    RouteConfiguration.fromPartial({ name, ignorePortInHostMatching: true, requestHeadersToRemove: [SCOPE_HEADER] }),
  ).finish();
  const all = elsewhere.length > 0 ? [...hosts, misdirectedHost(elsewhere)] : hosts;
  return joinResource(
    name,
    head,
    VIRTUAL_HOSTS_TAG,
    all.map(({ virtualHost }) => virtualHost),
  );
}
