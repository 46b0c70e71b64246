import type { CorsPolicy } from '../../../src/gateway';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import type { Answer } from '../../support/http-client';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { proxy, route, service, upstream } from '../../support/models';
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
  let server: HttpServer;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    server = await startHttpServer({ name: 'server' });
  });

  afterAll(async () => {
    await gateway.stop();
    await server.stop();
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

  it('applies what a host has to requests that write it with capitals', async () => {
    gateway.set(
      proxy([
        service(1, 'lua.test', [route(1, '/', [up()])], { filters: { lua: ADD_HEADER, cors: undefined } }),
        service(2, '*.wild.test', [route(2, '/', [up()])], { filters: { lua: ADD_HEADER, cors: undefined } }),
        service(3, 'exact.wild.test', [route(3, '/', [up()])]),
        service(4, 'plain.test', [route(4, '/', [up()])]),
        service(5, '[fe80::1]', [route(5, '/', [up()])]),
      ]),
    );
    await eventually(async () => expect((await echoed('LUA.Test:80')).headers).toMatchObject({ 'x-lua': 'ran' }));
    await eventually(async () => expect((await echoed('x.Wild.TEST')).headers).toMatchObject({ 'x-lua': 'ran' }));
    for (const host of ['EXACT.wild.test', 'Plain.test', '[FE80::1]', '[fe80::1]:8080']) {
      const { headers } = await echoed(host);
      expect(headers).not.toHaveProperty('x-lua');
      expect(headers).not.toHaveProperty('x-enroute-scope');
      expect(headers.host).toBe(host);
    }
    expect((await get('Nobody.test')).status).toBe(404);
    expect((await get('wild.TEST')).status).toBe(404);
  });

  it('goes on serving when a script fails at run time', async () => {
    gateway.set(
      proxy([
        service(1, 'broken.test', [route(1, '/', [up()])], {
          filters: { lua: 'function envoy_on_request(handle) error("oh") end', cors: undefined },
        }),
      ]),
    );
    await eventually(async () => expect((await echoed('broken.test')).server).toBe('server'));
    expect(await gateway.stat('http.ingress_http.lua.errors')).toBe(1);
  });

  it('answers CORS preflights of an allowed origin, and no other', async () => {
    const policy = { allowMethods: 'GET, OPTIONS', allowHeaders: 'Content-Type', exposeHeaders: 'X-Seen', maxAge: '120' };
    const origins: [CorsPolicy['origins'][number], string, string][] = [
      [{ kind: 'regex', value: 'https://[a-z]+\\.test' }, 'https://abc.test', 'https://abc1.test'],
      [{ kind: 'prefix', value: 'https://shop' }, 'https://shop.test', 'https://other.test'],
      [{ kind: 'exact', value: 'https://a.test' }, 'https://a.test', 'https://a.test:81'],
      [{ kind: 'suffix', value: '.good.test' }, 'https://a.good.test', 'https://good.test'],
      [{ kind: 'contains', value: 'good' }, 'https://the-good-one.test', 'https://bad.test'],
    ];
    gateway.set(
      proxy([
        ...origins.map(([origin], index) =>
          service(index + 1, `${origin.kind}.test`, [route(index + 1, '/', [up()])], {
            filters: { lua: undefined, cors: { ...policy, origins: [origin] } },
          }),
        ),
        service(9, 'regex.test', [route(9, '/without', [up()])]),
      ]),
    );
    const preflight = (host: string, origin: string, path = '/') =>
      get(host, path, { origin, 'access-control-request-method': 'GET' }, 'OPTIONS');
    const allowing = 'access-control-allow-origin';
    await eventually(async () => expect((await get('contains.test')).status).toBe(200));
    for (const [{ kind }, allowed, refused] of origins) {
      const before = server.calls();
      expect(await preflight(`${kind}.test`, allowed)).toMatchObject({
        status: 200,
        headers: {
          [allowing]: allowed,
          'access-control-allow-methods': 'GET, OPTIONS',
          'access-control-allow-headers': 'Content-Type',
          'access-control-max-age': '120',
        },
      });
      expect(server.calls()).toBe(before);
      expect((await preflight(`${kind}.test`, refused)).headers).not.toHaveProperty([allowing]);
      const answer = await get(`${kind}.test`, '/', { origin: allowed });
      expect(answer.headers).toMatchObject({ [allowing]: allowed, 'access-control-expose-headers': 'X-Seen' });
      expect((await get(`${kind}.test`, '/', { origin: refused })).headers).not.toHaveProperty([allowing]);
    }
    expect((await preflight('regex.test', 'https://abc.test', '/without')).headers).not.toHaveProperty([allowing]);
  });

  it('redirects, answers by itself and rewrites hosts', async () => {
    gateway.set(
      proxy([
        service(1, 'own.test', [
          route(1, '/moved', [], { filters: { redirect: { ...redirect, host: 'new.test', responseCode: 308 } } }),
          route(2, '/old', [], { filters: { redirect: { ...redirect, prefixRewrite: '/new', stripQuery: true } } }),
          ...([301, 302, 303, 307, 308] as const).map((responseCode) =>
            route(responseCode, `/${responseCode}`, [], { filters: { redirect: { ...redirect, path: '/there', responseCode } } }),
          ),
          route(7, '/elsewhere', [], { filters: { redirect: { ...redirect, scheme: 'https', port: 8444 } } }),
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
    expect((await get('own.test', '/elsewhere')).headers.location).toBe('https://own.test:8444/elsewhere');
    for (const code of [301, 302, 303, 307, 308]) {
      const headers = { location: 'http://own.test/there' };
      expect(await get('own.test', `/${code}`)).toMatchObject({ status: code, headers });
    }
    expect((await echoed('own.test', '/literal')).headers.host).toBe('inner.test');
    expect((await echoed('own.test', '/of/shop')).headers.host).toBe('shop.test');
  });

  it('gave Envoy no cause to warn, but for the script that fails', () => {
    const [provoked, others] = [true, false].map((lua) => gateway.warnings().filter((line) => line.includes('[lua]') === lua));
    expect(provoked).toContainEqual(expect.stringContaining('oh'));
    expect(others).toEqual([]);
  });
});
