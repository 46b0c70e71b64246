import type { CircuitBreakers, OutlierDetection, Route, Upstream } from '../../gateway';
import { hashOf } from '../resource';
import { routeClusterName, upstreamClusterName } from './names';

/** Settings that lie on the cluster but come from the route. */
export interface ClusterFilters {
  readonly circuitBreakers: CircuitBreakers | undefined;
  readonly outlierDetection: OutlierDetection | undefined;
}

export interface WeightedUpstream {
  readonly upstream: Upstream;
  /** At least 1; Envoy refuses a weight of zero. */
  readonly weight: number;
}

/** The upstreams of one route that share all their settings: one Envoy cluster. */
export interface UpstreamGroup {
  readonly clusterName: string;
  /** A name that a person can read, for statistics. */
  readonly statName: string;
  /** At least one; ordered by upstream id. */
  readonly members: readonly WeightedUpstream[];
  readonly filters: ClusterFilters;
}

/**
 * Envoy balances by health inside a cluster only, so upstreams of equal settings become endpoints of one cluster and
 * only unlike ones are split over weighted clusters. A route with one upstream and no cluster settings of its own
 * shares that upstream's cluster, so that health checks are not multiplied by routes.
 *
 * Weight 0 gets no traffic and is left out; when all are 0, each counts 1.
 */
export function groupUpstreams(proxyName: string, serviceName: string, route: Route): readonly UpstreamGroup[] {
  const filters = { circuitBreakers: route.filters.circuitBreakers, outlierDetection: route.filters.outlierDetection };
  const [only] = route.upstreams;
  if (only && route.upstreams.length === 1 && !filters.circuitBreakers && !filters.outlierDetection) {
    return [
      {
        clusterName: upstreamClusterName(only.id),
        statName: `${proxyName}_${only.name}_${only.port}`,
        members: [{ upstream: only, weight: 1 }],
        filters,
      },
    ];
  }
  const groups = new Map<string, WeightedUpstream[]>();
  for (const member of weigh(route.upstreams)) {
    const key = settingsKey(member.upstream);
    const members = groups.get(key);
    if (members) members.push(member);
    else groups.set(key, [member]);
  }
  return [...groups].map(([key, members]) => ({
    clusterName: routeClusterName(route.id, key),
    statName: `${proxyName}_${serviceName}_${route.name}`,
    members,
    filters,
  }));
}

/** Those that get traffic: weight 0 is left out; when all are 0, each counts 1. */
export function weigh(upstreams: readonly Upstream[]): readonly WeightedUpstream[] {
  const weighted = upstreams.filter((upstream) => upstream.weight > 0).map((upstream) => ({ upstream, weight: upstream.weight }));
  return weighted.length > 0 ? weighted : upstreams.map((upstream) => ({ upstream, weight: 1 }));
}

function settingsKey(upstream: Upstream): string {
  return hashOf(
    JSON.stringify([
      upstream.transport,
      upstream.grpc,
      upstream.strategy,
      upstream.healthCheck,
      upstream.validation,
      serverName(upstream),
    ]),
  ).slice(0, 10);
}

/** The TLS server name to ask for: the DNS name of a TLS upstream, nothing for an IP literal. */
export function serverName(upstream: Upstream): string {
  const tls = upstream.transport === 'https' || upstream.transport === 'h2';
  return tls && !upstream.isIp ? upstream.address : '';
}
