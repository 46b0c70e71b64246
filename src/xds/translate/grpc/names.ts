import { HTTP_LISTENER, HTTPS_LISTENER } from '../names';

/**
 * Names of what gRPC clients have without a proxy. Each but the listener's says which service it belongs to, so that a client
 * that comes back, and asks for its types in any order, is never told that something is gone before its listener was asked for.
 */
const PREFIX = 'grpc/';
const REFUSAL_PREFIX = `${PREFIX}refused: `;

export function grpcRoutesName(serviceId: number): string {
  return `${PREFIX}${serviceId}`;
}

/** The cluster of a route's upstreams with IP addresses. */
export function grpcClusterName(serviceId: number, routeId: number): string {
  return `${PREFIX}${serviceId}/${routeId}`;
}

/** The cluster of one upstream of a route that has a DNS name. */
export function grpcDnsClusterName(serviceId: number, routeId: number, upstreamId: number): string {
  return `${grpcClusterName(serviceId, routeId)}/${upstreamId}`;
}

/** A cluster that never has an endpoint: what a client then says of its calls holds the cluster's name, and so the reason. */
export function refusalClusterName(reason: string): string {
  return `${REFUSAL_PREFIX}${reason}`;
}

export function isRefusalName(name: string): boolean {
  return name.startsWith(REFUSAL_PREFIX);
}

/** The id of the service that routes, a cluster or endpoints belong to; undefined for every other name. */
export function serviceIdOf(name: string): number | undefined {
  const id = /^grpc\/(\d+)(?:\/|$)/.exec(name)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** The listeners of Envoy come under these names, whatever services are called. */
export function isProxyListener(name: string): boolean {
  return name === HTTP_LISTENER || name === HTTPS_LISTENER;
}
