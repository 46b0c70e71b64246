import {
  Cluster,
  Cluster_DiscoveryType,
  Cluster_DnsLookupFamily,
  Cluster_LbPolicy,
} from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import { HttpProtocolOptions } from '../../../gen/envoy-api/envoy/extensions/upstreams/http/v3/http_protocol_options';
import type { Any } from '../../../gen/envoy-api/google/protobuf/any';
import type { Upstream } from '../../gateway';
import { encodeResource, pack } from '../resource';
import type { Resource } from '../resource';
import { ADS } from './config-source';
import { seconds } from './duration';
import { loadAssignment } from './endpoint';
import { circuitBreakers } from './filters/circuit-breakers';
import { outlierDetection } from './filters/outlier-detection';
import { healthChecks } from './health-check';
import type { UpstreamGroup } from './upstream-group';
import { upstreamTransportSocket } from './upstream-tls';

/** A cluster with what decides when it can take traffic. */
export interface TranslatedCluster {
  readonly cluster: Resource;
  /** Absent for a DNS cluster, which carries its endpoints itself. */
  readonly endpoints: Resource | undefined;
  /** The longest time, in seconds, for which Envoy keeps the cluster warming because of an upstream that stays silent. */
  readonly warmingSeconds: number;
}

/** How long a DNS cluster may stay unresolved before what needs it goes on without. */
const DNS_WARMING_SECONDS = 5;
/** A TLS handshake over a long distance fits; a dead address is given up well before a client would. */
const CONNECT_TIMEOUT_SECONDS = 2;

/** envoy.config.cluster.v3.Cluster and its endpoints of a group of upstreams with equal settings. */
export function translateCluster(group: UpstreamGroup): TranslatedCluster {
  const [first] = group.members;
  if (!first) throw new Error(`cluster ${group.clusterName} has no member`);
  const settings = first.upstream;
  const byDns = group.members.some(({ upstream }) => !upstream.isIp);
  const assignment = loadAssignment(group);
  const message = Cluster.fromPartial({
    name: group.clusterName,
    altStatName: group.statName,
    connectTimeout: seconds(CONNECT_TIMEOUT_SECONDS),
    lbPolicy: loadBalancingPolicy(group),
    ...(byDns
      ? {
          type: Cluster_DiscoveryType.STRICT_DNS,
          dnsLookupFamily: Cluster_DnsLookupFamily.V4_PREFERRED,
          loadAssignment: assignment,
        }
      : { type: Cluster_DiscoveryType.EDS, edsClusterConfig: { edsConfig: ADS, serviceName: '' } }),
    healthChecks: healthChecks(settings),
    closeConnectionsOnHostHealthFailure: settings.healthCheck !== undefined,
    ignoreHealthOnHostRemoval: true,
    // Envoy would gather changes of weight and health for a second before it heeds them.
    commonLbConfig: { healthyPanicThreshold: { value: 0 }, updateMergeWindow: seconds(0) },
    circuitBreakers: circuitBreakers(group.filters.circuitBreakers),
    outlierDetection: outlierDetection(group.filters.outlierDetection),
    transportSocket: upstreamTransportSocket(settings),
    typedExtensionProtocolOptions: protocolOptions(settings),
  });
  return {
    cluster: encodeResource(group.clusterName, Cluster, message),
    endpoints: byDns ? undefined : encodeResource(group.clusterName, ClusterLoadAssignment, assignment),
    warmingSeconds: (byDns ? DNS_WARMING_SECONDS : 0) + (settings.healthCheck?.timeoutSeconds ?? 0),
  };
}

/** Envoy's random policy ignores weights, so unequal weights make it round robin. */
export function ignoresWeights(group: UpstreamGroup): boolean {
  const [first, ...others] = group.members;
  return first?.upstream.strategy === 'RANDOM' && others.some((member) => member.weight !== first.weight);
}

function loadBalancingPolicy(group: UpstreamGroup): Cluster_LbPolicy {
  const strategy = group.members[0]?.upstream.strategy ?? 'ROUND_ROBIN';
  switch (strategy) {
    case 'ROUND_ROBIN':
      return Cluster_LbPolicy.ROUND_ROBIN;
    case 'LEAST_REQUEST':
      return Cluster_LbPolicy.LEAST_REQUEST;
    case 'RANDOM':
      return ignoresWeights(group) ? Cluster_LbPolicy.ROUND_ROBIN : Cluster_LbPolicy.RANDOM;
    case 'RING_HASH_COOKIE':
      return Cluster_LbPolicy.RING_HASH;
  }
}

/** HTTP/2 where the transport says so; HTTP/1.1 is Envoy's default. */
function protocolOptions(upstream: Upstream): { [key: string]: Any } {
  if (upstream.transport !== 'h2' && upstream.transport !== 'h2c') return {};
  return {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': pack(
      HttpProtocolOptions,
      HttpProtocolOptions.fromPartial({ explicitHttpConfig: { http2ProtocolOptions: {} } }),
    ),
  };
}
