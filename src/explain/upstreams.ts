import type { RouteInput } from '../xds';

/** An upstream of the route that serves a request. */
export interface ExplainedUpstream {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** As it is stored. */
  readonly weight: number;
  /** Of the requests while all are healthy, 0 to 1. */
  readonly share: number;
  /** Envoy's name of its cluster; without one it gets nothing. */
  readonly cluster?: string;
  /** What Envoy says of it; `unknown` when nobody can tell. */
  readonly health?: string;
}

/** What Envoy says of an endpoint's health; undefined when it is not known. */
export type HealthOf = (cluster: string, address: string, port: number) => string | undefined;

export function explainUpstreams({ route, groups }: RouteInput, healthOf: HealthOf): ExplainedUpstream[] {
  const members = groups.flatMap((group) => group.members.map((member) => ({ ...member, cluster: group.clusterName })));
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return route.upstreams.map((upstream) => {
    const { name, address, port, weight } = upstream;
    const member = members.find((candidate) => candidate.upstream === upstream);
    if (!member) return { name, address, port, weight, share: 0 };
    const { cluster } = member;
    const health = healthOf(cluster, address, port) ?? 'unknown';
    return { name, address, port, weight, share: member.weight / total, cluster, health };
  });
}
