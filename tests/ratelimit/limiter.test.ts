import fc from 'fast-check';
import type { Descriptor, Limit, RateLimitDomain, Rule } from '../../src/ratelimit';
import { createLimiter } from '../../src/ratelimit';

type Unit = Limit['unit'];

function limit(requestsPerUnit: number, unit: Unit = 'second'): Limit {
  return { unit, requestsPerUnit, unlimited: false };
}

function rule(key: string, more: Partial<Rule> = {}): Rule {
  return { key, value: undefined, limit: undefined, descriptors: [], ...more };
}

function descriptor(...entries: [string, string][]): Descriptor {
  return { entries: entries.map(([key, value]) => ({ key, value })) };
}

function setup(rules: readonly Rule[], capacity?: number) {
  const clock = { ms: Date.UTC(2026, 0, 1) };
  const warnings: unknown[] = [];
  const limiter = createLimiter({
    now: () => clock.ms,
    log: { warn: (fields: unknown) => void warnings.push(fields) },
    capacity,
  });
  const configure = (next: readonly Rule[]) => limiter.configure([{ domain: 'enroute', descriptors: next }]);
  configure(rules);
  const hit = (entries: [string, string][], hits = 0, domain = 'enroute') =>
    limiter.decide(domain, [descriptor(...entries)], hits)[0];
  /** How many of some calls pass. */
  const passing = (calls: number, ...entries: [string, string][]) =>
    Array.from({ length: calls }, () => hit(entries)).filter((decision) => decision && !decision.overLimit).length;
  return { clock, limiter, configure, hit, passing, warnings };
}

