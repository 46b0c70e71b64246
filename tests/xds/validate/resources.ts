import { Cluster, Cluster_DiscoveryType } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { HttpConnectionManager } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { Router } from '../../../gen/envoy-api/envoy/extensions/filters/http/router/v3/router';
import { Secret } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { DownstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import type { Any } from '../../../gen/envoy-api/google/protobuf/any';
import { pack } from '../../../src/xds/resource';
import type { Codec } from '../../../src/xds/resource';
import { ADS } from '../../../src/xds/translate/config-source';
import { seconds } from '../../../src/xds/translate/duration';
import type { ResourceKind } from '../../../src/xds/translate';

// Good resources, each with room for one change that makes it bad. Names are those that the standing resources ask for.

export const ROUTES = 'routes';
export const ENDPOINTS = 'endpoints';
export const SECRET = 'secret';
const ADDRESS = { socketAddress: { address: '127.0.0.1', portValue: 0 } };

/** A message in part, by its local names, as ts-proto's `fromPartial` takes it. */
type Part = Readonly<Record<string, unknown>>;

export function packed<T>(codec: Codec<T> & { fromPartial(object: never): T }, partial: Part): Any {
  return pack(codec, codec.fromPartial(partial as never));
}

function encoded<T>(codec: Codec<T> & { fromPartial(object: never): T }, partial: Part): Uint8Array {
  return codec.encode(codec.fromPartial(partial as never)).finish();
}

export function cluster(changes: Part = {}): Uint8Array {
  return encoded(Cluster, { name: 'candidate', connectTimeout: seconds(1), ...changes });
}

export function endpoints(changes: Part = {}): Uint8Array {
  return encoded(ClusterLoadAssignment, { clusterName: ENDPOINTS, ...changes });
}

export function secret(changes: Part): Uint8Array {
  return encoded(Secret, { name: SECRET, ...changes });
}

export function routes(changes: Part = {}): Uint8Array {
  return encoded(RouteConfiguration, { name: ROUTES, virtualHosts: [{ name: 'all', domains: ['*'] }], ...changes });
}

/** A configuration of one route to a cluster, the changes on it. */
export function route(changes: Part = {}): Uint8Array {
  const only = { match: { prefix: '/' }, route: { cluster: 'c' }, ...changes };
  return routes({ virtualHosts: [{ name: 'all', domains: ['*'], routes: [only] }] });
}

/** A listener of one connection manager, the changes on that. */
export function manager(changes: Part = {}): Uint8Array {
  const partial = {
    statPrefix: 'http',
    rds: { routeConfigName: ROUTES, configSource: ADS },
    httpFilters: [{ name: 'router', typedConfig: packed(Router, {}) }],
    ...changes,
  };
  return listener({ filterChains: [{ filters: [{ name: 'http', typedConfig: packed(HttpConnectionManager, partial) }] }] });
}

export function listener(changes: Part): Uint8Array {
  return encoded(Listener, { name: 'candidate', address: ADDRESS, ...changes });
}

/** What makes Envoy ask for routes, endpoints and a secret. @param pair a certificate and its key, PEM */
export function standing(pair: {
  readonly certificate: string;
  readonly privateKey: string;
}): Record<Exclude<ResourceKind, 'scope' | 'chain'>, Uint8Array> {
  const tls = packed(DownstreamTlsContext, {
    commonTlsContext: { tlsCertificateSdsSecretConfigs: [{ name: SECRET, sdsConfig: ADS }] },
  });
  const { certificate, privateKey } = pair;
  return {
    cluster: cluster({
      name: ENDPOINTS,
      type: Cluster_DiscoveryType.EDS,
      edsClusterConfig: { edsConfig: ADS },
    }),
    endpoint: endpoints(),
    listener: standingListener(tls),
    route: routes(),
    secret: secret({
      tlsCertificate: { certificateChain: { inlineString: certificate }, privateKey: { inlineString: privateKey } },
    }),
  };
}

function standingListener(tls: Any): Uint8Array {
  const { filterChains } = Listener.decode(manager());
  const chains = filterChains.map((chain) => ({ ...chain, transportSocket: { name: 'tls', typedConfig: tls } }));
  return listener({ name: 'standing', filterChains: chains });
}
