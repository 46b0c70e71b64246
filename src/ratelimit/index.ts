/** Rate limit decisions for Envoy: fixed windows counted in memory or Redis, driven by the globalconfig_ratelimit of each proxy. */
export { rateLimitDomains } from './domains';
export type { Decision, Descriptor, Limiter, LimiterOptions, MemoryLimiter } from './limiter';
export { createLimiter } from './limiter';
export type { RedisLimiter, RedisLimiterOptions } from './redis/limiter';
export { createRedisLimiter } from './redis/limiter';
export type { Limit, RateLimitDomain, Rule } from './rules';
export type { DecisionOutcome, RateLimitServer, RateLimitServerOptions } from './server';
export { startRateLimitServer } from './server';
