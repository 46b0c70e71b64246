import type { Route as EnvoyRoute } from '../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { CircuitBreakers, OutlierDetection } from '../gateway';
import type { RouteInput } from '../xds';
import { COMPRESSOR_FILTER, CORS_FILTER, GRPC_WEB_FILTER, httpFilters, LUA_FILTER, RATE_LIMIT_FILTER } from '../xds';
import { explainCors } from './cors';
import { explainRateLimits } from './rate-limit';
import type { SeenRequest } from './request';

/** A filter that acts on a request. */
export interface ExplainedFilter {
  readonly kind: string;
  /** What it does to this request, in words. */
  readonly does: string;
}

export interface FilterChain {
  /** In the order in which they run. */
  readonly filters: readonly ExplainedFilter[];
  /** The status with which one of them answers, so that nothing behind it sees the request. */
  readonly answered: number | undefined;
}

/**
 * The HTTP filters that act on a request of a route, before the router; Lua may change the request beyond what is said.
 * @param message the route as Envoy has it on this listener
 */
export function explainHttpFilters(input: RouteInput, message: EnvoyRoute, request: SeenRequest): FilterChain {
  const filters: ExplainedFilter[] = [];
  for (const { name } of httpFilters(input.rateLimitDomain)) {
    const config = message.typedPerFilterConfig[name]?.value;
    switch (name) {
      case LUA_FILTER:
        if (config) filters.push({ kind: 'lua', does: luaDoes(input) });
        break;
      case COMPRESSOR_FILTER:
        if (/\bgzip\b|\*/.test(request.headers.get('accept-encoding') ?? ''))
          filters.push({ kind: 'compressor', does: 'compresses the answer with gzip, if it is text of 30 bytes or more' });
        break;
      case GRPC_WEB_FILTER:
        if (config && request.headers.get('content-type')?.startsWith('application/grpc-web'))
          filters.push({ kind: 'grpc_web', does: 'makes gRPC of gRPC-Web, and back' });
        break;
      case CORS_FILTER: {
        if (!config) break;
        const { does, answered } = explainCors(config, request);
        filters.push({ kind: 'cors', does });
        if (answered !== undefined) return { filters, answered };
        break;
      }
      case RATE_LIMIT_FILTER:
        // Descriptors lie on a forward alone: a redirect or an answer of its own is not counted.
        if (config && message.route) filters.push(...explainRateLimits(input, request));
    }
  }
  return { filters, answered: undefined };
}

/** What acts on a forwarded request behind the HTTP filters. */
export function explainClusterFilters({ route }: RouteInput): ExplainedFilter[] {
  const { circuitBreakers, outlierDetection } = route.filters;
  return [
    ...(circuitBreakers ? [{ kind: 'circuit_breakers', does: circuitBreakersDo(circuitBreakers) }] : []),
    ...(outlierDetection ? [{ kind: 'outlier_detection', does: outlierDetectionDoes(outlierDetection) }] : []),
  ];
}

function luaDoes({ service }: RouteInput): string {
  return `runs the Lua script of service ${service.name}, which may change the request, answer it, and change the answer`;
}

/** Envoy's defaults stand for what is not set. */
function circuitBreakersDo(filter: CircuitBreakers): string {
  const { maxConnections, maxPendingRequests, maxRequests, maxRetries } = filter;
  const limits = [
    `${maxConnections || 1024} connections`,
    `${maxPendingRequests || 1024} waiting requests`,
    `${maxRequests || 1024} requests`,
    `${maxRetries || 3} retries`,
  ];
  return `holds each cluster of the route to ${limits.join(', ')} at once, and answers 503 to what is beyond`;
}

function outlierDetectionDoes(limits: OutlierDetection): string {
  const cases = [
    [limits.consecutive5xx || 5, 'of 5xx', limits.enforcingConsecutive5xx || 100],
    [limits.consecutiveGatewayFailure || 5, 'of 502, 503 or 504', limits.enforcingConsecutiveGatewayFailure || 0],
  ] as const;
  const parts = cases
    .filter(([, , percent]) => percent > 0)
    .map(([count, what, percent]) => `${count} ${what}${percent < 100 ? ` (in ${percent} % of the cases)` : ''}`);
  return `leaves an upstream out for a while after answers in a row: ${parts.join(', ')}`;
}
