/** Names of resources and of static clusters. They are made of ids and keys, never of positions. */

export const HTTP_LISTENER = 'ingress_http';
export const HTTPS_LISTENER = 'ingress_https';

/** The static clusters of the bootstrap. */
export const RATE_LIMIT_CLUSTER = 'enroute_ratelimit';

export const TYPE_URLS = {
  cluster: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  endpoint: 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
  secret: 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  scope: 'type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration',
  listener: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  chain: 'type.googleapis.com/envoy.config.listener.v3.FilterChain',
  route: 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
} as const;

export type ResourceKind = keyof typeof TYPE_URLS;

/** The kinds of resources, in the order in which they are made before they are needed. */
export const KINDS = Object.keys(TYPE_URLS) as readonly ResourceKind[];

/** The host of a service for every host. */
export const EVERY_HOST = '*';

/** The scope of requests whose host is written with capitals, which no host's name is, or is an IPv6 address. */
export const CAPITALS = 'A-Z';

/** The scope of the hosts that are IPv6 addresses. */
export const IPV6 = '[';

/** The route configuration of a scope on the plain listener; of EVERY_HOST all of them, where they are not scoped. */
export function httpRoutesName(scope: string): string {
  return `http/${scope}`;
}

/** The route configuration of a host's filter chain on the TLS listener. */
export function httpsRoutesName(host: string): string {
  return `https/${host}`;
}

/** A host's filter chain of the TLS listener: a resource of its own, of which the name `*` would mean all. */
export function tlsChainName(host: string): string {
  return `https/${host}`;
}

const SECRETS = 'secret/';

/** A secret, and the cluster that has Envoy fetch it. */
export function secretResourceName(secretId: number): string {
  return `${SECRETS}${secretId}`;
}

/** Whether a cluster is one that has Envoy fetch the secret of its name. */
export function isSecretCluster(name: string): boolean {
  return name.startsWith(SECRETS);
}

export function upstreamClusterName(upstreamId: number): string {
  return `upstream/${upstreamId}`;
}

/** The one upstream, or the route, that a cluster was made for; undefined for the names of others. */
export function clusterOwner(name: string): { readonly upstreamId: number } | { readonly routeId: number } | undefined {
  const [, upstreamId, routeId] = /^(?:upstream\/(\d+)|route\/(\d+)\/.*)$/.exec(name) ?? [];
  if (upstreamId !== undefined) return { upstreamId: Number(upstreamId) };
  return routeId === undefined ? undefined : { routeId: Number(routeId) };
}

export function secretIdOf(name: string): number {
  return Number(name.slice(name.indexOf('/') + 1));
}

/** The host or scope of a route configuration or a filter chain, or of a scope, which is named by it. */
export function hostOfRoutes(name: string): string {
  return name.replace(/^https?\//, '');
}

/** @param group identifies the settings that the cluster's upstreams share */
export function routeClusterName(routeId: number, group: string): string {
  return `route/${routeId}/${group}`;
}
