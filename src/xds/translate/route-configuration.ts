import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { hashOf, versionOfSet } from '../resource';
import type { Resource } from '../resource';
import type { HostRoutes } from './virtual-host';

/** Field 2 of RouteConfiguration, `virtual_hosts`, length-delimited. */
const VIRTUAL_HOSTS_TAG = (2 << 3) | 2;

/**
 * envoy.config.route.v3.RouteConfiguration of hosts that are encoded already: their bytes are joined, not encoded again.
 * Ports are ignored when hosts are matched.
 * @param hosts ordered by name
 */
export function joinRouteConfiguration(name: string, hosts: Iterable<HostRoutes>): Resource {
  const parts: Uint8Array[] = [
    RouteConfiguration.encode(RouteConfiguration.fromPartial({ name, ignorePortInHostMatching: true })).finish(),
  ];
  const virtualHosts: Resource[] = [];
  for (const { virtualHost } of hosts) {
    virtualHosts.push(virtualHost);
    parts.push(new BinaryWriter().uint32(VIRTUAL_HOSTS_TAG).uint32(virtualHost.bytes.length).finish(), virtualHost.bytes);
  }
  return { name, bytes: Buffer.concat(parts), version: hashOf(`${name}\0${versionOfSet(virtualHosts)}`) };
}
