import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { TlsInspector } from '../../../gen/envoy-api/envoy/extensions/filters/listener/tls_inspector/v3/tls_inspector';
import { encodeResource, pack } from '../resource';
import type { Resource } from '../resource';
import { ADS } from './config-source';
import { connectionManager } from './connection-manager';
import type { RouteSource } from './connection-manager';
import { HTTP_LISTENER, HTTPS_LISTENER } from './names';
import type { TranslationOptions } from './options';
import { serverNameMatcher } from './server-name';

/** The listener for plain HTTP. It changes with the source of its routes alone, so that no other change drains its connections. */
export function httpListener(options: TranslationOptions, rateLimitDomain: string, source: RouteSource): Resource {
  return encodeResource(
    HTTP_LISTENER,
    Listener,
    Listener.fromPartial({
      name: HTTP_LISTENER,
      address: { socketAddress: { address: options.listenHost, portValue: options.httpPort } },
      filterChains: [{ filters: [connectionManager(HTTP_LISTENER, options, rateLimitDomain, source)] }],
    }),
  );
}

/** Chosen by nothing: Envoy changes a listener in place only when a filter chain stands in it (1.40). */
const NO_CHAIN = { name: 'none' };

/**
 * The TLS listener: of each host only the name of its filter chain, which comes by FCDS, since Envoy looks through all chains
 * that stand in a listener at each change of it. It changes when a host comes or goes, and then in place.
 * @param hosts at least one, in the order of their names
 */
export function httpsListener(options: TranslationOptions, hosts: readonly string[]): Resource {
  return encodeResource(
    HTTPS_LISTENER,
    Listener,
    Listener.fromPartial({
      name: HTTPS_LISTENER,
      address: { socketAddress: { address: options.listenHost, portValue: options.httpsPort } },
      listenerFilters: [
        { name: 'envoy.filters.listener.tls_inspector', typedConfig: pack(TlsInspector, TlsInspector.fromPartial({})) },
      ],
      filterChains: [NO_CHAIN],
      filterChainMatcher: serverNameMatcher(hosts),
      fcdsConfig: { configSource: ADS },
    }),
  );
}
