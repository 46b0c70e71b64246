export { capitalHosts } from './capitals';
export { emptyLoadAssignment } from './endpoint';
export type { TranslatedCluster } from './cluster';
export { translateHost } from './host';
export type { TranslatedHost } from './host';
export { httpListener, httpsListener } from './listener';
export {
  CAPITALS,
  clusterOwner,
  EVERY_HOST,
  hostOfRoutes,
  HTTP_LISTENER,
  httpRoutesName,
  HTTPS_LISTENER,
  httpsRoutesName,
  IPV6,
  isSecretCluster,
  KINDS,
  secretIdOf,
  tlsChainName,
  TYPE_URLS,
} from './names';
export type { ResourceKind } from './names';
export type { TranslationOptions } from './options';
export { defaultRateLimitDomain } from './rate-limit-domain';
export { RATE_LIMIT_CONFIG, rateLimitConfig } from './rate-limit-config';
export type { RateLimitDomain } from './rate-limit-config';
export { joinRouteConfiguration } from './route-configuration';
export { coveringWildcard, isAddress, isWildcard, scopedRoutes, scopeExpression } from './scope';
export { httpFilters } from './connection-manager';
export { COMPRESSOR_FILTER } from './filters/compressor';
export { CORS_FILTER } from './filters/cors';
export { GRPC_WEB_FILTER } from './filters/grpc-web';
export { LUA_FILTER } from './filters/lua';
export { RATE_LIMIT_FILTER } from './filters/rate-limit';
export { routeHost } from './host-routing';
export type { HostRouting, ListenedRoute } from './host-routing';
export type { RouteInput } from './route';
export { UNAVAILABLE_ROUTE } from './virtual-host';
export type { HostRoutes } from './virtual-host';
