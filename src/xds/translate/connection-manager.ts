import type { Filter } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { StdoutAccessLog } from '../../../gen/envoy-api/envoy/extensions/access_loggers/stream/v3/stream';
import type { HttpFilter } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import {
  HttpConnectionManager,
  ScopedRoutes,
} from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { pack } from '../resource';
import { ADS } from './config-source';
import { seconds } from './duration';
import { compressorFilter } from './filters/compressor';
import { corsFilter } from './filters/cors';
import { grpcWebFilter } from './filters/grpc-web';
import { luaFilter } from './filters/lua';
import { rateLimitFilter } from './filters/rate-limit';
import type { OnRateLimitFailure } from './filters/rate-limit';
import { routerFilter } from './filters/router';
import { scopeFilter } from './filters/scope';
import type { TranslationOptions } from './options';
import { SCOPE_HEADER, scopeHeader } from './scope';

const IDLE_TIMEOUT_SECONDS = 60;
/** A client that is slower than this to send its headers is refused. */
const REQUEST_HEADERS_TIMEOUT_SECONDS = 10;

/** The filters of every request, in the order in which they run; those that are disabled act where a route configures them. */
export function httpFilters(rateLimitDomain: string, onFailure: OnRateLimitFailure = 'allow'): HttpFilter[] {
  return [luaFilter, compressorFilter, grpcWebFilter, corsFilter, rateLimitFilter(rateLimitDomain, onFailure), routerFilter];
}

/** Those that act where a route configures them alone. */
export const disabledFilters: readonly string[] = httpFilters('').flatMap(({ name, disabled }) => (disabled ? [name] : []));

/** Where a connection manager has its routes from: one route configuration, or the scope that the expression gives. */
export type RouteSource = { readonly routeConfigName: string } | { readonly scopeExpression: string };

/**
 * The HTTP connection manager of an ingress listener (data-plane reference 2.1). Beside the source of its routes it depends
 * on the settings and the proxy's name alone, never on the content.
 */
export function connectionManager(
  listenerName: string,
  { rateLimitOnFailure }: Pick<TranslationOptions, 'rateLimitOnFailure'>,
  rateLimitDomain: string,
  source: RouteSource,
): Filter {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typedConfig: pack(
      HttpConnectionManager,
      HttpConnectionManager.fromPartial({
        statPrefix: listenerName,
        ...routesFrom(listenerName, source),
        httpFilters: ['scopeExpression' in source ? scopeFilter : [], httpFilters(rateLimitDomain, rateLimitOnFailure)].flat(),
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

function routesFrom(listenerName: string, source: RouteSource): Partial<HttpConnectionManager> {
  if ('routeConfigName' in source) return { rds: { routeConfigName: source.routeConfigName, configSource: ADS } };
  return {
    earlyHeaderMutationExtensions: [scopeHeader(source.scopeExpression)],
    scopedRoutes: ScopedRoutes.fromPartial({
      name: listenerName,
      // Of `host:port` the host.
      scopeKeyBuilder: { fragments: [{ headerValueExtractor: { name: SCOPE_HEADER, elementSeparator: ':', index: 0 } }] },
      scopedRds: { scopedRdsConfigSource: ADS },
      rdsConfigSource: ADS,
    }),
  };
}
