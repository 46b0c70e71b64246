import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import { startHttpServer } from '../../support/http-echo';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { proxy, route, service, upstream } from '../../support/models';
import { freePorts } from '../../support/ports';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('the upstreams of a route on a real Envoy', () => {
  let gateway: GatewayUnderTest;
  let plain: HttpServer;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    plain = await startHttpServer({ name: 'plain' });
  });

  afterAll(async () => {
    await gateway.stop();
    await plain.stop();
  });

  const status = async (host: string): Promise<number> => (await ask({ port: gateway.httpPort, headers: { host } })).status;

  it('share the calls by their weights, whether their settings are equal or not', async () => {
    const second = await startHttpServer({ name: 'second' });
    const weights = (strategy: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM') => [
      upstream(1, plain.port, { weight: 70 }),
      upstream(2, second.port, { weight: 30, strategy }),
    ];
    const random = { strategy: 'RANDOM' as const };
    gateway.set(
      proxy([
        service(1, 'equal.test', [route(1, '/', weights('ROUND_ROBIN'))]),
        service(2, 'unlike.test', [route(2, '/', weights('LEAST_REQUEST'))]),
        service(3, 'random.test', [
          route(3, '/', [
            upstream(3, plain.port, { ...random, weight: 70 }),
            upstream(4, second.port, { ...random, weight: 30 }),
          ]),
        ]),
      ]),
    );
    for (const host of ['equal.test', 'unlike.test', 'random.test']) {
      await eventually(async () => expect(await status(host)).toBe(200));
      const before = [plain.calls(), second.calls()];
      const callers = Array.from({ length: 20 }, async () => {
        for (let call = 0; call < 100; call += 1) expect(await status(host)).toBe(200);
      });
      await Promise.all(callers);
      const [toPlain, toSecond] = [plain.calls() - before[0]!, second.calls() - before[1]!];
      expect(toPlain + toSecond).toBe(2_000);
      expect(Math.abs(toPlain / 2_000 - 0.7)).toBeLessThan(0.05);
    }
    second.kill();
  });

  it('that refuse connections are passed over for one that does not', async () => {
    const [dead] = await freePorts(1);
    gateway.set(proxy([service(1, 'retry.test', [route(1, '/', [upstream(1, plain.port), upstream(2, dead!)])])]));
    await eventually(async () => expect(await status('retry.test')).toBe(200));
    for (let count = 0; count < 40; count += 1) expect(await status('retry.test')).toBe(200);
    expect(await gateway.stat('cluster.gw_service1_route1.upstream_rq_retry_success')).toBeGreaterThan(5);
  });

  it('keep a client by its cookie when the strategy says so', async () => {
    const second = await startHttpServer({ name: 'second' });
    const sticky = { strategy: 'RING_HASH_COOKIE' as const };
    gateway.set(
      proxy([service(1, 'cookie.test', [route(1, '/', [upstream(1, plain.port, sticky), upstream(2, second.port, sticky)])])]),
    );
    const first = await eventually(async () => {
      const answer = await ask({ port: gateway.httpPort, headers: { host: 'cookie.test' } });
      expect(answer.headers['set-cookie']?.[0]).toContain('X-Contour-Session-Affinity');
      return answer;
    });
    const cookie = first.headers['set-cookie']![0]!.split(';')[0]!;
    const { server } = JSON.parse(first.body) as HttpEcho;
    for (let count = 0; count < 10; count += 1) {
      const { body } = await ask({ port: gateway.httpPort, headers: { host: 'cookie.test', cookie } });
      expect((JSON.parse(body) as HttpEcho).server).toBe(server);
    }
    second.kill();
  });

  it('are protected by the circuit breakers of a route, and not by those of another', async () => {
    const slow = await startHttpServer({
      name: 'slow',
      handler: (_, response) => void sleep(500).then(() => response.end('late')),
    });
    const breakers = { maxConnections: 1, maxPendingRequests: 1, maxRequests: 1, maxRetries: 0 };
    gateway.set(
      proxy([
        service(1, 'breaker.test', [
          route(1, '/guarded', [upstream(1, slow.port)], { filters: { circuitBreakers: breakers } }),
          route(2, '/', [upstream(1, slow.port)]),
        ]),
      ]),
    );
    const statuses = (path: string) =>
      Promise.all(
        Array.from(
          { length: 6 },
          async () => (await ask({ port: gateway.httpPort, path, headers: { host: 'breaker.test' } })).status,
        ),
      );
    await eventually(async () => expect(await statuses('/')).toEqual(Array(6).fill(200)));
    expect(new Set(await statuses('/guarded'))).toEqual(new Set([200, 503]));
    expect(await statuses('/')).toEqual(Array(6).fill(200));
    slow.kill();
  });

  it('that answer with errors are left out where outlier detection says so', async () => {
    const failing = await startHttpServer({ name: 'failing', handler: (_, response) => response.writeHead(500).end() });
    const outlierDetection = {
      ...{ consecutive5xx: 2, enforcingConsecutive5xx: 100 },
      ...{ consecutiveGatewayFailure: 0, enforcingConsecutiveGatewayFailure: 0 },
    };
    gateway.set(
      proxy([
        service(1, 'outlier.test', [
          route(9, '/', [upstream(1, plain.port), upstream(2, failing.port)], { filters: { outlierDetection } }),
        ]),
      ]),
    );
    await eventually(async () => {
      await status('outlier.test');
      expect(await gateway.stat('cluster.gw_service1_route9.outlier_detection.ejections_active')).toBe(1);
    });
    for (let count = 0; count < 20; count += 1) expect(await status('outlier.test')).toBe(200);
    failing.kill();
  });

  it('gave Envoy no cause to warn', () => expect(gateway.warnings()).toEqual([]));
});
