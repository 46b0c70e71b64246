import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';

/** The routes of one host on one listener, encoded, and the clusters that they need. */
export interface HostRoutes {
  /** envoy.config.route.v3.VirtualHost, named by the host. */
  readonly virtualHost: Resource;
  readonly clusters: readonly string[];
}

/** @param routes in the order in which they are tried */
export function hostRoutes(host: string, routes: readonly EnvoyRoute[]): HostRoutes {
  return {
    virtualHost: encodeResource(host, VirtualHost, VirtualHost.fromPartial({ name: host, domains: [host], routes: [...routes] })),
    clusters: [...new Set(routes.flatMap(clustersOf))],
  };
}

/** A host that must not be served in clear and has no certificate yet. */
export function unavailableHost(host: string): HostRoutes {
  const answer = {
    name: 'no-certificate',
    match: { prefix: '/' },
    directResponse: {
      status: 503,
      body: { inlineString: 'This host is served over TLS only, and has no matching certificate and key yet.\n' },
    },
  };
  return {
    virtualHost: encodeResource(host, VirtualHost, VirtualHost.fromPartial({ name: host, domains: [host], routes: [answer] })),
    clusters: [],
  };
}

function clustersOf({ route }: EnvoyRoute): string[] {
  if (!route) return [];
  return route.weightedClusters ? route.weightedClusters.clusters.map((entry) => entry.name) : [route.cluster ?? ''];
}
