import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route, VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';

/** The routes of one host on one listener, encoded, and the clusters that they need. */
export interface HostRoutes {
  /** envoy.config.route.v3.VirtualHost, named by the host. */
  readonly virtualHost: Resource;
  readonly clusters: readonly string[];
  /** Some of the routes send clients to the host's filter chain on the TLS listener. */
  readonly leadToTls: boolean;
}

/** @param routes in the order in which they are tried */
export function hostRoutes(host: string, routes: readonly EnvoyRoute[], leadToTls = false): HostRoutes {
  return { ...virtualHostOf(host, [host], routes), leadToTls };
}

/** Answers 421: the connection was made for other hosts. */
export function misdirectedHost(domains: readonly string[]): HostRoutes {
  const body = 'This connection was made for another host: ask for this one on a connection of its own.\n';
  const route = Route.fromPartial({
    name: 'misdirected',
    match: { prefix: '/' },
    directResponse: { status: 421, body: { inlineString: body } },
  });
  return { ...virtualHostOf('misdirected', domains, [route]), leadToTls: false };
}

function virtualHostOf(name: string, domains: readonly string[], routes: readonly EnvoyRoute[]): Omit<HostRoutes, 'leadToTls'> {
  const message = VirtualHost.fromPartial({ name, domains: [...domains], routes: [...routes] });
  const virtualHost = encodeResource(name, VirtualHost, message);
  return { virtualHost, clusters: [...new Set(routes.flatMap(clustersOf))] };
}

/** The one route of a host that must not be served in clear and has no certificate yet. */
export const UNAVAILABLE_ROUTE: EnvoyRoute = Route.fromPartial({
  name: 'no-certificate',
  match: { prefix: '/' },
  directResponse: {
    status: 503,
    body: { inlineString: 'This host is served over TLS only, and has no matching certificate and key yet.\n' },
  },
});

export function unavailableHost(host: string): HostRoutes {
  return hostRoutes(host, [UNAVAILABLE_ROUTE]);
}

function clustersOf({ route }: EnvoyRoute): string[] {
  if (!route) return [];
  return route.weightedClusters ? route.weightedClusters.clusters.map((entry) => entry.name) : [route.cluster ?? ''];
}
