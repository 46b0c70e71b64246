import type { Unit } from './units';

/** One domain's configuration: `{domain, descriptors}` of the reference rate limit service (data-plane reference 3.4). */
export interface RateLimitDomain {
  readonly domain: string;
  readonly descriptors: readonly Rule[];
}

export interface Rule {
  readonly key: string;
  /** Undefined matches every value; a trailing `*` every value that begins so. Each value is counted for itself. */
  readonly value: string | undefined;
  readonly limit: Limit | undefined;
  readonly descriptors: readonly Rule[];
}

export interface Limit {
  readonly unit: Unit;
  /** 0 blocks. */
  readonly requestsPerUnit: number;
  readonly unlimited: boolean;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** One level of the compiled tree: found by key, then by value. */
export interface RuleNode {
  readonly limit: Limit | undefined;
  readonly children: ReadonlyMap<string, KeyRules>;
}

interface KeyRules {
  readonly values: ReadonlyMap<string, RuleNode>;
  /** In the order of the configuration: the first that matches counts. */
  readonly wildcards: readonly { readonly prefix: string; readonly node: RuleNode }[];
  readonly any: RuleNode | undefined;
}

export function compileRules(rules: readonly Rule[], limit?: Limit): RuleNode {
  const children = new Map<
    string,
    { values: Map<string, RuleNode>; wildcards: { prefix: string; node: RuleNode }[]; any: RuleNode | undefined }
  >();
  for (const rule of rules) {
    const node = compileRules(rule.descriptors, rule.limit);
    let entry = children.get(rule.key);
    if (!entry) children.set(rule.key, (entry = { values: new Map(), wildcards: [], any: undefined }));
    if (rule.value === undefined) entry.any = node;
    else if (rule.value.endsWith('*')) entry.wildcards.push({ prefix: rule.value.slice(0, -1), node });
    else entry.values.set(rule.value, node);
  }
  return { limit, children };
}

/**
 * The limit for a request's entries. At each level key and value go before a wildcard, and that before the key alone; the
 * limit counts only at the depth of the last entry, and a way once taken is not left again.
 */
export function findLimit(root: RuleNode, entries: readonly Entry[]): Limit | undefined {
  let node = root;
  for (const { key, value } of entries) {
    const rules = node.children.get(key);
    const next =
      rules && (rules.values.get(value) ?? rules.wildcards.find(({ prefix }) => value.startsWith(prefix))?.node ?? rules.any);
    if (!next) return undefined;
    node = next;
  }
  return node.limit;
}