test('the 11th request of a window is over the limit, the next window begins at nothing', () => {
  const { clock, hit } = setup([rule('generic_key', { value: 'default', limit: limit(10, 'minute') })]);
  clock.ms += 15_500;
  const decisions = Array.from({ length: 11 }, () => hit([['generic_key', 'default']]));
  expect(decisions.map((decision) => decision?.remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
  expect(decisions.map((decision) => decision?.overLimit)).toEqual([...Array<boolean>(10).fill(false), true]);
  expect(decisions[10]).toMatchObject({ limit: { unit: 'minute', requestsPerUnit: 10 }, secondsUntilReset: 45 });
  clock.ms += 45_000;
  expect(hit([['generic_key', 'default']])).toMatchObject({ overLimit: false, remaining: 9, secondsUntilReset: 60 });
});

test.each([
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['week', 604_800],
  ['month', 2_592_000],
  ['year', 31_536_000],
] as const)('a window of a %s begins at a multiple of %d seconds', (unit, seconds) => {
  const { clock, passing } = setup([rule('k', { limit: limit(1, unit) })]);
  clock.ms = seconds * 1_000 * 60 - 1;
  expect(passing(2, ['k', 'v'])).toBe(1);
  clock.ms += 1;
  expect(passing(2, ['k', 'v'])).toBe(1);
  clock.ms += seconds * 1_000 - 1;
  expect(passing(2, ['k', 'v'])).toBe(0);
});

test('0 requests a unit blocks, unlimited counts nothing', () => {
  const unlimited: Limit = { unit: 'second', requestsPerUnit: 0, unlimited: true };
  const { hit, limiter } = setup([rule('blocked', { limit: limit(0) }), rule('free', { limit: unlimited })]);
  expect(hit([['blocked', 'x']])).toMatchObject({ overLimit: true, remaining: 0 });
  expect(hit([['free', 'x']])).toEqual({
    overLimit: false,
    limit: undefined,
    remaining: 4_294_967_295,
    secondsUntilReset: undefined,
  });
  expect(limiter.size).toBe(1);
});

test('a rule without value counts each value for itself; key and value go before a wildcard, and that before the key', () => {
  const { hit, passing } = setup([
    rule('remote_address', { limit: limit(10) }),
    rule('remote_address', { value: '10.0.*', limit: limit(3) }),
    rule('remote_address', { value: '10.*', limit: limit(4) }),
    rule('remote_address', { value: '127.0.0.1', limit: limit(0) }),
  ]);
  expect(passing(20, ['remote_address', '192.0.2.1'])).toBe(10);
  expect(passing(20, ['remote_address', '192.0.2.2'])).toBe(10);
  expect(passing(20, ['remote_address', '127.0.0.1'])).toBe(0);
  expect(passing(20, ['remote_address', '10.0.0.1'])).toBe(3);
  expect(passing(20, ['remote_address', '10.0.0.2'])).toBe(3);
  expect(passing(20, ['remote_address', '10.9.9.9'])).toBe(4);
  expect(hit([['other', 'x']])).toEqual({ overLimit: false, limit: undefined, remaining: 0, secondsUntilReset: undefined });
});

test('a limit holds at the depth of the last entry only', () => {
  const { hit, passing } = setup([
    rule('generic_key', { value: 'default', descriptors: [rule('remote_address', { limit: limit(5) })] }),
    rule('generic_key', {
      value: 'config_dump',
      descriptors: [rule('remote_address', { descriptors: [rule('x-request-id', { limit: limit(10) })] })],
    }),
    rule('flat', { limit: limit(1) }),
  ]);
  const none = { overLimit: false, limit: undefined };
  expect(passing(9, ['generic_key', 'default'], ['remote_address', '::1'])).toBe(5);
  expect(hit([['generic_key', 'default']])).toMatchObject(none);
  expect(
    hit([
      ['generic_key', 'other'],
      ['remote_address', '::1'],
    ]),
  ).toMatchObject(none);
  expect(
    hit([
      ['generic_key', 'default'],
      ['remote_address', '::1'],
      ['x', 'y'],
    ]),
  ).toMatchObject(none);
  expect(
    hit([
      ['flat', 'a'],
      ['x', 'y'],
    ]),
  ).toMatchObject(none);
  expect(passing(20, ['generic_key', 'config_dump'], ['remote_address', '::1'], ['x-request-id', '1'])).toBe(10);
});

test('the way by key and value is not left again for the key alone', () => {
  const { hit } = setup([
    rule('a', { value: '1', descriptors: [rule('b', { limit: limit(0) })] }),
    rule('a', { descriptors: [rule('c', { limit: limit(0) })] }),
  ]);
  expect(
    hit([
      ['a', '1'],
      ['c', 'x'],
    ]),
  ).toMatchObject({ overLimit: false, limit: undefined });
  expect(
    hit([
      ['a', '2'],
      ['c', 'x'],
    ]),
  ).toMatchObject({ overLimit: true });
});

test('hits count as many as they say, and those that are refused count too', () => {
  const { hit } = setup([rule('k', { limit: limit(10) })]);
  expect(hit([['k', 'v']], 8)).toMatchObject({ overLimit: false, remaining: 2 });
  expect(hit([['k', 'v']], 5)).toMatchObject({ overLimit: true, remaining: 0 });
  expect(hit([['k', 'v']], 1)).toMatchObject({ overLimit: true });
});

test('each descriptor is decided for itself, and one may bring its own limit', () => {
  const { limiter } = setup([rule('k', { limit: limit(1) })]);
  const own: Descriptor = { ...descriptor(['own', 'v']), limit: { unit: 'hour', requestsPerUnit: 2 } };
  const decide = (domain: string) =>
    limiter.decide(domain, [descriptor(['k', 'v']), own], 1).map((decision) => decision.overLimit);
  expect([decide('enroute'), decide('enroute'), decide('enroute')]).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
  expect(limiter.decide('unknown', [descriptor(['k', 'v']), own], 99)).toEqual(
    Array(2).fill({ overLimit: false, limit: undefined, remaining: 0, secondsUntilReset: undefined }),
  );
});

test('entries that only look alike when joined have counters of their own', () => {
  const { passing } = setup([
    rule('a', { limit: limit(1) }),
    rule('a_b', { limit: limit(1) }),
    rule('a', { value: 'x*', limit: limit(1) }),
  ]);
  expect(passing(3, ['a', 'b_c'])).toBe(1);
  expect(passing(3, ['a_b', 'c'])).toBe(1);
  expect(passing(3, ['a', 'x|1,1:a'])).toBe(1);
});

test('counts go on through a new configuration, unless the unit is another', () => {
  const { configure, passing } = setup([rule('k', { limit: limit(5, 'hour') })]);
  expect(passing(3, ['k', 'v'])).toBe(3);
  configure([rule('other', { limit: limit(1) }), rule('k', { limit: limit(6, 'hour') })]);
  expect(passing(10, ['k', 'v'])).toBe(3);
  configure([rule('k', { limit: limit(6, 'day') })]);
  expect(passing(10, ['k', 'v'])).toBe(6);
});

test('a domain that is no longer configured limits nothing', () => {
  const { limiter, hit } = setup([rule('k', { limit: limit(0) })]);
  expect(hit([['k', 'v']])).toMatchObject({ overLimit: true });
  limiter.configure([]);
  expect(hit([['k', 'v']])).toMatchObject({ overLimit: false });
});

test('the counters of a window go with it', () => {
  const { clock, limiter, hit } = setup([rule('k', { limit: limit(1) }), rule('slow', { limit: limit(1, 'day') })]);
  for (let value = 0; value < 1000; value += 1) hit([['k', String(value)]]);
  hit([['slow', 'x']]);
  expect(limiter.size).toBe(1001);
  clock.ms += 1_000;
  hit([['k', 'again']]);
  expect(limiter.size).toBe(2);
});

test('memory is bounded: the oldest counters make room, said once a window', () => {
  const { clock, limiter, hit, warnings } = setup([rule('k', { limit: limit(1, 'minute') })], 100);
  for (let value = 0; value < 150; value += 1) hit([['k', String(value)]]);
  expect(limiter.size).toBe(100);
  expect(warnings).toEqual([{ unit: 'minute', capacity: 100 }]);
  expect(hit([['k', '149']])).toMatchObject({ overLimit: true });
  expect(hit([['k', '0']])).toMatchObject({ overLimit: false });
  clock.ms += 60_000;
  for (let value = 0; value < 150; value += 1) hit([['k', String(value)]]);
  expect(warnings).toHaveLength(2);
});

test('a clock that is set back a little does not open a window anew', () => {
  const { clock, passing } = setup([rule('k', { limit: limit(2, 'minute') })]);
  expect(passing(5, ['k', 'v'])).toBe(2);
  clock.ms -= 500;
  expect(passing(5, ['k', 'v'])).toBe(0);
  clock.ms -= 3_600_000;
  expect(passing(5, ['k', 'v'])).toBe(2);
});

/** The rule of a request's entries, searched the slow way. */
function naiveLimit(rules: readonly Rule[], entries: Descriptor['entries']): Limit | undefined {
  const [first, ...rest] = entries;
  if (!first) return undefined;
  const sameKey = rules.filter((candidate) => candidate.key === first.key);
  const found =
    sameKey.find((candidate) => candidate.value === first.value) ??
    sameKey.find((candidate) => candidate.value?.endsWith('*') && first.value.startsWith(candidate.value.slice(0, -1))) ??
    sameKey.find((candidate) => candidate.value === undefined);
  return rest.length === 0 ? found?.limit : naiveLimit(found?.descriptors ?? [], rest);
}

const seconds: Partial<Record<Unit, number>> = { second: 1, minute: 60, hour: 3_600 };

const rules = fc.letrec<{ rules: Rule[] }>((tie) => ({
  rules: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom('a', 'b'),
      value: fc.constantFrom(undefined, 'x', 'y', 'x*', '*'),
      limit: fc.option(
        fc.record({
          unit: fc.constantFrom<Unit>('second', 'minute', 'hour'),
          requestsPerUnit: fc.nat(5),
          unlimited: fc.constant(false),
        }),
        { nil: undefined },
      ),
      descriptors: fc.oneof({ maxDepth: 2 }, fc.constant<Rule[]>([]), tie('rules')),
    }),
    { selector: (one) => `${one.key} ${one.value}`, maxLength: 4 },
  ),
})).rules;

