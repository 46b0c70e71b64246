import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import type { FilterChain } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { FilterChain as FilterChainCodec } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { TlsInspector } from '../../../gen/envoy-api/envoy/extensions/filters/listener/tls_inspector/v3/tls_inspector';
import { TlsParameters_TlsProtocol } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import { DownstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { encodeResource, pack } from '../resource';
import type { Resource } from '../resource';
import { ADS } from './config-source';
import { connectionManager } from './connection-manager';
import { HTTP_LISTENER, HTTPS_LISTENER, secretResourceName } from './names';
import type { TranslationOptions } from './options';

/** A host that is served over TLS, and the secret that holds its pair. */
export interface TlsHost {
  readonly host: string;
  readonly secretId: number;
}

/** The listener for plain HTTP: the same whatever is configured, so that no change of content drains its connections. */
export function httpListener(options: TranslationOptions, rateLimitDomain: string): Resource {
  return encodeResource(
    HTTP_LISTENER,
    Listener,
    Listener.fromPartial({
      name: HTTP_LISTENER,
      address: { socketAddress: { address: options.listenHost, portValue: options.httpPort } },
      filterChains: [{ filters: [connectionManager(HTTP_LISTENER, rateLimitDomain)] }],
    }),
  );
}

/** The TLS listener, one filter chain a host, chosen by server name; undefined without any host, since Envoy wants at least one. */
export function httpsListener(
  options: TranslationOptions,
  rateLimitDomain: string,
  hosts: readonly TlsHost[],
): Resource | undefined {
  if (hosts.length === 0) return undefined;
  const manager = connectionManager(HTTPS_LISTENER, rateLimitDomain);
  return encodeResource(
    HTTPS_LISTENER,
    Listener,
    Listener.fromPartial({
      name: HTTPS_LISTENER,
      address: { socketAddress: { address: options.listenHost, portValue: options.httpsPort } },
      listenerFilters: [
        { name: 'envoy.filters.listener.tls_inspector', typedConfig: pack(TlsInspector, TlsInspector.fromPartial({})) },
      ],
      filterChains: hosts.map((host) => filterChain(host, manager)),
    }),
  );
}

/** The certificate comes by SDS under a name that stays, so that a rotation changes no listener. */
function filterChain({ host, secretId }: TlsHost, manager: FilterChain['filters'][number]): FilterChain {
  return FilterChainCodec.fromPartial({
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
  });
}
