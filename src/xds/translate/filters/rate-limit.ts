import { RateLimit as RouteRateLimit } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { RateLimit_Action } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { RateLimit_Action as ActionCodec } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { ApiVersion } from '../../../../gen/envoy-api/envoy/config/core/v3/config_source';
import { RateLimit, RateLimitPerRoute } from '../../../../gen/envoy-api/envoy/extensions/filters/http/ratelimit/v3/rate_limit';
import type { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { StatusCode } from '../../../../gen/envoy-api/envoy/type/v3/http_status';
import type { Any } from '../../../../gen/envoy-api/google/protobuf/any';
import type { RateLimitAction } from '../../../gateway';
import { pack } from '../../resource';
import { seconds } from '../duration';
import { RATE_LIMIT_CLUSTER } from '../names';
import { disabledFilter } from './disabled-filter';

export const RATE_LIMIT_FILTER = 'envoy.filters.http.ratelimit';

/** A decision usually takes under a millisecond; after this long the service counts as unreachable. */
const DECISION_TIMEOUT_SECONDS = 0.25;

/** What becomes of requests when the rate limit service does not decide. */
export type OnRateLimitFailure = 'allow' | 'deny';

/**
 * A limited gRPC call is answered RESOURCE_EXHAUSTED. Without a decision of the service requests pass, or are answered 503: it is
 * not the client that asks too much.
 */
export function rateLimitFilter(domain: string, onFailure: OnRateLimitFailure): HttpFilter {
  return disabledFilter(
    RATE_LIMIT_FILTER,
    pack(
      RateLimit,
      RateLimit.fromPartial({
        domain,
        timeout: seconds(DECISION_TIMEOUT_SECONDS),
        failureModeDeny: onFailure === 'deny',
        statusOnError: onFailure === 'deny' ? { code: StatusCode.ServiceUnavailable } : undefined,
        rateLimitedAsResourceExhausted: true,
        rateLimitService: { grpcService: { envoyGrpc: { clusterName: RATE_LIMIT_CLUSTER } }, transportApiVersion: ApiVersion.V3 },
      }),
    ),
  );
}

/** Enables the filter on a route, in the domain of the proxy's own configuration. */
export function rateLimitPerRoute(domain: string): Any {
  return pack(RateLimitPerRoute, RateLimitPerRoute.fromPartial({ domain }));
}

/** Each list of actions makes one descriptor, its entries in the order of the list. */
export function routeRateLimits(descriptors: readonly (readonly RateLimitAction[])[]): RouteRateLimit[] {
  return descriptors
    .filter((actions) => actions.length > 0)
    .map((actions) => RouteRateLimit.fromPartial({ actions: actions.map(action) }));
}

function action(from: RateLimitAction): RateLimit_Action {
  switch (from.kind) {
    case 'generic_key':
      return ActionCodec.fromPartial({ genericKey: { descriptorValue: from.value } });
    case 'request_headers':
      return ActionCodec.fromPartial({ requestHeaders: { headerName: from.headerName, descriptorKey: from.descriptorKey } });
    case 'source_cluster':
      return ActionCodec.fromPartial({ sourceCluster: {} });
    case 'destination_cluster':
      return ActionCodec.fromPartial({ destinationCluster: {} });
    case 'remote_address':
      return ActionCodec.fromPartial({ remoteAddress: {} });
  }
}
