import { RouteConfiguration } from '../../../../gen/envoy-api/envoy/config/route/v3/route';
import type { Route as EnvoyRoute } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route as RouteCodec, RouteAction, VirtualHost } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { Problem, Route, Service, Upstream } from '../../../gateway';
import { encodeResource } from '../../resource';
import type { Resource } from '../../resource';
import type { TranslatedCluster } from '../cluster';
import { byPrecedence } from '../precedence';
import { weigh } from '../upstream-group';
import type { WeightedUpstream } from '../upstream-group';
import type { HostRoutes } from '../virtual-host';
import { grpcCluster, grpcDnsCluster } from './cluster';
import { grpcRouteMatches } from './match';
import { grpcClusterName, grpcDnsClusterName, grpcRoutesName } from './names';
import { ofRoute, whyRefused } from './refusal';

/** What gRPC clients have of a service, beside the listener. */
export interface GrpcService {
  readonly routes: Resource;
  readonly host: HostRoutes;
  readonly clusters: readonly TranslatedCluster[];
  /** What clients do otherwise than the proxy. */
  readonly notes: readonly Problem[];
}

/** @returns a text, the reason, when clients are not given it */
export function translateGrpcService(service: Service): GrpcService | string {
  const refusal = whyRefused(service);
  if (refusal !== undefined) return refusal;
  const routes: EnvoyRoute[] = [];
  const clusters: TranslatedCluster[] = [];
  for (const route of [...service.routes].sort(byPrecedence)) {
    if (route.upstreams.length === 0) continue;
    const matches = grpcRouteMatches(route.match);
    if (typeof matches === 'string') return ofRoute(route, matches);
    if (matches.length === 0) continue;
    const split = clustersOf(service.id, route);
    clusters.push(...split.map(({ cluster }) => cluster));
    const action = actionOf(split);
    routes.push(
      ...matches.map((match) => RouteCodec.fromPartial({ name: `${service.name}/${route.name}`, match, route: action })),
    );
  }
  if (routes.length === 0) return 'it has no route with an upstream that a gRPC call can match';
  const name = grpcRoutesName(service.id);
  const virtualHost = VirtualHost.fromPartial({ name, domains: ['*'], routes });
  return {
    routes: encodeResource(name, RouteConfiguration, RouteConfiguration.fromPartial({ name, virtualHosts: [virtualHost] })),
    host: {
      virtualHost: encodeResource(name, VirtualHost, virtualHost),
      clusters: clusters.map(({ cluster }) => cluster.name),
      leadToTls: false,
    },
    clusters,
    notes: notesOf(service),
  };
}

interface Share {
  readonly cluster: TranslatedCluster;
  readonly weight: number;
}

/** One cluster for all upstreams with IP addresses, and one for each with a DNS name. */
function clustersOf(serviceId: number, route: Route): Share[] {
  const members = weigh(route.upstreams);
  const breakers = route.filters.circuitBreakers;
  const addresses = members.filter(({ upstream }) => upstream.isIp);
  const names = members.filter(({ upstream }) => !upstream.isIp);
  const together = grpcCluster(grpcClusterName(serviceId, route.id), addresses, breakers);
  return [
    ...(addresses.length > 0 ? [{ cluster: together, weight: total(addresses) }] : []),
    ...names.map((member) => ({
      cluster: grpcDnsCluster(grpcDnsClusterName(serviceId, route.id, member.upstream.id), member, breakers),
      weight: member.weight,
    })),
  ];
}

function actionOf(shares: readonly Share[]): RouteAction {
  const [only] = shares;
  if (only && shares.length === 1) return RouteAction.fromPartial({ cluster: only.cluster.cluster.name });
  const clusters = shares.map(({ cluster, weight }) => ({ name: cluster.cluster.name, weight }));
  return RouteAction.fromPartial({ weightedClusters: { clusters } });
}

function total(members: readonly WeightedUpstream[]): number {
  return members.reduce((sum, { weight }) => sum + weight, 0);
}

function notesOf(service: Service): Problem[] {
  return service.routes.flatMap((route) =>
    route.upstreams.flatMap((upstream) =>
      differences(upstream).map((message) => ({
        object: {
          kind: 'upstream' as const,
          name: upstream.name,
          of: { kind: 'route' as const, name: route.name, of: { kind: 'service' as const, name: service.name } },
        },
        message,
        isServed: true as const,
      })),
    ),
  );
}

function differences({ strategy, healthCheck, grpc }: Upstream): string[] {
  // A check of a gRPC upstream with the path `/` only connects, as the client does itself.
  const isOnlyConnecting = grpc && (healthCheck?.path === '/' || healthCheck?.path === '');
  return [
    ...(healthCheck && !isOnlyConnecting
      ? ['gRPC clients make no health checks: they pass over an upstream only when they cannot connect to it']
      : []),
    ...(strategy === 'LEAST_REQUEST' ? ['gRPC clients do not all know least request: they go round robin'] : []),
    ...(strategy === 'RING_HASH_COOKIE' ? ['gRPC clients keep no cookie: they go round robin'] : []),
  ];
}
