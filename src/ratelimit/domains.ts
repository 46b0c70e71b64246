import { rateLimitDomain } from '../gateway';
import type { ObjectRef, Problem, ProxyModel } from '../gateway';
import type { RateLimitDomain, Rule } from './rules';

/**
 * The domains of all proxies. A request carries no proxy, the domain does: plain for `proxyName`, `<proxy>/<domain>` for
 * others. Configurations of one domain are merged; of two limits for the same descriptor that of the lowest id counts, and
 * the other is a problem. A domain that one configuration alone makes keeps its descriptors' identity.
 */
export function rateLimitDomains(
  models: Iterable<ProxyModel>,
  proxyName: string,
): { readonly domains: readonly RateLimitDomain[]; readonly problems: readonly Problem[] } {
  const merged = new Map<string, readonly Rule[]>();
  const problems: Problem[] = [];
  for (const model of models) {
    for (const config of [...model.rateLimits].sort((one, other) => one.id - other.id)) {
      const domain = rateLimitDomain(model.name, config.domain, proxyName);
      const object: ObjectRef = { kind: 'globalconfig', name: config.name, of: { kind: 'proxy', name: model.name } };
      const report = (path: string) =>
        problems.push({ object, message: `the limit of ${path} has no effect: an earlier globalconfig has one` });
      const earlier = merged.get(domain);
      merged.set(domain, earlier ? mergeRules(earlier, config.descriptors, '', report) : config.descriptors);
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
  const rules = new Map(earlier.map((rule) => [nameOf(rule), rule]));
  const written = new Map(earlier.map((rule) => [writtenName(rule), nameOf(rule)]));
  for (const rule of later) {
    const name = nameOf(rule);
    const same = rules.get(name);
    const path = `${parent}${rule.value === undefined ? rule.key : `${rule.key}=${rule.value}`}`;
    const other = written.get(writtenName(rule)) ?? name;
    if ((same?.limit && rule.limit) || other !== name) report(path);
    if (other !== name) continue;
    written.set(writtenName(rule), name);
    const descriptors = same ? mergeRules(same.descriptors, rule.descriptors, `${path} / `, report) : rule.descriptors;
    rules.set(name, same ? { ...same, limit: same.limit ?? rule.limit, descriptors } : rule);
  }
  return [...rules.values()];
}

/** By this name the reference service knows a rule, and refuses two of one name; one configuration alone never has them. */
function writtenName({ key, value }: Rule): string {
  return value === undefined ? key : `${key}_${value}`;
}

/** The same for two rules that match the same entries. */
function nameOf({ key, value }: Rule): string {
  return JSON.stringify(value === undefined ? [key] : [key, value]);
}
