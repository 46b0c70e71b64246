import type { ServiceError } from '@grpc/grpc-js';
import { credentials, status } from '@grpc/grpc-js';
import type { RateLimitResponse } from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import {
  RateLimitRequest,
  RateLimitResponse_Code as Code,
  RateLimitResponse_RateLimit_Unit as Unit,
  RateLimitServiceClient,
} from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import { StartError } from '../../src/errors';
import { createLogger } from '../../src/log';
import type { Limiter, RateLimitServer } from '../../src/ratelimit';
import { createLimiter, startRateLimitServer } from '../../src/ratelimit';

const log = createLogger('silent');
let now = Date.UTC(2026, 0, 1);
let limiter: Limiter;
let server: RateLimitServer;
let client: RateLimitServiceClient;

beforeEach(async () => {
  limiter = createLimiter({ now: () => now, log });
  server = await startRateLimitServer({ host: '127.0.0.1', port: 0, limiter, log });
  client = new RateLimitServiceClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
});

afterEach(async () => {
  client.close();
  await server.close();
});

function ask(request: Partial<RateLimitRequest>): Promise<RateLimitResponse> {
  return new Promise((resolve, reject) => {
    client.shouldRateLimit(RateLimitRequest.fromPartial(request), (error: ServiceError | null, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

const DEFAULT = { entries: [{ key: 'generic_key', value: 'default' }] };

function configure(requestsPerUnit: number, unit: 'second' | 'minute' | 'week' = 'minute'): void {
  const limit = { unit, requestsPerUnit, unlimited: false };
  limiter.configure([{ domain: 'enroute', descriptors: [{ key: 'generic_key', value: 'default', limit, descriptors: [] }] }]);
}

test('a decision carries the limit, what remains and the rest of the window', async () => {
  configure(2);
  now += 10_000;
  const first = await ask({ domain: 'enroute', descriptors: [DEFAULT] });
  expect(first.overallCode).toBe(Code.OK);
  expect(first.statuses).toEqual([
    expect.objectContaining({
      code: Code.OK,
      currentLimit: { name: '', requestsPerUnit: 2, unit: Unit.MINUTE },
      limitRemaining: 1,
      durationUntilReset: { seconds: 50n, nanos: 0 },
    }),
  ]);
  const third = await ask({ domain: 'enroute', descriptors: [DEFAULT], hitsAddend: 2 });
  expect(third).toMatchObject({ overallCode: Code.OVER_LIMIT, statuses: [{ code: Code.OVER_LIMIT, limitRemaining: 0 }] });
});

test('the answer is over the limit when any descriptor is', async () => {
  configure(0);
  const other = { entries: [{ key: 'unlimited', value: 'x' }] };
  const { overallCode, statuses } = await ask({ domain: 'enroute', descriptors: [other, DEFAULT, other] });
  expect(overallCode).toBe(Code.OVER_LIMIT);
  expect(statuses.map(({ code }) => code)).toEqual([Code.OK, Code.OVER_LIMIT, Code.OK]);
  expect(statuses[0]?.currentLimit).toBeUndefined();
});

test('a new configuration acts on the next call', async () => {
  configure(5, 'week');
  expect((await ask({ domain: 'enroute', descriptors: [DEFAULT] })).statuses[0]).toMatchObject({
    limitRemaining: 4,
    // RateLimitResponse.RateLimit.Unit.WEEK of newer Envoys.
    currentLimit: { unit: 7 },
  });
  configure(0);
  expect((await ask({ domain: 'enroute', descriptors: [DEFAULT] })).overallCode).toBe(Code.OVER_LIMIT);
});

test('a limit that the request brings is used', async () => {
  configure(100);
  const own = { ...DEFAULT, limit: { requestsPerUnit: 1, unit: Unit.HOUR as number } };
  expect((await ask({ domain: 'enroute', descriptors: [own] })).overallCode).toBe(Code.OK);
  expect((await ask({ domain: 'enroute', descriptors: [own] })).overallCode).toBe(Code.OVER_LIMIT);
  await expect(
    ask({ domain: 'enroute', descriptors: [{ ...DEFAULT, limit: { requestsPerUnit: 1, unit: 0 } }] }),
  ).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
  });
});

test('an unknown domain passes; no domain and no descriptors are invalid', async () => {
  expect((await ask({ domain: 'nowhere', descriptors: [DEFAULT] })).overallCode).toBe(Code.OK);
  await expect(ask({ domain: '', descriptors: [DEFAULT] })).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: 'rate limit domain must not be empty',
  });
  await expect(ask({ domain: 'enroute', descriptors: [] })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
});

test('calls at once never pass more than the limit', async () => {
  configure(25);
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask({ domain: 'enroute', descriptors: [DEFAULT] })));
  expect(answers.filter(({ overallCode }) => overallCode === Code.OK)).toHaveLength(25);
});

test('a port in use stops the start with one line', async () => {
  const second = startRateLimitServer({ host: '127.0.0.1', port: server.port, limiter, log });
  await expect(second).rejects.toThrow(StartError);
  await expect(second).rejects.toThrow(`RATELIMIT_PORT ${server.port} cannot be used on RATELIMIT_HOST 127.0.0.1: it is in use`);
});
