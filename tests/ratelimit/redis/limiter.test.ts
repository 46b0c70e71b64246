import { Redis } from 'ioredis';
import { pino } from 'pino';
import { register } from 'prom-client';
import { createRedisLimiter } from '../../../src/ratelimit';
import type { Descriptor, RateLimitDomain, RedisLimiter, Rule } from '../../../src/ratelimit';
import { eventually } from '../../support/eventually';
import { RedisServer } from '../../support/redis';

let server: RedisServer;
let admin: Redis;
let limiters: RedisLimiter[];
let lines: Record<string, unknown>[];

beforeAll(async () => {
  server = await RedisServer.start({ password: 'pass word/1' });
  admin = new Redis(server.url, { disconnectTimeout: 200 });
  admin.on('error', () => undefined);
});

beforeEach(async () => {
  limiters = [];
  lines = [];
  await eventually(() => admin.flushall());
});

afterEach(() => {
  for (const limiter of limiters) limiter.close();
});

afterAll(async () => {
  admin.disconnect();
  await server.dispose();
});

function rule(key: string, requestsPerUnit: number, unit: 'second' | 'hour' | 'year' = 'hour'): Rule {
  return { key, value: undefined, limit: { unit, requestsPerUnit, unlimited: false }, descriptors: [] };
}

async function open(rules: readonly Rule[], { onFailure = 'allow' as 'allow' | 'deny', url = server.url } = {}) {
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const limiter = createRedisLimiter({ url, onFailure, log });
  limiters.push(limiter);
  await limiter.tried;
  limiter.configure(domains(rules));
  return limiter;
}

function domains(rules: readonly Rule[]): RateLimitDomain[] {
  return [{ domain: 'enroute', descriptors: rules }];
}

function descriptor(...entries: [string, string][]): Descriptor {
  return { entries: entries.map(([key, value]) => ({ key, value })) };
}

const K = descriptor(['k', 'v']);

async function passing(calls: number, ...over: RedisLimiter[]): Promise<number> {
  const decisions = await Promise.all(
    Array.from({ length: calls }, (_, call) => (over[call % over.length] as RedisLimiter).decide('enroute', [K], 1)),
  );
  return decisions.filter(([decision]) => decision?.overLimit === false).length;
}

