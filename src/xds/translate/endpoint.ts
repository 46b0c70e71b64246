import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { UpstreamGroup } from './upstream-group';

/** envoy.config.endpoint.v3.ClusterLoadAssignment of a group; weights only where there is something to weigh. */
export function loadAssignment(group: UpstreamGroup): ClusterLoadAssignment {
  const weighted = group.members.length > 1;
  return ClusterLoadAssignment.fromPartial({
    clusterName: group.clusterName,
    endpoints: [
      {
        lbEndpoints: group.members.map(({ upstream, weight }) => ({
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
