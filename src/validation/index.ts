/**
 * Checks of everything that a user may store, before it is stored and again when it is read: pure functions that say what is
 * wrong and where.
 */
export type { Checked } from './checked';
export { checkFqdn, checkUpstreamAddress } from './host';
export { checkHealthCheckNumber, checkHealthCheckText, checkPort, checkWeight } from './fields';
export type { PathMatch } from './prefix';
export { checkPrefix } from './prefix';
export { checkRegex, MAX_REGEX_PROGRAM_SIZE } from './re2';
export type { Protocol, Strategy } from './upstream';
export { checkProtocol, checkStrategy, PROTOCOLS, STRATEGIES } from './upstream';
export { parseJson } from './json';
export type { RouteConfig, RouteHeader } from './route-config';
export { normalizedRouteConfig, parseRouteConfig } from './route-config';
export { checkLua } from './lua';
export { checkAuthorityPem, checkCertificatePem, checkPrivateKeyPem, pairMatches } from './pem';
export type {
  CircuitBreakersConfig,
  CorsConfig,
  DirectResponseConfig,
  HostRewriteConfig,
  OutlierDetectionConfig,
  RateLimitActionConfig,
  RedirectConfig,
} from './filters';
export type { FilterType, FilterTypeName } from './filter-types';
export { checkFilter, configJson, FILTER_TYPES, isFilterType } from './filter-types';
export type { RateLimitDomainConfig, RateLimitRule, RateLimitUnit } from './global-config';
export { checkGlobalConfig, RATE_LIMIT_UNITS } from './global-config';
