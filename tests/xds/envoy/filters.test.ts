import { status as Status } from '@grpc/grpc-js';
import pino from 'pino';
import { createLimiter, startRateLimitServer } from '../../../src/ratelimit';
import type { Limiter, RateLimitServer } from '../../../src/ratelimit';
import type { RateLimitAction } from '../../../src/gateway';
import { eventually } from '../../support/eventually';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import { ask } from '../../support/http-client';
import type { Answer } from '../../support/http-client';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { grpcUpstream, proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

const ADD_HEADER = 'function envoy_on_request(handle) handle:headers():add("x-lua", "ran") end';
const redirect = {
  scheme: '',
  host: '',
  port: 0,
  path: '',
  prefixRewrite: '',
  regex: '',
  responseCode: 301,
  stripQuery: false,
} as const;

describe('filters on a real Envoy', () => {
  let gateway: GatewayUnderTest;
  let limiter: Limiter;
  let limits: RateLimitServer;
  let server: HttpServer;

  beforeAll(async () => {
    limiter = createLimiter({ now: Date.now, log: pino({ level: 'silent' }) });
    limits = await startRateLimitServer({ host: '127.0.0.1', port: 0, limiter, log: pino({ level: 'silent' }) });
    gateway = await startGatewayUnderTest({ rateLimitPort: limits.port });
    server = await startHttpServer({ name: 'server' });
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all([limits.close(), server.stop()]);
  });

  const get = (host: string, path = '/', headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    ask({ port: gateway.httpPort, path, method, headers: { host, ...headers } });
  const echoed = async (host: string, path = '/'): Promise<HttpEcho> => {
    const { status, body } = await get(host, path);
    expect(status).toBe(200);
    return JSON.parse(body) as HttpEcho;
  };
  const up = () => upstream(1, server.port);

  it('runs Lua for its own service alone, on other hosts and on a host that services share', async () => {
    gateway.set(
      proxy([
        service(1, 'lua.test', [route(1, '/', [up()])], { filters: { lua: ADD_HEADER, cors: undefined } }),
        service(2, 'lua.test', [route(2, '/shared', [up()])]),
        service(3, 'other.test', [route(3, '/', [up()])], {
          filters: { lua: 'function envoy_on_request(handle) handle:headers():add("x-other", "ran") end', cors: undefined },
        }),
        service(4, 'plain.test', [route(4, '/', [up()])]),
      ]),
    );
    await eventually(async () => expect((await echoed('lua.test')).headers).toMatchObject({ 'x-lua': 'ran' }));
    expect((await echoed('lua.test')).headers).not.toHaveProperty('x-other');
    expect((await echoed('lua.test', '/shared')).headers).not.toHaveProperty('x-lua');
    expect((await echoed('other.test')).headers).toMatchObject({ 'x-other': 'ran' });
    expect((await echoed('other.test')).headers).not.toHaveProperty('x-lua');
    const plain = (await echoed('plain.test')).headers;
    expect(Object.keys(plain)).not.toContain('x-lua');
    expect(plain['x-request-start']).toMatch(/^t=\d+\.\d{3}$/);
  });

  it('goes on serving when a script fails at run time', async () => {
    gateway.set(
      proxy([
        service(1, 'lua.test', [route(1, '/broken', [up()])], {
          filters: { lua: 'function envoy_on_request(handle) error("oh") end', cors: undefined },
        }),
      ]),
    );
    await eventually(async () => expect((await echoed('lua.test', '/broken')).server).toBe('server'));
  });

  it('answers CORS preflights of an allowed origin, and no other', async () => {
    const cors = {
      origins: [{ kind: 'suffix', value: '.good.test' } as const],
      allowMethods: 'GET, OPTIONS',
      allowHeaders: 'Content-Type',
      exposeHeaders: '*',
      maxAge: '120',
    };
    gateway.set(proxy([service(1, 'cors.test', [route(1, '/', [up()])], { filters: { lua: undefined, cors } })]));
    const preflight = (origin: string) => get('cors.test', '/', { origin, 'access-control-request-method': 'GET' }, 'OPTIONS');
    await eventually(async () =>
      expect((await preflight('https://a.good.test')).headers).toMatchObject({
        'access-control-allow-origin': 'https://a.good.test',
        'access-control-allow-methods': 'GET, OPTIONS',
        'access-control-max-age': '120',
      }),
    );
    expect((await preflight('https://bad.test')).headers).not.toHaveProperty('access-control-allow-origin');
  });

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
            route(4, '/', [up()]),
          ]),
        ],
        { rateLimits: [{ id: 1, name: 'gc', domain: 'shop', descriptors: [] }] },
      ),
    );
    const rule = (key: string, value: string | undefined, requestsPerUnit: number) => ({
      key,
      value,
      limit: { unit: 'day' as const, requestsPerUnit, unlimited: false },
      descriptors: [],
    });
    limiter.configure([
      {
        domain: 'shop',
        descriptors: [rule('generic_key', 'three', 3), rule('remote_address', '127.0.0.1', 0), rule('app', undefined, 1)],
      },
    ]);
    await eventually(async () => expect((await get('limit.test')).status).toBe(200));
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await get('limit.test', '/1')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await get('limit.test', '/2')).status).toBe(429);
    const app = async (name: string) => (await get('limit.test', '/3', { 'x-app': name })).status;
    expect([await app('a'), await app('a'), await app('b')]).toEqual([200, 429, 200]);
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

  it('redirects, answers by itself and rewrites hosts', async () => {
    gateway.set(
      proxy([
        service(1, 'own.test', [
          route(1, '/moved', [], { filters: { redirect: { ...redirect, host: 'new.test', responseCode: 308 } } }),
          route(2, '/old', [], { filters: { redirect: { ...redirect, prefixRewrite: '/new', stripQuery: true } } }),
          route(3, '/re', [], { filters: { redirect: { ...redirect, regex: '^/re/(.*)$', path: '/\\1' } } }),
          route(4, '/teapot', [], { filters: { directResponse: { status: 418 } } }),
          route(5, '/literal', [up()], { filters: { hostRewrite: { patternRegex: '', substitution: 'inner.test' } } }),
          route(6, '/of', [up()], { filters: { hostRewrite: { patternRegex: '^/of/([a-z]+)$', substitution: '\\1.test' } } }),
        ]),
      ]),
    );
    await eventually(async () => expect((await get('own.test', '/teapot')).status).toBe(418));
    expect(await get('own.test', '/moved?q=1')).toMatchObject({
      status: 308,
      headers: { location: 'http://new.test/moved?q=1' },
    });
    expect(await get('own.test', '/old/x?q=1')).toMatchObject({ status: 301, headers: { location: 'http://own.test/new/x' } });
    expect(await get('own.test', '/re/x')).toMatchObject({ status: 301, headers: { location: 'http://own.test/x' } });
    expect((await echoed('own.test', '/literal')).headers.host).toBe('inner.test');
    expect((await echoed('own.test', '/of/shop')).headers.host).toBe('shop.test');
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

  it('gave Envoy no cause to warn, but for the script that fails', () => {
    const warnings = gateway
      .envoyLog()
      .split('\n')
      .filter((line) => /\]\[(warning|error|critical)\]/.test(line) && !line.includes('[lua]') && !line.includes('script log'));
    expect(warnings).toEqual([]);
  });
});
