import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { ask } from '../../support/http-client';
import type { HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { CHECK, proxy, route, service, upstream } from '../../support/models';
import { churn } from './churn/churn';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('no request is answered badly', () => {
  let gateway: GatewayUnderTest;
  let one: HttpServer;
  let two: HttpServer;

  beforeEach(async () => {
    gateway = await startGatewayUnderTest();
    [one, two] = await Promise.all([startHttpServer({ name: 'one' }), startHttpServer({ name: 'two' })]);
  });

  afterEach(async () => {
    await gateway.stop();
    await Promise.all([one.stop(), two.stop()]);
  });

  it.each([
    ['an xDS server that stays', undefined],
    ['an xDS server that is restarted', 2_000],
  ])('while everything is edited under load: %s', async (_, restartEvery) => {
    const report = await churn(gateway, { seconds: 8, rate: 200, seed: 1, restartEvery });
    expect(report.bad).toEqual([]);
    expect(report.streamErrors).toEqual([]);
    expect(report.unserved).toEqual([]);
    expect(report.edits).toBeGreaterThan(50);
  });

  it('while the only upstream of a health-checked cluster moves', async () => {
    const model = (port: number) => proxy([service(1, 'a.test', [route(1, '/', [upstream(1, port, { healthCheck: CHECK })])])]);
    gateway.set(model(one.port));
    const status = async () => (await ask({ port: gateway.httpPort, headers: { host: 'a.test' } })).status;
    await eventually(async () => expect(await status()).toBe(200));
    const bad: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      gateway.set(model(round % 2 === 0 ? two.port : one.port));
      const until = performance.now() + 100;
      while (performance.now() < until) {
        const answer = await status();
        if (answer !== 200) bad.push(answer);
      }
    }
    expect(bad).toEqual([]);
    const left = one.calls();
    gateway.set(model(two.port));
    await eventually(async () =>
      expect(await gateway.stat('cluster.gw_server1_' + one.port + '.membership_total')).toBeLessThan(2),
    );
    await sleep(2_500);
    const settled = one.calls();
    for (let count = 0; count < 20; count += 1) expect(await status()).toBe(200);
    expect(one.calls()).toBe(settled);
    expect(settled).toBeGreaterThanOrEqual(left);
  });
});
