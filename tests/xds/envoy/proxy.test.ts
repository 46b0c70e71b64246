import pino from 'pino';
import type { ProxyModel } from '../../../src/gateway';
import { createLimiter, rateLimitDomains, startRateLimitServer } from '../../../src/ratelimit';
import type { Limiter, RateLimitServer } from '../../../src/ratelimit';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('a real Envoy of another proxy than that of the settings', () => {
  let gateway: GatewayUnderTest;
  let limiter: Limiter;
  let limits: RateLimitServer;
  let ours: HttpServer;
  let theirs: HttpServer;

  beforeAll(async () => {
    const log = pino({ level: 'silent' });
    limiter = createLimiter({ now: () => Date.UTC(2030, 0, 1, 12), log });
    limits = await startRateLimitServer({ host: '127.0.0.1', port: 0, limiter, log });
    gateway = await startGatewayUnderTest({ rateLimitPort: limits.port, proxyName: 'shop' });
    [ours, theirs] = await Promise.all([startHttpServer({ name: 'ours' }), startHttpServer({ name: 'theirs' })]);
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all([limits.close(), ours.stop(), theirs.stop()]);
  });

  const get = (host: string) => ask({ port: gateway.httpPort, headers: { host } });
  const hosts = (name: string, port: number, ...served: string[]): ProxyModel =>
    proxy(
      served.map((host, index) => service(index + 1, host, [route(index + 1, '/', [upstream(index + 1, port)])])),
      { name },
    );

  it('gets what that proxy serves, and nothing of the others', async () => {
    gateway.set(hosts('gw', theirs.port, 'both.test', 'theirs.test'));
    await eventually(async () => expect((await get('both.test')).status).toBe(404));
    gateway.set(hosts('shop', ours.port, 'both.test'));
    await eventually(async () => expect((JSON.parse((await get('both.test')).body) as HttpEcho).server).toBe('ours'));
    expect((await get('theirs.test')).status).toBe(404);
    gateway.set(hosts('gw', theirs.port, 'both.test', 'theirs.test', 'more.test'));
    gateway.set(hosts('shop', ours.port, 'both.test', 'last.test'));
    await eventually(async () => expect((await get('last.test')).status).toBe(200));
    expect([(await get('more.test')).status, theirs.calls()]).toEqual([404, 0]);
  });

  it('is limited by its own limits, though another proxy has a domain of that name', async () => {
    const limitedTo = (name: string, requestsPerUnit: number): ProxyModel => {
      const filters = { rateLimits: [[{ kind: 'generic_key', value: 'all' } as const]] };
      const descriptor = { key: 'generic_key', value: 'all', descriptors: [] };
      return proxy([service(1, 'limit.test', [route(1, '/', [upstream(1, ours.port)], { filters })])], {
        name,
        rateLimits: [
          {
            ...{ id: 1, name: `limits of ${name}`, domain: 'enroute' },
            descriptors: [{ ...descriptor, limit: { unit: 'day', requestsPerUnit, unlimited: false } }],
          },
        ],
      });
    };
    const models = [limitedTo('gw', 0), limitedTo('shop', 2)];
    limiter.configure(rateLimitDomains(models, 'gw').domains);
    const before = ours.calls();
    for (const model of models) gateway.set(model);
    await eventually(async () => expect((await get('limit.test')).status).not.toBe(404));
    for (let count = 0; count < 3; count += 1) await get('limit.test');
    expect(ours.calls() - before).toBe(2);
    expect((await get('limit.test')).status).toBe(429);
  });

  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
