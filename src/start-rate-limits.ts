import { createLimiter, createRedisLimiter, startRateLimitServer } from './ratelimit';
import type { Limiter, RateLimitServerOptions } from './ratelimit';
import type { RateLimitSettings } from './settings';
import type { StopStack } from './stop-stack';

interface RateLimitParts extends Pick<RateLimitServerOptions, 'tls' | 'decided' | 'log'> {
  readonly parts: StopStack;
}

/**
 * Starts the built-in rate limit service, counting in memory or in Redis. It does not wait for a Redis that cannot be reached.
 * @returns undefined when another service decides
 * @throws StartError when it cannot listen
 */
export async function startRateLimits(
  { host, port, service, redisUrl, onFailure }: RateLimitSettings,
  { parts, log, ...options }: RateLimitParts,
): Promise<Pick<Limiter, 'configure'> | undefined> {
  if (service) return undefined;
  const limiter = redisUrl === undefined ? createLimiter({ now: Date.now, log }) : await redisLimiter(redisUrl);
  const server = await startRateLimitServer({ host, port, limiter, log, ...options });
  parts.push('rate limit service', () => server.close());
  return limiter;

  async function redisLimiter(url: string): Promise<Limiter> {
    const opened = createRedisLimiter({ url, onFailure, log });
    parts.push('Redis', async () => opened.close());
    await opened.tried;
    return opened;
  }
}