async function calls(): Promise<number> {
  const stats = await admin.info('commandstats');
  const counts = [...stats.matchAll(/cmdstat_(?:evalsha|eval):calls=(\d+)/g)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function metric(name: string): Promise<number> {
  const [value] = (await register.getSingleMetric(name)?.get())?.values ?? [];
  return value?.value ?? NaN;
}

test('several instances share a limit exactly, their calls at once', async () => {
  const instances = await Promise.all([1, 2, 3].map(() => open([rule('k', 50)])));
  expect(await passing(300, ...instances)).toBe(50);
});

test('a decision is one round trip whatever its descriptors, and of an exhausted counter none', async () => {
  const limiter = await open([rule('k', 1), rule('l', 5), { ...rule('free', 0), limit: undefined }]);
  await limiter.decide('enroute', [K], 1);
  const before = await calls();
  const hits = await metric('enroute_ratelimit_cache_hits_total');
  const both = [K, descriptor(['l', 'v']), descriptor(['free', 'v'])];
  expect(await limiter.decide('enroute', both, 1)).toMatchObject([
    { overLimit: true, remaining: 0, limit: { requestsPerUnit: 1 } },
    { overLimit: false, remaining: 4 },
    { overLimit: false, limit: undefined },
  ]);
  expect((await calls()) - before).toBe(1);
  const [decision] = await limiter.decide('enroute', [K], 1);
  expect(decision).toMatchObject({ overLimit: true, remaining: 0 });
  expect(decision?.secondsUntilReset).toBeGreaterThan(0);
  expect((await calls()) - before).toBe(1);
  expect((await metric('enroute_ratelimit_cache_hits_total')) - hits).toBe(2);
});

test('a limit that was raised counts at once, also where the counter was exhausted', async () => {
  const limiter = await open([rule('k', 2)]);
  expect(await passing(2, limiter)).toBe(2);
  expect(await passing(5, limiter)).toBe(0);
  limiter.configure(domains([rule('k', 4)]));
  expect(await passing(5, limiter)).toBe(2);
});

test('a window begins at a multiple of its unit by the clock of Redis, and an exhausted counter ends with it', async () => {
  const limiter = await open([rule('k', 3, 'second')]);
  const passed = new Map<number, number>();
  const ends = Date.now() + 4_000;
  while (Date.now() < ends) {
    const [before] = await admin.time();
    const [decision] = await limiter.decide('enroute', [K], 1);
    const [after] = await admin.time();
    if (after !== undefined && before === after && decision?.overLimit === false) passed.set(after, (passed.get(after) ?? 0) + 1);
  }
  const whole = [...passed.values()].slice(1, -1);
  expect(whole.length).toBeGreaterThanOrEqual(2);
  // The one that was asked while the window began is in neither.
  for (const count of whole) expect([2, 3]).toContain(count);
});

test('counters leave Redis some time after their window, and keys are short whatever a request brings', async () => {
  const limiter = await open([rule('k', 3, 'second'), rule('y', 3, 'year')]);
  await limiter.decide('enroute', [K, descriptor(['y', 'v'.repeat(10_000)])], 1);
  const keys = (await admin.keys('*')).sort();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^enroute_ratelimit_second_7:enroute\|1,1:kv_\d{10}$/);
  expect(keys[1]).toMatch(/^enroute_ratelimit_year_sha256:[0-9a-f]{64}_\d{10}$/);
  const [second, year] = await Promise.all(keys.map((key) => admin.ttl(key)));
  expect(second).toBeLessThanOrEqual(2);
  expect(second).toBeGreaterThanOrEqual(1);
  expect(year).toBeGreaterThan(31_536_000);
});

test.each([
  ['allow', false],
  ['deny', true],
] as const)(
  'when Redis is killed, limits %s until it is back, what is exhausted stays so, and it is said',
  async (onFailure, isOver) => {
    const limiter = await open([rule('k', 1), rule('l', 5)], { onFailure });
    await limiter.decide('enroute', [K], 2);
    expect(await metric('enroute_ratelimit_redis_up')).toBe(1);
    await server.kill();
    const started = Date.now();
    const decisions = await Promise.all(
      Array.from({ length: 500 }, () => limiter.decide('enroute', [K, descriptor(['l', 'v']), descriptor(['no', 'limit'])], 1)),
    );
    expect(Date.now() - started).toBeLessThan(2_000);
    for (const decision of decisions) {
      expect(decision).toMatchObject([{ overLimit: true }, { overLimit: isOver, uncounted: true }, { overLimit: false }]);
      expect(decision[0]?.uncounted).toBeUndefined();
    }
    await eventually(async () => expect(await metric('enroute_ratelimit_redis_up')).toBe(0));
    await server.start();
    await eventually(async () => {
      const [, decision] = await limiter.decide('enroute', [K, descriptor(['l', 'v'])], 1);
      expect(decision?.uncounted).toBeUndefined();
    }, 20_000);
    expect(await metric('enroute_ratelimit_redis_up')).toBe(1);
    expect(lines.filter(({ msg }) => String(msg).startsWith('Redis is lost'))).toHaveLength(1);
    expect(lines.filter(({ msg }) => String(msg).startsWith('Redis is back'))).toHaveLength(1);
  },
);

test('a Redis that is silent costs each decision a tenth of a second at most, and is used again when it speaks', async () => {
  const limiter = await open([rule('k', 1_000)]);
  await limiter.decide('enroute', [K], 1);
  server.freeze();
  const started = Date.now();
  const first = await Promise.all(Array.from({ length: 200 }, () => limiter.decide('enroute', [K], 1)));
  expect(Date.now() - started).toBeGreaterThanOrEqual(90);
  expect(Date.now() - started).toBeLessThan(1_000);
  expect(first.every(([decision]) => decision?.uncounted)).toBe(true);
  // From now on nothing waits, and nothing is kept for later.
  const later = Date.now();
  for (let call = 0; call < 2_000; call += 1) await limiter.decide('enroute', [K], 1);
  expect(Date.now() - later).toBeLessThan(1_000);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  server.thaw();
  await eventually(async () => {
    const [decision] = await limiter.decide('enroute', [K], 1);
    expect(decision?.uncounted).toBeUndefined();
  }, 20_000);
  const [decision] = await limiter.decide('enroute', [K], 1);
  // The 200 that were sent were counted late; the 2,000 were not sent.
  expect(decision?.remaining).toBeGreaterThan(1_000 - 300);
});

test('a start without Redis does not wait for it, and the password is in no log line', async () => {
  await server.kill();
  const limiter = await open([rule('k', 1)]);
  const [decision] = await limiter.decide('enroute', [K], 1);
  expect(decision).toMatchObject({ overLimit: false, uncounted: true });
  await server.start();
  await eventually(async () => expect((await limiter.decide('enroute', [K], 1))[0]?.uncounted).toBeUndefined(), 20_000);
  const wrong = await open([rule('k', 1)], { url: server.url.replace('pass', 'wrong') });
  expect((await wrong.decide('enroute', [K], 1))[0]?.uncounted).toBe(true);
  const text = JSON.stringify(lines);
  expect(text).toMatch(/WRONGPASS/);
  expect(text).not.toMatch(/pass word|pass%20word|wrong word|wrong%20word/);
});

test('a Redis that was emptied, its scripts too, goes on counting', async () => {
  const limiter = await open([rule('k', 5)]);
  expect(await passing(3, limiter)).toBe(3);
  await admin.flushall();
  await admin.script('FLUSH');
  expect(await passing(10, limiter)).toBe(5);
});

test('a Redis that refuses to write is no limit, and the reason is said', async () => {
  const limiter = await open([rule('k', 1)]);
  await admin.config('SET', 'maxmemory', '1');
  try {
    const [decision] = await limiter.decide('enroute', [K], 1);
    expect(decision).toMatchObject({ overLimit: false, uncounted: true });
    expect(lines).toContainEqual(expect.objectContaining({ reason: expect.stringContaining('OOM') as unknown }));
  } finally {
    await admin.config('SET', 'maxmemory', '0');
  }
  await eventually(async () => expect((await limiter.decide('enroute', [K], 1))[0]?.uncounted).toBeUndefined());
});
