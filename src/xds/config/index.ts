/** The resources that each proxy's clients are to have, kept up with its model. */
export type { ChangedNames, ClusterTarget, RouteTarget, Target, Targets } from './target';
export { emptyModel, ProxyConfig } from './proxy-config';
export type { After, ConfigChange } from './proxy-config';
export { RateLimitConfigs } from './rate-limit-configs';
export { ConfigStore } from './config-store';
