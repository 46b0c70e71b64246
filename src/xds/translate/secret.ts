import { Secret } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import type { TlsPair } from '../../gateway';
import { encodeResource } from '../resource';
import type { Resource } from '../resource';
import { secretResourceName } from './names';

/** envoy.extensions.transport_sockets.tls.v3.Secret with a matching certificate chain and key. */
export function tlsSecret(secretId: number, pair: TlsPair): Resource {
  const name = secretResourceName(secretId);
  return encodeResource(
    name,
    Secret,
    Secret.fromPartial({
      name,
      tlsCertificate: { certificateChain: { inlineString: pair.certificate }, privateKey: { inlineString: pair.privateKey } },
    }),
  );
}
