import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Logger } from '../../log';
import { DomainLimits } from '../domain-limits';
import type { Decision, Descriptor, Limiter } from '../limiter';
import { counterKey, NO_LIMIT, UNLIMITED } from '../limiter';
import { redisMetrics } from '../metrics';
import type { Limit } from '../rules';
import { UNITS } from '../units';
import { NotCounted, RedisCounters } from './counters';
import type { Counted, Counts } from './counters';
import { ExhaustedCounters } from './exhausted';

export interface RedisLimiterOptions {
  /** `redis://` or `rediss://`; may hold a password, so it is never logged. */
  readonly url: string;
  /** What becomes of a descriptor with a limit that cannot be counted. */
  readonly onFailure: 'allow' | 'deny';
  readonly log: Pick<Logger, 'info' | 'error' | 'warn'>;
}

export interface RedisLimiter extends Limiter {
  decide(domain: string, descriptors: readonly Descriptor[], hits: number): Promise<readonly Decision[]>;
  /** Resolves when Redis is there, or the first attempt to reach it failed. */
  readonly tried: Promise<void>;
  close(): void;
}

/** A descriptor that is counted. */
interface Asked extends Counted {
  readonly index: number;
  readonly limit: Limit;
}

const EXHAUSTED_CAPACITY = 100_000;
/** Values come from requests: longer keys stand for themselves by their hash. */
const LONGEST_KEY = 256;
/** How often, in milliseconds, it is said why decisions fail while Redis is there. */
const SAID_EVERY = 10_000;

/**
 * The decisions of the limiter in memory, counted in Redis, so that whoever uses the same Redis shares the limits. Counters
 * that are exhausted are not asked for again in their window, and further hits on them not counted.
 */
export function createRedisLimiter({ url, onFailure, log }: RedisLimiterOptions): RedisLimiter {
  const metrics = redisMetrics();
  metrics.up.set(0);
  const counters = new RedisCounters({
    url,
    log,
    onState: (isUp) => {
      metrics.up.set(isUp ? 1 : 0);
      if (!isUp) metrics.lost.inc();
    },
  });
  const limits = new DomainLimits();
  const exhausted = new ExhaustedCounters(EXHAUSTED_CAPACITY);
  let saidAt = -Infinity;

  /** What is known without Redis, and what has to be asked. */
  function known(domain: string, descriptors: readonly Descriptor[], hits: number): { decisions: Decision[]; asked: Asked[] } {
    const asked: Asked[] = [];
    const decisions = descriptors.map((descriptor, index): Decision => {
      const limit = limits.of(domain, descriptor);
      if (!limit) return NO_LIMIT;
      if (limit.unlimited) return UNLIMITED;
      const key = redisKey(domain, descriptor, limit);
      const now = performance.now();
      const counter = exhausted.find(key, hits, limit.requestsPerUnit, now);
      if (!counter) {
        asked.push({ key, seconds: UNITS[limit.unit].seconds, index, limit });
        return NO_LIMIT;
      }
      metrics.cacheHits.inc();
      const secondsUntilReset = Math.ceil((counter.until - now) / 1_000);
      return { overLimit: true, limit, remaining: 0, secondsUntilReset };
    });
    return { decisions, asked };
  }

  /** @param sentAt when Redis was asked: its clock is not behind where this one puts it, so that nothing is refused too long */
  function decided({ key, seconds, limit }: Asked, total: number, time: number, sentAt: number): Decision {
    const rest = seconds * 1_000_000 - (time % (seconds * 1_000_000));
    if (total >= limit.requestsPerUnit) exhausted.add(key, { total, until: sentAt + rest / 1_000 }, sentAt);
    return {
      overLimit: total > limit.requestsPerUnit,
      limit,
      remaining: Math.max(limit.requestsPerUnit - total, 0),
      secondsUntilReset: Math.ceil(rest / 1_000_000),
    };
  }

  function uncounted({ limit }: Asked): Decision {
    return onFailure === 'deny'
      ? { overLimit: true, limit, remaining: 0, secondsUntilReset: undefined, uncounted: true }
      : { ...NO_LIMIT, uncounted: true };
  }

  async function count(asked: readonly Asked[], hits: number): Promise<Counts | undefined> {
    try {
      return await counters.add(asked, hits);
    } catch (error) {
      if (!(error instanceof NotCounted)) throw error;
      const now = performance.now();
      if (now - saidAt > SAID_EVERY) {
        saidAt = now;
        log.warn({ reason: error.message, onFailure }, 'rate limit decisions are not counted');
      }
      return undefined;
    }
  }

  return {
    configure: (domains) => limits.configure(domains),
    async decide(domain, descriptors, hitsAddend) {
      const hits = Math.max(hitsAddend, 1);
      const { decisions, asked } = known(domain, descriptors, hits);
      if (asked.length === 0) return decisions;
      const sentAt = performance.now();
      const counts = await count(asked, hits);
      if (counts) metrics.seconds.observe((performance.now() - sentAt) / 1_000);
      for (const [position, one] of asked.entries()) {
        const total = counts?.totals[position];
        decisions[one.index] = counts && total !== undefined ? decided(one, total, counts.time, sentAt) : uncounted(one);
      }
      return decisions;
    },
    tried: counters.tried,
    close: () => counters.close(),
  };
}

/** The counter in Redis, all but the window's beginning: `enroute_ratelimit_<unit>_<domain and entries>`. */
function redisKey(domain: string, { entries }: Descriptor, { unit }: Limit): string {
  const key = counterKey(domain, entries);
  const short = key.length > LONGEST_KEY ? `sha256:${createHash('sha256').update(key).digest('hex')}` : key;
  return `enroute_ratelimit_${unit}_${short}`;
}
