import { FilterChain as FilterChainCodec } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { TlsParameters_TlsProtocol } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import { DownstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { encodeResource, pack } from '../resource';
import type { Resource } from '../resource';
import { ADS } from './config-source';
import { connectionManager } from './connection-manager';
import { HTTPS_LISTENER, httpsRoutesName, secretResourceName, tlsChainName } from './names';
import type { TranslationOptions } from './options';

/**
 * envoy.config.listener.v3.FilterChain of a TLS host. The certificate comes by SDS under a name that stays, so that a rotation
 * changes no chain, and the routes by an RDS resource of the host's own.
 */
export function tlsFilterChain(
  host: string,
  secretId: number,
  options: Pick<TranslationOptions, 'rateLimitOnFailure'>,
  rateLimitDomain: string,
): Resource {
  const name = tlsChainName(host);
  return encodeResource(
    name,
    FilterChainCodec,
    FilterChainCodec.fromPartial({
      name,
      filters: [connectionManager(HTTPS_LISTENER, options, rateLimitDomain, { routeConfigName: httpsRoutesName(host) })],
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