const calls = fc.array(
  fc.record({
    entries: fc.array(fc.record({ key: fc.constantFrom('a', 'b'), value: fc.constantFrom('x', 'y', 'xy') }), {
      minLength: 1,
      maxLength: 3,
    }),
    hits: fc.nat(3),
    /** Milliseconds since the call before. */
    after: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(90_000)),
  }),
  { maxLength: 60 },
);

test('decisions and counts are those of a naive limiter, and no window lets more through than its limit', () => {
  fc.assert(
    fc.property(rules, calls, (config, requests) => {
      let now = 1_767_225_600_000;
      const limiter = createLimiter({ now: () => now, log: { warn: () => undefined } });
      const domains: RateLimitDomain[] = [{ domain: 'd', descriptors: config }];
      limiter.configure(domains);
      const counted = new Map<string, { total: number; passed: number }>();
      for (const { entries, hits, after } of requests) {
        now += after;
        const [decision] = limiter.decide('d', [{ entries }], hits);
        const expected = naiveLimit(config, entries);
        expect(decision?.limit).toEqual(expected);
        if (!expected) {
          expect(decision?.overLimit).toBe(false);
          continue;
        }
        const length = seconds[expected.unit] ?? NaN;
        const key = JSON.stringify([expected.unit, Math.floor(now / 1000 / length), entries]);
        const count = counted.get(key) ?? { total: 0, passed: 0 };
        counted.set(key, count);
        count.total += Math.max(hits, 1);
        if (!decision?.overLimit) count.passed += Math.max(hits, 1);
        expect(decision).toMatchObject({
          overLimit: count.total > expected.requestsPerUnit,
          remaining: Math.max(expected.requestsPerUnit - count.total, 0),
          secondsUntilReset: length - (Math.floor(now / 1000) % length),
        });
        expect(count.passed).toBeLessThanOrEqual(expected.requestsPerUnit);
      }
    }),
    { numRuns: 500 },
  );
});
