import type { Logger } from '../log';
import { Counters } from './counters';
import { DomainLimits } from './domain-limits';
import type { Entry, RateLimitDomain } from './rules';
import type { Unit } from './units';
import { UNITS } from './units';

export interface LimiterOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Logger, 'warn'>;
  /** The most counters kept for each unit. */
  readonly capacity?: number;
}

export interface Descriptor {
  readonly entries: readonly Entry[];
  /** The limit that the request itself brings; it goes before the domain's rules. */
  readonly limit?: { readonly unit: Unit; readonly requestsPerUnit: number } | undefined;
}

export interface Decision {
  readonly overLimit: boolean;
  /** Undefined when no rule matches, or the rule is unlimited. */
  readonly limit: { readonly unit: Unit; readonly requestsPerUnit: number } | undefined;
  readonly remaining: number;
  /** Undefined when nothing is counted. */
  readonly secondsUntilReset: number | undefined;
  /** It could not be counted: the decision is what the operator set for that case. */
  readonly uncounted?: true;
}

export interface Limiter {
  /** Replaces all domains; counts go on where domain, unit and entries are the same. Unchanged descriptors cost nothing. */
  configure(domains: readonly RateLimitDomain[]): void;
  /** A decision for each descriptor, in their order; every one is counted, refused or not. @param hits 0 counts 1 */
  decide(domain: string, descriptors: readonly Descriptor[], hits: number): readonly Decision[] | Promise<readonly Decision[]>;
}

/** Decides at once. */
export interface MemoryLimiter extends Limiter {
  decide(domain: string, descriptors: readonly Descriptor[], hits: number): readonly Decision[];
  /** How many counters are in memory. */
  readonly size: number;
}

const DEFAULT_CAPACITY = 200_000;
export const NO_LIMIT: Decision = { overLimit: false, limit: undefined, remaining: 0, secondsUntilReset: undefined };
export const UNLIMITED: Decision = { ...NO_LIMIT, remaining: 4_294_967_295 };

/** The reference limiter's decisions (data-plane reference 3.4), counted in memory. */
export function createLimiter({ now, log, capacity = DEFAULT_CAPACITY }: LimiterOptions): MemoryLimiter {
  const counters = new Counters(capacity, (unit) =>
    log.warn({ unit, capacity }, 'too many different rate limit counters: from now on the oldest ones begin again'),
  );
  const limits = new DomainLimits();

  function decideOne(domain: string, descriptor: Descriptor, hits: number, seconds: number): Decision {
    const limit = limits.of(domain, descriptor);
    if (!limit) return NO_LIMIT;
    if (limit.unlimited) return UNLIMITED;
    const { unit, requestsPerUnit } = limit;
    const total = counters.add(unit, counterKey(domain, descriptor.entries), hits, seconds);
    return {
      overLimit: total > requestsPerUnit,
      limit,
      remaining: Math.max(requestsPerUnit - total, 0),
      secondsUntilReset: UNITS[unit].seconds - (seconds % UNITS[unit].seconds),
    };
  }

  return {
    configure: (domains) => limits.configure(domains),
    decide(domain, descriptors, hits) {
      const seconds = Math.floor(now() / 1000);
      return descriptors.map((descriptor) => decideOne(domain, descriptor, Math.max(hits, 1), seconds));
    },
    get size() {
      return counters.size;
    },
  };
}

/** Lengths stand before the texts, so that no two different lists of entries have the same key. */
export function counterKey(domain: string, entries: readonly Entry[]): string {
  let key = `${domain.length}:${domain}`;
  for (const entry of entries) key += `|${entry.key.length},${entry.value.length}:${entry.key}${entry.value}`;
  return key;
}
