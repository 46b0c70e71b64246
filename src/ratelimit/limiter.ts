import type { Logger } from '../log';
import { Counters } from './counters';
import type { Entry, Limit, RateLimitDomain, Rule, RuleNode } from './rules';
import { compileRules, findLimit } from './rules';
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
}

export interface Limiter {
  /** Replaces all domains; counts go on where domain, unit and entries are the same. Unchanged descriptors cost nothing. */
  configure(domains: readonly RateLimitDomain[]): void;
  /** A decision for each descriptor, in their order; every one is counted, refused or not. @param hits 0 counts 1 */
  decide(domain: string, descriptors: readonly Descriptor[], hits: number): Decision[];
  /** How many counters are in memory. */
  readonly size: number;
}

const DEFAULT_CAPACITY = 200_000;
const NO_LIMIT: Decision = { overLimit: false, limit: undefined, remaining: 0, secondsUntilReset: undefined };
const UNLIMITED: Decision = { ...NO_LIMIT, remaining: 4_294_967_295 };

/** The reference limiter's decisions (data-plane reference 3.4), counted in memory. */
export function createLimiter({ now, log, capacity = DEFAULT_CAPACITY }: LimiterOptions): Limiter {
  const counters = new Counters(capacity, (unit) =>
    log.warn({ unit, capacity }, 'too many different rate limit counters: from now on the oldest ones begin again'),
  );
  let domains: ReadonlyMap<string, { readonly descriptors: readonly Rule[]; readonly rules: RuleNode }> = new Map();

  function decideOne(domain: string, rules: RuleNode, descriptor: Descriptor, hits: number, seconds: number): Decision {
    const limit: Limit | undefined = descriptor.limit
      ? { ...descriptor.limit, unlimited: false }
      : findLimit(rules, descriptor.entries);
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
    configure(next) {
      domains = new Map(
        next.map(({ domain, descriptors }) => {
          const before = domains.get(domain);
          const rules = before?.descriptors === descriptors ? before.rules : compileRules(descriptors);
          return [domain, { descriptors, rules }];
        }),
      );
    },
    decide(domain, descriptors, hits) {
      const rules = domains.get(domain)?.rules;
      if (!rules) return descriptors.map(() => NO_LIMIT);
      const seconds = Math.floor(now() / 1000);
      return descriptors.map((descriptor) => decideOne(domain, rules, descriptor, Math.max(hits, 1), seconds));
    },
    get size() {
      return counters.size;
    },
  };
}

/** Lengths stand before the texts, so that no two different lists of entries have the same key. */
function counterKey(domain: string, entries: readonly Entry[]): string {
  let key = domain;
  for (const entry of entries) key += `|${entry.key.length},${entry.value.length}:${entry.key}${entry.value}`;
  return key;
}
