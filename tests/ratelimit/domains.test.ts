import type { ProxyModel, RateLimitDescriptor } from '../../src/gateway';
import { wordsOf } from '../../src/gateway';
import { rateLimitDomains } from '../../src/ratelimit';

function rule(key: string, requestsPerUnit?: number, descriptors: RateLimitDescriptor[] = []): RateLimitDescriptor {
  const limit = requestsPerUnit === undefined ? undefined : { unit: 'second' as const, requestsPerUnit, unlimited: false };
  return { key, value: undefined, limit, descriptors };
}

function proxy(name: string, rateLimits: ProxyModel['rateLimits']): ProxyModel {
  return { name, version: '1', services: new Map(), rateLimits };
}

test('the main proxy has its domains as they are, others behind their name', () => {
  const limits = [{ id: 1, name: 'gc', domain: 'enroute', descriptors: [rule('a', 1)] }];
  const { domains, problems } = rateLimitDomains([proxy('gw', limits), proxy('edge', limits), proxy('bare', [])], 'gw');
  expect(domains.map(({ domain }) => domain)).toEqual(['enroute', 'edge/enroute']);
  expect(domains[0]?.descriptors).toBe(limits[0]?.descriptors);
  expect(problems).toEqual([]);
});

test('configurations of one domain are merged; of two limits for one descriptor the lowest id counts, and it is said', () => {
  const { domains, problems } = rateLimitDomains(
    [
      proxy('gw', [
        { id: 7, name: 'late', domain: 'enroute', descriptors: [rule('a', 9, [rule('b', 5)]), rule('c', 3)] },
        { id: 2, name: 'early', domain: 'enroute', descriptors: [rule('a', 1, [rule('b'), rule('d', 4)])] },
        { id: 3, name: 'other', domain: 'more', descriptors: [] },
      ]),
    ],
    'gw',
  );
  expect(domains).toEqual([
    { domain: 'enroute', descriptors: [rule('a', 1, [rule('b', 5), rule('d', 4)]), rule('c', 3)] },
    { domain: 'more', descriptors: [] },
  ]);
  expect(problems.map(({ object, message }) => ({ object: wordsOf(object), message }))).toEqual([
    { object: 'globalconfig late of proxy gw', message: 'the limit of a has no effect: an earlier globalconfig has one' },
  ]);
});

test('two rules that the reference service cannot tell apart are one too many: the later is left out, and it is said', () => {
  const limit = { unit: 'second' as const, requestsPerUnit: 1, unlimited: false };
  const first = { key: 'a', value: 'b_c', limit, descriptors: [] };
  const { domains, problems } = rateLimitDomains(
    [
      proxy('gw', [
        { id: 1, name: 'one', domain: 'enroute', descriptors: [first] },
        { id: 2, name: 'two', domain: 'enroute', descriptors: [{ ...first, key: 'a_b', value: 'c' }, rule('d', 1)] },
      ]),
    ],
    'gw',
  );
  expect(domains).toEqual([{ domain: 'enroute', descriptors: [first, rule('d', 1)] }]);
  expect(problems.map(({ message }) => message)).toEqual(['the limit of a_b=c has no effect: an earlier globalconfig has one']);
});
