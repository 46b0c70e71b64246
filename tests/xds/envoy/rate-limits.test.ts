import { status as Status } from '@grpc/grpc-js';
import pino from 'pino';
import type { RateLimitAction } from '../../../src/gateway';
import { createLimiter, startRateLimitServer } from '../../../src/ratelimit';
import type { Limiter, RateLimitServer, Rule } from '../../../src/ratelimit';
import { eventually } from '../../support/eventually';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import { ask } from '../../support/http-client';
import type { HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { grpcUpstream, proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('rate limits on a real Envoy', () => {
  let gateway: GatewayUnderTest;
  let limiter: Limiter;
  let limits: RateLimitServer;
  let server: HttpServer;

  beforeAll(async () => {
    const log = pino({ level: 'silent' });
    limiter = createLimiter({ now: () => Date.UTC(2030, 0, 1, 12), log });
    limits = await startRateLimitServer({ host: '127.0.0.1', port: 0, limiter, log });
    gateway = await startGatewayUnderTest({ rateLimitPort: limits.port });
    server = await startHttpServer({ name: 'server' });
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all([limits.close(), server.stop()]);
  });

  const get = (host: string, path = '/', headers: Record<string, string> = {}) =>
    ask({ port: gateway.httpPort, path, headers: { host, ...headers } });
  const up = () => upstream(1, server.port);

  it('limits requests by key, by address and by header, in the domain of the proxy', async () => {
    const limited = (id: number, ...actions: RateLimitAction[]) =>
      route(id, `/${id}`, [up()], { filters: { rateLimits: [actions] } });
    gateway.set(
      proxy(
        [
          service(1, 'limit.test', [
            limited(1, { kind: 'generic_key', value: 'three' }),
            limited(2, { kind: 'remote_address' }),
            limited(3, { kind: 'request_headers', headerName: 'x-app', descriptorKey: 'app' }),
            limited(
              4,
              { kind: 'generic_key', value: 'both' },
              { kind: 'request_headers', headerName: 'x-app', descriptorKey: 'app' },
              { kind: 'remote_address' },
              { kind: 'source_cluster' },
            ),
            route(9, '/', [up()]),
          ]),
        ],
        { rateLimits: [{ id: 1, name: 'gc', domain: 'shop', descriptors: [] }] },
      ),
    );
    const inside = (key: string, value: string | undefined, ...descriptors: Rule[]): Rule => {
      return { key, value, limit: undefined, descriptors };
    };
    const rule = (key: string, value: string | undefined, requestsPerUnit: number): Rule => ({
      ...inside(key, value),
      limit: { unit: 'day', requestsPerUnit, unlimited: false },
    });
    const byAllFour = inside(
      'generic_key',
      'both',
      inside('app', undefined, inside('remote_address', '127.0.0.1', rule('source_cluster', 'gw', 2))),
    );
    limiter.configure([
      {
        domain: 'shop',
        descriptors: [
          rule('generic_key', 'three', 3),
          rule('remote_address', '127.0.0.1', 0),
          rule('app', undefined, 1),
          byAllFour,
        ],
      },
    ]);
    await eventually(async () => expect((await get('limit.test')).status).toBe(200));
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await get('limit.test', '/1')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await get('limit.test', '/2')).status).toBe(429);
    const app = async (name: string, path = '/3') => (await get('limit.test', path, { 'x-app': name })).status;
    expect([await app('a'), await app('a'), await app('b')]).toEqual([200, 429, 200]);
    const four: number[] = [];
    for (const name of ['a', 'a', 'a', 'b']) four.push(await app(name, '/4'));
    expect(four).toEqual([200, 200, 429, 200]);
    expect((await get('limit.test', '/3')).status).toBe(200);
    expect((await get('limit.test')).status).toBe(200);
  });

  it('answers a limited gRPC call RESOURCE_EXHAUSTED', async () => {
    const echo = await startEchoServer({ name: 'grpc' });
    gateway.set(
      proxy([
        service(1, 'grpc.test', [
          route(1, '/', [grpcUpstream(9, echo.port)], { filters: { rateLimits: [[{ kind: 'generic_key', value: 'none' }]] } }),
        ]),
      ]),
    );
    limiter.configure([
      {
        domain: 'enroute',
        descriptors: [
          { key: 'generic_key', value: 'none', limit: { unit: 'day', requestsPerUnit: 0, unlimited: false }, descriptors: [] },
        ],
      },
    ]);
    const client = echoClient(`127.0.0.1:${gateway.httpPort}`, { authority: 'grpc.test' });
    await eventually(() => expect(client.say('x')).rejects.toMatchObject({ code: Status.RESOURCE_EXHAUSTED }));
    client.close();
    echo.kill();
  });

  it('lets requests pass when the rate limit service is away', async () => {
    gateway.set(
      proxy([
        service(1, 'away.test', [route(1, '/', [up()], { filters: { rateLimits: [[{ kind: 'generic_key', value: 'none' }]] } })]),
      ]),
    );
    await eventually(async () => expect((await get('away.test')).status).toBe(429));
    await limits.close();
    await eventually(async () => expect((await get('away.test')).status).toBe(200));
  });

  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
