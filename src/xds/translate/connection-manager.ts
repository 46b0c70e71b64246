import type { Filter } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { StdoutAccessLog } from '../../../gen/envoy-api/envoy/extensions/access_loggers/stream/v3/stream';
import { HttpConnectionManager } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { pack } from '../resource';
import { ADS } from './config-source';
import { seconds } from './duration';
import { compressorFilter } from './filters/compressor';
import { corsFilter } from './filters/cors';
import { grpcWebFilter } from './filters/grpc-web';
import { luaFilter } from './filters/lua';
import { rateLimitFilter } from './filters/rate-limit';
import { routerFilter } from './filters/router';

const IDLE_TIMEOUT_SECONDS = 60;
/** A client that is slower than this to send its headers is refused. */
const REQUEST_HEADERS_TIMEOUT_SECONDS = 10;

/**
 * The HTTP connection manager of an ingress listener (data-plane reference 2.1). It depends on the settings and the
 * proxy's name alone, never on the content: routes come by RDS under the listener's name.
 */
export function connectionManager(listenerName: string, rateLimitDomain: string): Filter {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typedConfig: pack(
      HttpConnectionManager,
      HttpConnectionManager.fromPartial({
        statPrefix: listenerName,
        rds: { routeConfigName: listenerName, configSource: ADS },
        httpFilters: [luaFilter, compressorFilter, grpcWebFilter, corsFilter, rateLimitFilter(rateLimitDomain), routerFilter],
        httpProtocolOptions: { acceptHttp10: true },
        commonHttpProtocolOptions: { idleTimeout: seconds(IDLE_TIMEOUT_SECONDS) },
        requestHeadersTimeout: seconds(REQUEST_HEADERS_TIMEOUT_SECONDS),
        useRemoteAddress: true,
        normalizePath: true,
        preserveExternalRequestId: true,
        accessLog: [{ name: 'envoy.access_loggers.stdout', typedConfig: pack(StdoutAccessLog, StdoutAccessLog.fromPartial({})) }],
      }),
    ),
  };
}
