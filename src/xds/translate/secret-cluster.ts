import { Cluster, Cluster_DiscoveryType } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { UpstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { encodeResource, pack } from '../resource';
import type { TranslatedCluster } from './cluster';
import { ADS } from './config-source';
import { secretResourceName } from './names';

/**
 * A cluster without endpoints, to which nothing leads: it only has Envoy fetch a secret. The secrets of a filter chain that
 * comes by FCDS are part of Envoy's own start (1.40), after which none is fetched for the sake of a chain; what a cluster has
 * fetched is found by all.
 */
export function secretCluster(secretId: number): TranslatedCluster {
  const name = secretResourceName(secretId);
  const context = UpstreamTlsContext.fromPartial({
    commonTlsContext: { tlsCertificateSdsSecretConfigs: [{ name, sdsConfig: ADS }] },
  });
  const message = Cluster.fromPartial({
    name,
    type: Cluster_DiscoveryType.STATIC,
    transportSocket: { name: 'tls', typedConfig: pack(UpstreamTlsContext, context) },
  });
  return { cluster: encodeResource(name, Cluster, message), endpoints: undefined, warmingSeconds: 0 };
}
