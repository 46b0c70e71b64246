export { emptyLoadAssignment } from './endpoint';
export type { TranslatedCluster } from './cluster';
export { translateHost } from './host';
export type { TranslatedHost } from './host';
export { httpListener, httpsListener } from './listener';
export {
  clusterOrigin,
  EVERY_HOST,
  hostOfRoutes,
  HTTP_LISTENER,
  httpRoutesName,
  HTTPS_LISTENER,
  httpsRoutesName,
  KINDS,
  secretIdOf,
  TYPE_URLS,
} from './names';
export type { ResourceKind } from './names';
export type { TranslationOptions } from './options';
export { defaultRateLimitDomain } from './rate-limit-domain';
export { joinRouteConfiguration } from './route-configuration';
export { coveringWildcard, isWildcard, scopedRoutes, scopeExpression } from './scope';
export type { HostRoutes } from './virtual-host';
