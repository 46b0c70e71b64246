import type { Problem, ProxyModel } from '../gateway';
import type { RateLimitDomain, Rule } from './rules';

/**
 * The domains of all proxies. A request carries no proxy, the domain does: plain for `proxyName`, `<proxy>/<domain>` for
 * others. Configurations of one domain are merged; of two limits for the same descriptor that of the lowest id counts, and
 * the other is a problem.
 */
export function rateLimitDomains(
  models: Iterable<ProxyModel>,
  proxyName: string,
): { readonly domains: readonly RateLimitDomain[]; readonly problems: readonly Problem[] } {
  const merged = new Map<string, readonly Rule[]>();
  const problems: Problem[] = [];
  for (const model of models) {
    for (const config of [...model.rateLimits].sort((one, other) => one.id - other.id)) {
      const domain = model.name === proxyName ? config.domain : `${model.name}/${config.domain}`;
      const object = `globalconfig ${config.name} of proxy ${model.name}`;
      const report = (path: string) =>
        problems.push({ object, message: `the limit of ${path} has no effect: an earlier globalconfig has one` });
      merged.set(domain, mergeRules(merged.get(domain) ?? [], config.descriptors, '', report));
    }
  }
  return { domains: [...merged].map(([domain, descriptors]) => ({ domain, descriptors })), problems };
}

function mergeRules(
  earlier: readonly Rule[],
  later: readonly Rule[],
  parent: string,
  report: (path: string) => void,
): readonly Rule[] {
  const rules = [...earlier];
  for (const rule of later) {
    const path = `${parent}${rule.value === undefined ? rule.key : `${rule.key}=${rule.value}`}`;
    const index = rules.findIndex((other) => other.key === rule.key && other.value === rule.value);
    const same = rules[index];
    if (!same) {
      rules.push(rule);
      continue;
    }
    if (same.limit && rule.limit) report(path);
    const descriptors = mergeRules(same.descriptors, rule.descriptors, `${path} / `, report);
    rules[index] = { ...same, limit: same.limit ?? rule.limit, descriptors };
  }
  return rules;
}
