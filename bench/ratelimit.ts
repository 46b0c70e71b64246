/**
 * Rate limits: decisions a second and their latency, counted in memory and in a redis-server; all share the machine's cores.
 *
 *     npm run bench:ratelimit
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import pino from 'pino';
import { RateLimitRequest, RateLimitServiceClient } from '../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import { createLimiter, createRedisLimiter, startRateLimitServer } from '../src/ratelimit';
import type { Limiter } from '../src/ratelimit';

const SECONDS = 4;
const REDIS_PORT = 17_379;
const log = pino({ level: 'error' });
const limit = { unit: 'hour' as const, requestsPerUnit: 4_000_000_000, unlimited: false };
const domains = [{ domain: 'enroute', descriptors: [{ key: 'user', value: undefined, limit, descriptors: [] }] }];
let user = 0;
const nextUser = (): string => String((user += 1) % 1_000);

type Decide = () => Promise<unknown>;

async function measure(name: string, decide: Decide, atOnce: number): Promise<void> {
  const took: number[] = [];
  const end = performance.now() + SECONDS * 1_000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < end) {
        const started = performance.now();
        await decide();
        took.push(performance.now() - started);
      }
    }),
  );
  took.sort((one, other) => one - other);
  const at = (part: number): string => `${(took[Math.floor(took.length * part)] ?? NaN).toFixed(2)} ms`;
  const rate = Math.round(took.length / SECONDS).toLocaleString('en');
  console.log(`${name}, ${atOnce} at once: ${rate}/s, p50 ${at(0.5)}, p99 ${at(0.99)}, load ${os.loadavg()[0]?.toFixed(1)}`);
}

async function bothWays(name: string, limiter: Limiter): Promise<void> {
  limiter.configure(domains);
  const descriptors = () => [{ entries: [{ key: 'user', value: nextUser() }] }];
  for (const atOnce of [1, 64]) {
    await measure(`${name}, in process`, async () => limiter.decide('enroute', descriptors(), 1), atOnce);
  }
  const server = await startRateLimitServer({ host: '127.0.0.1', port: 0, limiter, log });
  const client = new RateLimitServiceClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
  const ask: Decide = () =>
    new Promise((resolve, reject) => {
      const request = RateLimitRequest.fromPartial({ domain: 'enroute', descriptors: descriptors() });
      client.shouldRateLimit(request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  for (const atOnce of [1, 64]) await measure(`${name}, over gRPC`, ask, atOnce);
  client.close();
  await server.close();
}

async function main(): Promise<void> {
  const redis = spawn('redis-server', ['--port', String(REDIS_PORT), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
  await once(redis, 'spawn');
  await sleep(500);
  await bothWays('memory', createLimiter({ now: Date.now, log }));
  const limiter = createRedisLimiter({ url: `redis://127.0.0.1:${REDIS_PORT}`, onFailure: 'allow', log });
  await limiter.tried;
  await bothWays('Redis', limiter);
  limiter.close();
  redis.kill();
}

void main();
