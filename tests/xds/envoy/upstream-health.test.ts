import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointHealth } from '../../../src/status';
import { startUpstreamHealth } from '../../../src/status';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import { startHttpServer } from '../../support/http-echo';
import type { HttpServer } from '../../support/http-echo';
import { CHECK, proxy, route, service, upstream } from '../../support/models';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('the health of upstreams, as a real Envoy sees it', () => {
  let gateway: GatewayUnderTest;
  let well: HttpServer;
  let ill: HttpServer;
  let isIll = true;

  beforeAll(async () => {
    const answer = {
      name: 'ill',
      handler: (_request: unknown, response: { writeHead(status: number): { end(): void } }) =>
        response.writeHead(isIll ? 500 : 200).end(),
    };
    [gateway, well, ill] = await Promise.all([
      startGatewayUnderTest(),
      startHttpServer({ name: 'well' }),
      startHttpServer(answer),
    ]);
  });

  afterAll(async () => {
    await gateway.stop();
    well.kill();
    ill.kill();
  });

  it('is told by upstream: those that fail their check, and those that are ejected, until they are well again', async () => {
    const model = proxy([
      service(1, 'checked.test', [
        route(1, '/', [
          upstream(1, well.port, { healthCheck: CHECK }),
          upstream(2, ill.port, { healthCheck: CHECK, address: 'localhost', isIp: false }),
        ]),
      ]),
      service(2, 'alone.test', [route(2, '/', [upstream(3, ill.port, { healthCheck: CHECK })])]),
      service(3, 'ejected.test', [
        route(3, '/', [upstream(4, ill.port)], {
          filters: {
            outlierDetection: {
              consecutive5xx: 1,
              enforcingConsecutive5xx: 100,
              consecutiveGatewayFailure: 0,
              enforcingConsecutiveGatewayFailure: 0,
            },
          },
        }),
      ]),
    ]);
    gateway.set(model);
    let told: readonly EndpointHealth[] | undefined;
    const board = {
      upstreamHealth: (node: string, name: string, list: typeof told) => {
        expect([node, name]).toEqual(['test', 'gw']);
        told = list;
      },
    };
    // However long a machine with other tests takes, it is asked for all at once.
    const options = { adminPort: gateway.adminPort, node: 'test', proxy: 'gw', model: () => model, board, longestAnswer: 1_000 };
    const poller = startUpstreamHealth(options);
    const seen = () => told?.map(({ upstreamIds, health }) => `${upstreamIds.join()} ${health}`).sort();

    await eventually(() => expect(seen()).toEqual(['2 failed_active_health_check', '3 failed_active_health_check']), 40_000);
    const status = async () => (await ask({ port: gateway.httpPort, headers: { host: 'ejected.test' } })).status;
    await eventually(async () => {
      await status();
      expect(seen()).toEqual(['2 failed_active_health_check', '3 failed_active_health_check', '4 failed_outlier_check']);
    });
    isIll = false;
    await eventually(() => expect(seen()).toEqual(['4 failed_outlier_check']));
    await poller.stop();
    expect(told).toBeUndefined();
  });

  it('is told of all upstreams when they are asked for in parts, and goes when they are gone', async () => {
    isIll = true;
    const numbers = [7, 18, 19, 20, 127];
    const serviceOf = (id: number) =>
      service(id, `s${id}.test`, [
        route(id, '/', [
          upstream(id, ill.port, { healthCheck: { ...CHECK, path: `/${id}` } }),
          upstream(id + 1_000, well.port, { healthCheck: CHECK }),
        ]),
      ]);
    const all = numbers.map(serviceOf);
    let model = proxy(all);
    gateway.set(model);
    let told: readonly EndpointHealth[] | undefined;
    const board = { upstreamHealth: (_node: string, _name: string, list: typeof told) => void (told = list) };
    const options = { adminPort: gateway.adminPort, node: 'test', proxy: 'gw', model: () => model, board, longestAnswer: 0 };
    const poller = startUpstreamHealth(options);
    const seen = () => told?.flatMap(({ upstreamIds }) => upstreamIds).sort((one, other) => one - other);
    await eventually(() => expect(seen()).toEqual(numbers));
    // After three answers that take too long, there are ten parts, one a second.
    await sleep(4_000);
    expect(seen()).toEqual(numbers);
    model = proxy([...all.filter(({ id }) => id !== 18), serviceOf(35)]);
    gateway.set(model);
    await eventually(() => expect(seen()).toEqual([7, 19, 20, 35, 127]), 40_000);
    await poller.stop();
    expect(told).toBeUndefined();
  }, 120_000);
});
