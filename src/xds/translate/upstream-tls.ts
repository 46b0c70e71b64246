import type { TransportSocket } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import { SubjectAltNameMatcher_SanType } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import { UpstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { isIP } from 'node:net';
import type { Upstream } from '../../gateway';
import { pack } from '../resource';
import { serverName } from './upstream-group';

/** TLS towards the upstream; verified only when the upstream names a certificate authority. */
export function upstreamTransportSocket(upstream: Upstream): TransportSocket | undefined {
  if (upstream.transport !== 'https' && upstream.transport !== 'h2') return undefined;
  const { validation } = upstream;
  return {
    name: 'tls',
    typedConfig: pack(
      UpstreamTlsContext,
      UpstreamTlsContext.fromPartial({
        sni: serverName(upstream),
        commonTlsContext: {
          alpnProtocols: upstream.transport === 'h2' ? ['h2'] : [],
          validationContext: validation && {
            trustedCa: { inlineString: validation.caCertificate },
            matchTypedSubjectAltNames: [
              {
                sanType: isIP(validation.subjectName)
                  ? SubjectAltNameMatcher_SanType.IP_ADDRESS
                  : SubjectAltNameMatcher_SanType.DNS,
                matcher: { exact: validation.subjectName },
              },
            ],
          },
        },
      }),
    ),
  };
}
