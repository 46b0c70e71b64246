import type { Limit, Rule } from '../../src/ratelimit';

/** What a service answers for a descriptor: nothing limits it, it is unlimited, so many are left, or it is over the limit. */
export type Answer = 'no limit' | 'unlimited' | { readonly left: number } | 'over';

export interface Call {
  /** Each descriptor as `key=value` with `/` between its entries. */
  readonly descriptors: readonly string[];
  readonly answers: readonly Answer[];
  readonly hits?: number;
  /** The limit that the first descriptor brings. */
  readonly override?: Pick<Limit, 'unit' | 'requestsPerUnit'>;
  readonly domain?: string;
}

export interface Case {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly calls: readonly Call[];
}

const hour = (requestsPerUnit: number): Limit => ({ unit: 'hour', requestsPerUnit, unlimited: false });
const unlimited: Limit = { unit: 'second', requestsPerUnit: 0, unlimited: true };

/** @param name `key`, or `key=value` */
export function rule(name: string, limit?: Limit, ...descriptors: readonly Rule[]): Rule {
  const [key = '', value] = name.split('=');
  return { key, value, limit, descriptors };
}

/** One descriptor each. */
function calls(descriptor: string, ...answers: readonly Answer[]): Call[] {
  return answers.map((answer) => ({ descriptors: [descriptor], answers: [answer] }));
}

const left = (count: number): Answer => ({ left: count });

/** Limits, requests and decisions in which all services agree. */
export const CASES: readonly Case[] = [
  { name: 'a limit', rules: [rule('k=v', hour(2))], calls: calls('k=v', left(1), left(0), 'over', 'over') },
  { name: 'another value has no limit', rules: [rule('k=v', hour(2))], calls: calls('k=w', 'no limit', 'no limit') },
  {
    name: 'a rule without a value counts each value for itself',
    rules: [rule('k', hour(1))],
    calls: [...calls('k=a', left(0), 'over'), ...calls('k=b', left(0), 'over')],
  },
  {
    name: 'a rule with the value goes before one without',
    rules: [rule('k', hour(5)), rule('k=a', hour(1))],
    calls: [...calls('k=a', left(0), 'over'), ...calls('k=b', left(4))],
  },
  {
    name: 'a value, a wildcard, and a rule without a value, in this order',
    rules: [rule('k', hour(9)), rule('k=ab*', hour(5)), rule('k=abc', hour(1))],
    calls: [...calls('k=abc', left(0), 'over'), ...calls('k=abd', left(4)), ...calls('k=ab', left(4)), ...calls('k=x', left(8))],
  },
  {
    name: 'of two wildcards the first',
    rules: [rule('k=a*', hour(5)), rule('k=ab*', hour(1))],
    calls: calls('k=abc', left(4), left(3)),
  },
  { name: 'nothing is allowed', rules: [rule('k', hour(0))], calls: calls('k=v', 'over', 'over') },
  { name: 'everything is allowed', rules: [rule('k', unlimited)], calls: calls('k=v', 'unlimited', 'unlimited') },
  {
    name: 'nested rules: only the depth of the last entry counts',
    rules: [rule('a=1', hour(3), rule('b', undefined, rule('c', hour(1))))],
    calls: [
      ...calls('a=1', left(2)),
      ...calls('a=1/b=x', 'no limit'),
      ...calls('a=1/b=x/c=y', left(0), 'over'),
      ...calls('a=1/b=z/c=y', left(0)),
      ...calls('a=1/b=x/c=y/d=z', 'no limit'),
      ...calls('b=x', 'no limit'),
    ],
  },
  {
    name: 'the way by key and value is not left again',
    rules: [rule('a=1', undefined, rule('b', hour(0))), rule('a', undefined, rule('c', hour(0)))],
    calls: [...calls('a=1/c=x', 'no limit'), ...calls('a=2/c=x', 'over')],
  },
  {
    name: 'several descriptors are each decided, and each counted',
    rules: [rule('a', hour(1)), rule('b', hour(3)), rule('u', unlimited)],
    calls: [
      { descriptors: ['a=x', 'b=x', 'u=x', 'n=x'], answers: [left(0), left(2), 'unlimited', 'no limit'] },
      { descriptors: ['a=x', 'b=x'], answers: ['over', left(1)] },
      { descriptors: ['b=x', 'a=x'], answers: [left(0), 'over'] },
      { descriptors: ['b=x'], answers: ['over'] },
    ],
  },
  {
    name: 'hits count as many as they say, refused ones too',
    rules: [rule('k', hour(10))],
    calls: [
      { descriptors: ['k=v'], hits: 8, answers: [left(2)] },
      { descriptors: ['k=v'], hits: 5, answers: ['over'] },
      { descriptors: ['k=v'], hits: 1, answers: ['over'] },
      { descriptors: ['k=w'], hits: 0, answers: [left(9)] },
      { descriptors: ['k=y'], hits: 11, answers: ['over'] },
    ],
  },
  {
    name: 'a request brings its own limit, which goes before the rules',
    rules: [rule('k', hour(100)), rule('free', unlimited)],
    calls: [
      { descriptors: ['k=v'], override: { unit: 'day', requestsPerUnit: 1 }, answers: [left(0)] },
      { descriptors: ['k=v'], override: { unit: 'day', requestsPerUnit: 1 }, answers: ['over'] },
      { descriptors: ['other=v'], override: { unit: 'day', requestsPerUnit: 2 }, answers: [left(1)] },
      { descriptors: ['free=v'], override: { unit: 'day', requestsPerUnit: 0 }, answers: ['over'] },
    ],
  },
  {
    name: 'a domain that is not known limits nothing, whatever the request brings',
    rules: [rule('k', hour(0))],
    calls: [
      { descriptors: ['k=v'], domain: 'nowhere', answers: ['no limit'] },
      { descriptors: ['k=v'], domain: 'nowhere', override: { unit: 'day', requestsPerUnit: 0 }, answers: ['no limit'] },
    ],
  },
  {
    name: 'keys and values of any text',
    rules: [rule('Ключ', hour(1)), rule('sp ace=a b', hour(1)), rule('empty', hour(1))],
    calls: [
      ...calls('Ключ=значение', left(0), 'over'),
      ...calls('sp ace=a b', left(0), 'over'),
      ...calls('empty=', left(0), 'over'),
    ],
  },
];

/** Where the services differ, by design: ours keeps keys and values apart, which envoyproxy/ratelimit joins with `_`. */
export const DIFFERENCES: readonly (Case & { readonly official: readonly Call[] })[] = [
  {
    name: 'a wildcard of a key that is the beginning of another',
    rules: [rule('a=*', hour(1))],
    calls: calls('a_b=c', 'no limit', 'no limit'),
    official: calls('a_b=c', left(0), 'over'),
  },
  {
    name: 'another key and value that look alike when joined',
    rules: [rule('a=b_c', hour(1))],
    calls: [...calls('a=b_c', left(0)), ...calls('a_b=c', 'no limit')],
    official: [...calls('a=b_c', left(0)), ...calls('a_b=c', 'over')],
  },
];
