import { isIPv6 } from 'node:net';
import { Cluster, Cluster_DiscoveryType, Cluster_LbPolicy } from '../../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import type { LocalityLbEndpoints } from '../../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint_components';
import { LocalityLbEndpoints as LocalityCodec } from '../../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint_components';
import { ClusterLoadAssignment } from '../../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { CircuitBreakers } from '../../../gateway';
import { encodeResource } from '../../resource';
import type { TranslatedCluster } from '../cluster';
import { ADS } from '../config-source';
import { circuitBreakers } from '../filters/circuit-breakers';
import type { WeightedUpstream } from '../upstream-group';

/** Of upstreams with IP addresses (gRFC A27): a weight that changes is a change of endpoints alone. */
export function grpcCluster(
  name: string,
  members: readonly WeightedUpstream[],
  breakers: CircuitBreakers | undefined,
): TranslatedCluster {
  const message = Cluster.fromPartial({
    name,
    type: Cluster_DiscoveryType.EDS,
    edsClusterConfig: { edsConfig: ADS, serviceName: '' },
    lbPolicy: Cluster_LbPolicy.ROUND_ROBIN,
    circuitBreakers: circuitBreakers(breakers),
  });
  const assignment = ClusterLoadAssignment.fromPartial({ clusterName: name, endpoints: localities(members) });
  return {
    cluster: encodeResource(name, Cluster, message),
    endpoints: encodeResource(name, ClusterLoadAssignment, assignment),
    warmingSeconds: 0,
  };
}

/** A cluster without endpoints: its name is what a client says of calls to it. */
export function unreachable(name: string): TranslatedCluster {
  return grpcCluster(name, [], undefined);
}

/** Of one upstream with a DNS name, which the client resolves (gRFC A37). */
export function grpcDnsCluster(
  name: string,
  { upstream }: WeightedUpstream,
  breakers: CircuitBreakers | undefined,
): TranslatedCluster {
  const message = Cluster.fromPartial({
    name,
    type: Cluster_DiscoveryType.LOGICAL_DNS,
    loadAssignment: { clusterName: name, endpoints: [locality(upstream.address, upstream.port, 1)] },
    lbPolicy: Cluster_LbPolicy.ROUND_ROBIN,
    circuitBreakers: circuitBreakers(breakers),
  });
  return { cluster: encodeResource(name, Cluster, message), endpoints: undefined, warmingSeconds: 0 };
}

/**
 * A locality an upstream: clients do not weigh the endpoints of a locality, but do weigh localities against each other, and
 * pass over one that they cannot connect to (gRFC A27, A52). Clients refuse an address that occurs twice, so upstreams of the
 * same address are one, of the sum of their weights.
 */
function localities(members: readonly WeightedUpstream[]): LocalityLbEndpoints[] {
  const weights = new Map<string, { readonly address: string; readonly port: number; weight: number }>();
  for (const { upstream, weight } of members) {
    const address = canonical(upstream.address);
    const key = `${address}:${upstream.port}`;
    const known = weights.get(key);
    if (known) known.weight += weight;
    else weights.set(key, { address, port: upstream.port, weight });
  }
  return [...weights.values()].map(({ address, port, weight }) => locality(address, port, weight));
}

function locality(address: string, port: number, weight: number): LocalityLbEndpoints {
  return LocalityCodec.fromPartial({
    locality: { subZone: `${address}:${port}` },
    lbEndpoints: [{ endpoint: { address: { socketAddress: { address, portValue: port } } } }],
    loadBalancingWeight: weight,
  });
}

/** One text for each address: IPv6 has many. */
function canonical(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
