export { ConfigStore, RateLimitConfigs } from './config';
export { Rejections, startXdsServer } from './server';
export type { HeldObject, Push, Rejection, XdsClient, XdsObserver, XdsServer, XdsServerOptions } from './server';
export {
  clusterOwner,
  COMPRESSOR_FILTER,
  CORS_FILTER,
  defaultRateLimitDomain,
  EVERY_HOST,
  GRPC_WEB_FILTER,
  HTTP_LISTENER,
  httpFilters,
  HTTPS_LISTENER,
  isAddress,
  KINDS,
  LUA_FILTER,
  RATE_LIMIT_FILTER,
  routeHost,
  UNAVAILABLE_ROUTE,
} from './translate';
export type { HostRouting, ListenedRoute, RouteInput, TranslationOptions } from './translate';
