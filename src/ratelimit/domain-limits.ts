import type { Descriptor } from './limiter';
import type { Limit, RateLimitDomain, Rule, RuleNode } from './rules';
import { compileRules, findLimit } from './rules';

/** Which limit a request's descriptor has, by the domains' rules of now. */
export class DomainLimits {
  #domains: ReadonlyMap<string, { readonly descriptors: readonly Rule[]; readonly rules: RuleNode }> = new Map();

  /** Replaces all domains; those whose descriptors are the same object are not compiled again. */
  configure(domains: readonly RateLimitDomain[]): void {
    this.#domains = new Map(
      domains.map(({ domain, descriptors }) => {
        const before = this.#domains.get(domain);
        const rules = before?.descriptors === descriptors ? before.rules : compileRules(descriptors);
        return [domain, { descriptors, rules }];
      }),
    );
  }

  /** Undefined when the domain is not known or no rule matches; a limit that the descriptor brings goes before the rules. */
  of(domain: string, { entries, limit }: Descriptor): Limit | undefined {
    const rules = this.#domains.get(domain)?.rules;
    if (!rules) return undefined;
    return limit ? { ...limit, unlimited: false } : findLimit(rules, entries);
  }
}
