import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { echoClient, startEchoServer } from '../../support/grpc-echo';
import { ask } from '../../support/http-client';
import type { HttpEcho, HttpServer } from '../../support/http-echo';
import { startHttpServer } from '../../support/http-echo';
import { CHECK, grpcUpstream, proxy, route, service, upstream } from '../../support/models';
import type { HealthCheck } from '../../../src/gateway';
import { eventually } from '../../support/eventually';
import { startGatewayUnderTest } from './gateway-under-test';
import type { GatewayUnderTest } from './gateway-under-test';

describe('what a real Envoy makes of successive snapshots', () => {
  let gateway: GatewayUnderTest;
  let one: HttpServer;
  let two: HttpServer;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    [one, two] = await Promise.all([startHttpServer({ name: 'one' }), startHttpServer({ name: 'two' })]);
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all([one.stop(), two.stop()]);
  });

  async function server(host: string, path = '/'): Promise<string> {
    const { status, body } = await ask({ port: gateway.httpPort, path, headers: { host } });
    return status === 200 ? (JSON.parse(body) as HttpEcho).server : String(status);
  }

  it('serves the empty configuration, with its listener, to a proxy that is not there', async () => {
    gateway.set(proxy([]));
    expect(await eventually(() => server('a.test'))).toBe('404');
  });

  it('routes by host whatever the port in it, by suffix and by any host, most specific first', async () => {
    gateway.set(
      proxy([
        service(1, '*', [route(1, '/', [upstream(1, one.port)])]),
        service(2, '*.wild.test', [route(2, '/', [upstream(2, two.port)])]),
        service(3, 'exact.wild.test', [route(3, '/', [upstream(1, one.port)])]),
      ]),
    );
    await eventually(async () => expect(await server('a.wild.test')).toBe('two'));
    expect(await server('a.wild.test:1234')).toBe('two');
    expect(await server('exact.wild.test:80')).toBe('one');
    expect(await server('EXACT.WILD.TEST')).toBe('one');
    expect(await server('elsewhere.test')).toBe('one');
  });

  it('changes weights, links and unlinks by endpoints alone, and an unlinked upstream gets nothing more', async () => {
    const both = (weights: [number, number]) =>
      proxy([
        service(1, '*', [
          route(1, '/', [
            upstream(1, one.port, { weight: weights[0], healthCheck: CHECK }),
            upstream(2, two.port, { weight: weights[1], healthCheck: CHECK }),
          ]),
        ]),
      ]);
    gateway.set(both([100, 100]));
    await eventually(async () =>
      expect(new Set(await Promise.all([1, 2, 3, 4].map(() => server('a.test'))))).toEqual(new Set(['one', 'two'])),
    );
    const before = await gateway.stat('cluster_manager.cds.update_success');
    gateway.set(both([100, 0]));
    await eventually(async () => expect(await gateway.stat('cluster.gw_service1_route1.membership_total')).toBe(1));
    const calls = two.calls();
    for (let count = 0; count < 30; count += 1) expect(await server('a.test')).toBe('one');
    const checks = two.calls() - calls;
    expect(checks).toBeLessThan(5);
    gateway.set(both([0, 0]));
    await eventually(async () => expect(await server('a.test')).toBe('two'));
    expect(await gateway.stat('cluster_manager.cds.update_success')).toBe(before);
  });

  it('loses no request while routes move between clusters, upstreams come and go and settings change', async () => {
    const models = [
      proxy([service(1, '*', [route(1, '/', [upstream(1, one.port)])])]),
      proxy([service(1, '*', [route(1, '/', [upstream(1, one.port), upstream(2, two.port)])])]),
      proxy([service(1, '*', [route(1, '/', [upstream(2, two.port)])])]),
      proxy([service(1, '*', [route(1, '/', [upstream(2, two.port, { healthCheck: CHECK })])])]),
      proxy([service(1, '*', [route(7, '/', [upstream(1, one.port), upstream(2, two.port, { strategy: 'LEAST_REQUEST' })])])]),
      proxy([service(1, '*', [route(7, '/', [upstream(1, one.port)]), route(8, '/more', [upstream(3, two.port)])])]),
    ];
    gateway.set(models[0]!);
    await eventually(async () => expect(await server('a.test')).toBe('one'));
    const failures: string[] = [];
    let done = false;
    const load = [1, 2, 3, 4].map(async () => {
      while (!done) {
        const answer = await server('a.test');
        if (answer !== 'one' && answer !== 'two') failures.push(answer);
      }
    });
    for (let round = 0; round < 24; round += 1) {
      gateway.set(models[round % models.length]!);
      await sleep(round % 3 === 0 ? 5 : 120);
    }
    await sleep(300);
    done = true;
    await Promise.all(load);
    expect(failures).toEqual([]);
    await eventually(async () =>
      expect(JSON.parse(await gateway.admin('/clusters?format=json'))).toMatchObject({ cluster_statuses: { length: 4 } }),
    );
  });

  it('does not let a silent upstream hold up another service', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const port = (silent.address() as AddressInfo).port;
    const kept = service(1, 'kept.test', [route(1, '/', [upstream(1, one.port)])]);
    gateway.set(proxy([kept]));
    await eventually(async () => expect(await server('kept.test')).toBe('one'));
    const slow = service(2, 'slow.test', [
      route(2, '/', [upstream(20, port, { healthCheck: { ...CHECK, timeoutSeconds: 15 } })]),
    ]);
    gateway.set(proxy([kept, slow]));
    await sleep(50);
    gateway.set(proxy([kept, slow, service(3, 'fast.test', [route(3, '/', [upstream(2, two.port)])])]));
    const started = Date.now();
    await eventually(async () => expect(await server('fast.test')).toBe('two'));
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await server('kept.test')).toBe('one');
    expect(await server('slow.test')).toBe('404');
    silent.close();
  });

  it('warms a cluster whose settings change in place without waiting for a time-out', async () => {
    const model = (healthCheck: HealthCheck) =>
      proxy([service(1, '*', [route(1, '/', [upstream(1, one.port, { healthCheck })])])]);
    gateway.set(model(CHECK));
    await eventually(async () => expect(await gateway.stat('cluster_manager.warming_clusters')).toBe(0));
    await eventually(async () => expect(await server('a.test')).toBe('one'));
    gateway.set(model({ ...CHECK, intervalSeconds: 2 }));
    await eventually(
      async () => expect(await gateway.admin('/config_dump?resource=dynamic_active_clusters')).toContain('"interval": "2s"'),
      5_000,
    );
  });

  it.each([
    ['scopes', '127.0.0.1'],
    ['one route configuration', '*'],
  ])('keeps a gRPC stream open through changes of content and a restart of the xDS server: %s', async (_, host) => {
    const echo = await startEchoServer({ name: 'grpc' });
    const model = (lua: string | undefined, prefix: string) =>
      proxy([
        service(1, host, [route(1, '/', [grpcUpstream(1, echo.port)])]),
        service(2, 'other.test', [route(2, prefix, [upstream(2, two.port)])], { filters: { lua, cors: undefined } }),
      ]);
    gateway.set(model(undefined, '/'));
    const client = echoClient(`127.0.0.1:${gateway.httpPort}`);
    // Envoy's workers take in a new listener one after the other: connections of all of them are to be served.
    await eventually(async () => {
      for (let connection = 0; connection < 8; connection += 1) {
        const other = echoClient(`127.0.0.1:${gateway.httpPort}`);
        await other.say('ready').finally(() => other.close());
      }
    });
    await client.say('ready');
    const [modified, reset] = await Promise.all(
      ['listener_manager.listener_modified', 'http.ingress_http.downstream_rq_rx_reset'].map((name) => gateway.stat(name)),
    );
    const chat = client.chat();
    const replies: string[] = [];
    chat.on('error', (error) => replies.push(String(error)));
    chat.on('data', ({ text }: { text: string }) => replies.push(text));
    chat.write({ text: 'before' });
    await eventually(() => expect(replies).toEqual(['before']));
    gateway.set(model('function envoy_on_request(handle) handle:headers():add("x-lua", "yes") end', '/x'));
    await eventually(async () => expect(await server('other.test', '/x')).toBe('two'));
    await gateway.restartXds();
    gateway.set(model(undefined, '/y'));
    await eventually(async () => expect(await server('other.test', '/y')).toBe('two'));
    chat.write({ text: 'after' });
    await eventually(() => expect(replies).toEqual(['before', 'after']));
    expect(await gateway.stat('listener_manager.listener_modified')).toBe(modified);
    expect(await gateway.stat('http.ingress_http.downstream_rq_rx_reset')).toBe(reset);
    chat.end();
    client.close();
    echo.kill();
  });

  it('gives a client that comes back nothing that it already has', async () => {
    gateway.set(proxy([service(1, '*', [route(1, '/', [upstream(1, one.port), upstream(2, two.port)])])]));
    await eventually(async () => expect(['one', 'two']).toContain(await server('a.test')));
    await sleep(300);
    const updates = () =>
      Promise.all(
        [
          'cluster_manager.cds.update_success',
          'listener_manager.lds.update_success',
          'http.ingress_http.rds.ingress_http.update_success',
          'cluster.gw_service1_route1.update_success',
        ].map((name) => gateway.stat(name)),
      );
    const connects = gateway.logged.filter(({ msg }) => msg === 'Envoy connected').length;
    const before = await updates();
    await gateway.restartXds();
    await eventually(() => expect(gateway.logged.filter(({ msg }) => msg === 'Envoy connected').length).toBe(connects + 1));
    await sleep(500);
    expect(await updates()).toEqual(before);
    expect(await server('a.test')).not.toBe('404');
  });

  it('names what Envoy rejects and goes on serving the rest', async () => {
    gateway.set(proxy([service(1, '*', [route(1, '/', [upstream(1, one.port)])])]));
    await eventually(async () => expect(await server('a.test')).toBe('one'));
    const bad = service(2, 'bad.test', [route(2, '/', [upstream(9, one.port, { address: 'not an address' })])]);
    gateway.set(proxy([service(1, '*', [route(1, '/', [upstream(1, one.port)])]), bad]));
    await eventually(() =>
      expect(gateway.logged.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('not an address')),
    );
    expect(await server('a.test')).toBe('one');
    gateway.set(proxy([service(1, '*', [route(1, '/z', [upstream(2, two.port)])])]));
    await eventually(async () => expect(await server('a.test', '/z')).toBe('two'));
  });
});
