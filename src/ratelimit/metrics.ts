import { Counter, Gauge, Histogram } from 'prom-client';

export interface RedisMetrics {
  /** 1 or 0. */
  readonly up: Gauge;
  readonly lost: Counter;
  readonly cacheHits: Counter;
  readonly seconds: Histogram;
}

let ofRedis: RedisMetrics | undefined;

/** Made when Redis is used: a gauge that says 0 where there is none would be read as a failure. */
export function redisMetrics(): RedisMetrics {
  ofRedis ??= {
    up: new Gauge({ name: 'enroute_ratelimit_redis_up', help: 'Whether the Redis of the rate limit counters answers.' }),
    lost: new Counter({ name: 'enroute_ratelimit_redis_lost_total', help: 'How often that Redis was lost.' }),
    cacheHits: new Counter({
      name: 'enroute_ratelimit_cache_hits_total',
      help: 'Descriptors refused without asking Redis, because their counter is exhausted.',
    }),
    seconds: new Histogram({
      name: 'enroute_ratelimit_redis_duration_seconds',
      help: 'Round trips to Redis that counted.',
      buckets: [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1],
    }),
  };
  return ofRedis;
}
