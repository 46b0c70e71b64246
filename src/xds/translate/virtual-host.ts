import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route, VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';
import { virtualHostField } from './route-configuration';

/** The routes of one host on one listener, encoded, and the clusters that they need. */
export interface HostRoutes {
  /** envoy.config.route.v3.VirtualHost, named by the host. */
  readonly virtualHost: Resource;
  /** The same as a field of its RouteConfiguration. */
  readonly field: Buffer;
  readonly clusters: readonly string[];
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
