import type { Route as EnvoyRoute, RouteAction } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route as Codec, RouteAction as RouteActionCodec } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { HeaderValueOption_HeaderAppendAction } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import { PreviousHostsPredicate } from '../../../gen/envoy-api/envoy/extensions/retry/host/previous_hosts/v3/previous_hosts';
import type { Any } from '../../../gen/envoy-api/google/protobuf/any';
import type { Route, Service } from '../../gateway';
import { pack } from '../resource';
import { brokenRoute } from './broken-route';
import { seconds } from './duration';
import { CORS_FILTER, corsPerRoute } from './filters/cors';
import { ENABLED } from './filters/disabled-filter';
import { GRPC_WEB_FILTER } from './filters/grpc-web';
import { hostRewrite } from './filters/host-rewrite';
import { LUA_FILTER, luaPerRoute } from './filters/lua';
import { RATE_LIMIT_FILTER, rateLimitPerRoute, routeRateLimits } from './filters/rate-limit';
import { httpsRedirect, redirectAction } from './filters/redirect';
import { routeMatch } from './match';
import type { UpstreamGroup } from './upstream-group';

const AFFINITY_COOKIE = 'X-Contour-Session-Affinity';

/** A request that no upstream has begun to serve is tried again; nothing else is repeated. */
const SAFE_RETRIES = { retryOn: 'connect-failure,refused-stream', numRetries: 2 };
/** The same on another upstream. Envoy makes a predicate for every request, which is in vain where there is but one. */
const SAFE_RETRIES_ELSEWHERE = {
  ...SAFE_RETRIES,
  retryHostPredicate: [
    {
      name: 'envoy.retry_host_predicates.previous_hosts',
      typedConfig: pack(PreviousHostsPredicate, PreviousHostsPredicate.fromPartial({})),
    },
  ],
  hostSelectionRetryMaxAttempts: 5n,
};

/** A route, its groups of upstreams and the service whose filters run on it. */
export interface RouteInput {
  readonly service: Service;
  readonly route: Route;
  readonly groups: readonly UpstreamGroup[];
  /** The rate limit domain that the route's descriptors are sent in. */
  readonly rateLimitDomain: string;
}

/**
 * envoy.config.route.v3.Route as it is served: an answer of its own (redirect, direct response) or a forward to its
 * clusters. Undefined when the route has neither: it is not served.
 */
export function translateRoute(input: RouteInput): EnvoyRoute | undefined {
  const { service, route, groups } = input;
  const base = {
    name: `${service.name}/${route.name}`,
    match: routeMatch(route.match),
    typedPerFilterConfig: filterConfigs(input),
  };
  const { redirect, directResponse } = route.filters;
  const broken = service.filters.broken ?? route.filters.broken;
  if (broken !== undefined) return brokenRoute(base, broken);
  if (redirect) return Codec.fromPartial({ ...base, redirect: redirectAction(redirect) });
  if (directResponse) return Codec.fromPartial({ ...base, directResponse: { status: directResponse.status } });
  if (groups.length === 0) return undefined;
  return Codec.fromPartial({
    ...base,
    route: forward(route, groups),
    requestHeadersToAdd: [
      {
        header: { key: 'x-request-start', value: 't=%START_TIME(%s.%3f)%' },
        appendAction: HeaderValueOption_HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD,
      },
    ],
  });
}

/** The same route on the plain listener, when its host is served over TLS. A redirect or answer of its own stays. */
export function translatePlainRoute(input: RouteInput, publicHttpsPort: number): EnvoyRoute | undefined {
  const { service, route, groups } = input;
  if (route.filters.redirect || route.filters.directResponse || route.filters.broken) return translateRoute(input);
  if (groups.length === 0) return undefined;
  return Codec.fromPartial({
    name: `${service.name}/${route.name}`,
    match: routeMatch(route.match),
    redirect: httpsRedirect(publicHttpsPort),
  });
}

function forward(route: Route, groups: readonly UpstreamGroup[]): RouteAction {
  const upstreams = groups.flatMap((group) => group.members.map((member) => member.upstream));
  return RouteActionCodec.fromPartial({
    ...clusters(groups),
    ...hostRewrite(route.filters.hostRewrite),
    ...(upstreams.some((upstream) => upstream.grpc) ? GRPC_TIMEOUTS : {}),
    hashPolicy: upstreams.some((upstream) => upstream.strategy === 'RING_HASH_COOKIE')
      ? [{ cookie: { name: AFFINITY_COOKIE, ttl: seconds(0), path: '/' } }]
      : [],
    rateLimits: routeRateLimits(route.filters.rateLimits),
    retryPolicy: groups.some(hasManyEndpoints) ? SAFE_RETRIES_ELSEWHERE : SAFE_RETRIES,
  });
}

function speaksHttp2({ members }: UpstreamGroup): boolean {
  return members.some(({ upstream }) => upstream.transport === 'h2' || upstream.transport === 'h2c');
}

/** A name may stand for several addresses. */
function hasManyEndpoints({ members }: UpstreamGroup): boolean {
  return members.length > 1 || members.some(({ upstream }) => !upstream.isIp);
}

/** A gRPC stream may last as long as its own `grpc-timeout` says, and may be silent for long. */
const GRPC_TIMEOUTS = { timeout: seconds(0), idleTimeout: seconds(0), maxStreamDuration: { grpcTimeoutHeaderMax: seconds(0) } };

function clusters(groups: readonly UpstreamGroup[]): Partial<RouteAction> {
  const [only] = groups;
  if (only && groups.length === 1) return { cluster: only.clusterName };
  const entries = groups
    .map((group) => ({ name: group.clusterName, weight: group.members.reduce((sum, member) => sum + member.weight, 0) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { weightedClusters: RouteActionCodec.fromPartial({ weightedClusters: { clusters: entries } }).weightedClusters };
}

function filterConfigs({ service, route, groups, rateLimitDomain }: RouteInput): { [name: string]: Any } {
  const configs: { [name: string]: Any } = {};
  if (service.filters.lua) configs[LUA_FILTER] = luaPerRoute(service.filters.lua);
  if (groups.some(speaksHttp2)) configs[GRPC_WEB_FILTER] = ENABLED;
  if (service.filters.cors) configs[CORS_FILTER] = corsPerRoute(service.filters.cors);
  if (route.filters.rateLimits.length > 0) configs[RATE_LIMIT_FILTER] = rateLimitPerRoute(rateLimitDomain);
  return configs;
}
