import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route, VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';

/** The routes of one host on one listener, encoded, and the clusters that they need. */
export interface HostRoutes {
  /** envoy.config.route.v3.VirtualHost, named by the host. */
  readonly virtualHost: Resource;
  /** The same as a field of its RouteConfiguration. */
  readonly field: Buffer;
  readonly clusters: readonly string[];
}

/** Field 2 of RouteConfiguration, `virtual_hosts`, length-delimited. */
const VIRTUAL_HOSTS_TAG = (2 << 3) | 2;

/** An encoded VirtualHost as a field of its RouteConfiguration. */
function virtualHostField(bytes: Buffer): Buffer {
  return Buffer.concat([new BinaryWriter().uint32(VIRTUAL_HOSTS_TAG).uint32(bytes.length).finish(), bytes]);
}

/** @param routes in the order in which they are tried */
export function hostRoutes(host: string, routes: readonly EnvoyRoute[]): HostRoutes {
  const virtualHost = encodeResource(
    host,
    VirtualHost,
    VirtualHost.fromPartial({ name: host, domains: [host], routes: [...routes] }),
  );
  return { virtualHost, field: virtualHostField(virtualHost.bytes), clusters: [...new Set(routes.flatMap(clustersOf))] };
}

/** A host that must not be served in clear and has no certificate yet. */
export function unavailableHost(host: string): HostRoutes {
  const body = 'This host is served over TLS only, and has no matching certificate and key yet.\n';
  return hostRoutes(host, [
    Route.fromPartial({
      name: 'no-certificate',
      match: { prefix: '/' },
      directResponse: { status: 503, body: { inlineString: body } },
    }),
  ]);
}

function clustersOf({ route }: EnvoyRoute): string[] {
  if (!route) return [];
  return route.weightedClusters ? route.weightedClusters.clusters.map((entry) => entry.name) : [route.cluster ?? ''];
}
