import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { FilterChain as FilterChainCodec } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { TlsInspector } from '../../../gen/envoy-api/envoy/extensions/filters/listener/tls_inspector/v3/tls_inspector';
import { TlsParameters_TlsProtocol } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import { DownstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { encodeResource, joinResource, pack } from '../resource';
import type { Resource } from '../resource';
import { ADS } from './config-source';
import { connectionManager } from './connection-manager';
import type { RouteSource } from './connection-manager';
import { HTTP_LISTENER, HTTPS_LISTENER, httpsRoutesName, secretResourceName } from './names';
import type { TranslationOptions } from './options';

/** The listener for plain HTTP. It changes with the source of its routes alone, so that no other change drains its connections. */
export function httpListener(options: TranslationOptions, rateLimitDomain: string, source: RouteSource): Resource {
  return encodeResource(
    HTTP_LISTENER,
    Listener,
    Listener.fromPartial({
      name: HTTP_LISTENER,
      address: { socketAddress: { address: options.listenHost, portValue: options.httpPort } },
      filterChains: [{ filters: [connectionManager(HTTP_LISTENER, rateLimitDomain, source)] }],
    }),
  );
}

/** Field 3 of Listener, `filter_chains`, length-delimited. */
const FILTER_CHAINS_TAG = (3 << 3) | 2;

/** The TLS listener, one filter chain a host, chosen by server name. @param chains at least one: Envoy refuses a listener without */
export function httpsListener(options: TranslationOptions, chains: readonly Resource[]): Resource {
  const head = Listener.encode(
    Listener.fromPartial({
      name: HTTPS_LISTENER,
      address: { socketAddress: { address: options.listenHost, portValue: options.httpsPort } },
      listenerFilters: [
        { name: 'envoy.filters.listener.tls_inspector', typedConfig: pack(TlsInspector, TlsInspector.fromPartial({})) },
      ],
    }),
  ).finish();
  return joinResource(HTTPS_LISTENER, head, FILTER_CHAINS_TAG, chains);
}

/**
 * envoy.config.listener.v3.FilterChain of a host, named by it. The certificate comes by SDS under a name that stays, so that
 * a rotation changes no listener, and the routes by an RDS resource of the host's own.
 */
export function tlsFilterChain(host: string, secretId: number, rateLimitDomain: string): Resource {
  const manager = connectionManager(HTTPS_LISTENER, rateLimitDomain, { routeConfigName: httpsRoutesName(host) });
  return encodeResource(
    host,
    FilterChainCodec,
    FilterChainCodec.fromPartial({
      name: host,
      filterChainMatch: host === '*' ? {} : { serverNames: [host] },
      filters: [manager],
      transportSocket: {
        name: 'tls',
        typedConfig: pack(
          DownstreamTlsContext,
          DownstreamTlsContext.fromPartial({
            commonTlsContext: {
              tlsParams: { tlsMinimumProtocolVersion: TlsParameters_TlsProtocol.TLSv1_2 },
              alpnProtocols: ['h2', 'http/1.1'],
              tlsCertificateSdsSecretConfigs: [{ name: secretResourceName(secretId), sdsConfig: ADS }],
            },
          }),
        ),
      },
    }),
  );
}
