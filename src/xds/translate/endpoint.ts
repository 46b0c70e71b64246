import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { UpstreamGroup, WeightedUpstream } from './upstream-group';

/**
 * envoy.config.endpoint.v3.ClusterLoadAssignment of a group; weights only where there is something to weigh. Upstreams at one
 * address are one endpoint, with the weight of all: Envoy knows endpoints of a cluster by their addresses.
 */
export function loadAssignment(group: UpstreamGroup): ClusterLoadAssignment {
  const members = new Map<string, WeightedUpstream>();
  for (const { upstream, weight } of group.members) {
    const key = `${upstream.address}:${upstream.port}`;
    const known = members.get(key);
    members.set(key, { upstream: known?.upstream ?? upstream, weight: (known?.weight ?? 0) + weight });
  }
  const weighted = members.size > 1;
  return ClusterLoadAssignment.fromPartial({
    clusterName: group.clusterName,
    endpoints: [
      {
        lbEndpoints: [...members.values()].map(({ upstream, weight }) => ({
          endpoint: { address: { socketAddress: { address: upstream.address, portValue: upstream.port } } },
          loadBalancingWeight: weighted ? weight : undefined,
        })),
      },
    ],
  });
}

/** An assignment without endpoints: the answer for a cluster that is not there any more, so that Envoy does not wait for it. */
export function emptyLoadAssignment(clusterName: string): ClusterLoadAssignment {
  return ClusterLoadAssignment.fromPartial({ clusterName });
}
