import { eventually } from '../support/eventually';
import { boardUnderTest, envoy } from '../status/boards';
import type { BoardUnderTest } from '../status/boards';
import { refusal } from './caller';
import type { Gateway } from './gateway';
import { startGateway } from './gateway';

const ROUTE = { kind: 'route', name: 'all', of: { kind: 'service', name: 'demo' } } as const;

let gateway: Gateway;
let one: BoardUnderTest;
let two: BoardUnderTest;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.form('POST', '/upstream', {
    upstream_name: 'up',
    upstream_ip: '127.0.0.1',
    upstream_port: '80',
    upstream_hc_path: '/',
  });
  await gateway.form('POST', '/upstream', {
    upstream_name: 'unused',
    upstream_ip: '127.0.0.1',
    upstream_port: '81',
    upstream_hc_path: '/',
  });
  await gateway.form('POST', '/service', { service_name: 'demo', fqdn: 'demo.test' });
  await gateway.form('POST', '/service/demo/route', { route_name: 'all', route_prefix: '/' });
  await gateway.form('POST', '/service/demo/route/all/upstream/up');
  await gateway.form('POST', '/proxy/gw/service/demo');
  await gateway.form('POST', '/service/demo/filter/lua');
  await gateway.form('POST', '/service/demo/secret/tls');
  await gateway.form('POST', '/proxy/gw/globalconfig/gc');
  const { pool } = gateway.database;
  const now = () => Date.parse('2026-01-01T00:00:00Z');
  [one, two] = [boardUnderTest(pool, 'one', now), boardUnderTest(pool, 'two', now)];
});
afterAll(async () => {
  await one.stop();
  await two.stop();
  await gateway.stop();
});

async function data(path: string): Promise<Record<string, unknown>> {
  const answer = await gateway.get(path);
  expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 200, 'application/json; charset=UTF-8']);
  return (JSON.parse(answer.body) as { data: Record<string, unknown> }).data;
}

test('without an Envoy and a rejection there is nothing to tell', async () => {
  expect(await data('/status')).toEqual({ connected: 0, envoys: [], rejected: [] });
  expect(await data('/status/upstream/up')).toEqual({
    kind: 'upstream',
    name: 'up',
    summary: 'programmed on 0 of 0 Envoys of proxy gw',
    programmed: [{ proxy: 'gw', programmed: 0, envoys: 0 }],
    rejected: [],
    health: [],
  });
  expect(await data('/status/upstream/unused')).toMatchObject({ summary: 'served by no proxy', programmed: [] });
});

test('all: the Envoys with what they accepted, and each rejection once, whatever instance says it', async () => {
  for (const [board, node] of [
    [one, 'a'],
    [two, 'b'],
  ] as const) {
    board.envoyConnected('1', envoy(node));
    board.envoyAcknowledged('1', 12);
    board.objectsRejected('gateway', 'gw', [
      { object: { kind: 'filter', name: 'lua', of: { kind: 'service', name: 'demo' } }, reason: 'does not parse' },
    ]);
  }
  two.envoyRejected('1', { resource: 'http/demo.test', reason: 'bad regex' });
  two.objectsRejected('b', 'gw', [{ object: ROUTE, reason: 'bad regex', resource: 'http/demo.test' }]);
  const common = {
    proxy: 'gw',
    peer: '127.0.0.1:50000',
    user_agent: 'envoy/1.40.0',
    acknowledged_change: 12,
    connected_since: '2026-01-02T03:04:05+00:00',
  };
  await eventually(async () =>
    expect(await data('/status')).toEqual({
      connected: 2,
      envoys: [
        { node: 'a', instance: 'one', ...common, last_error: null, last_error_at: null },
        {
          node: 'b',
          instance: 'two',
          ...common,
          last_error: 'http/demo.test: bad regex',
          last_error_at: '2026-01-01T00:00:00+00:00',
        },
      ],
      rejected: [
        {
          kind: 'filter',
          name: 'lua',
          proxy: 'gw',
          object: 'filter lua of service demo',
          rejected_by: 'gateway',
          resource: null,
          reason: 'does not parse',
          since: '2026-01-01T00:00:00+00:00',
        },
        {
          kind: 'route',
          name: 'demo/all',
          proxy: 'gw',
          object: 'route all of service demo',
          rejected_by: 'b',
          resource: 'http/demo.test',
          reason: 'bad regex',
          since: '2026-01-01T00:00:00+00:00',
        },
      ],
    }),
  );
});

test('one object: on how many Envoys it is, and who rejects it', async () => {
  expect(await data('/status/route/demo/all')).toMatchObject({
    kind: 'route',
    name: 'demo/all',
    summary: 'programmed on 1 of 2 Envoys of proxy gw',
    rejected: [{ proxy: 'gw', rejected_by: 'b', reason: 'bad regex', resource: 'http/demo.test' }],
  });
  expect(await data('/status/filter/lua')).toMatchObject({
    summary: 'programmed on 0 of 2 Envoys of proxy gw',
    rejected: [{ rejected_by: 'gateway' }],
  });
  for (const path of ['proxy/gw', 'service/demo', 'secret/tls', 'globalconfig/gc', 'upstream/up'])
    expect(await data(`/status/${path}`)).toMatchObject({ summary: 'programmed on 2 of 2 Envoys of proxy gw', rejected: [] });
});

test('an upstream: its endpoints that an Envoy does not find healthy, for each that tells', async () => {
  const endpoint = { cluster: 'route/1/x', address: '127.0.0.1', port: 80 };
  two.upstreamHealth('b', 'gw', [
    { ...endpoint, health: 'failed_active_health_check', upstreamIds: [1] },
    { ...endpoint, port: 81, health: 'healthy', upstreamIds: [2] },
  ]);
  one.upstreamHealth('a', 'gw', []);
  await eventually(async () =>
    expect((await data('/status/upstream/up')).health).toEqual([
      { node: 'a', proxy: 'gw', unhealthy: [] },
      {
        node: 'b',
        proxy: 'gw',
        unhealthy: [{ ...endpoint, health: 'failed_active_health_check', since: '2026-01-01T00:00:00+00:00' }],
      },
    ]),
  );
  one.upstreamHealth('a', 'gw', undefined);
  two.upstreamHealth('b', 'gw', []);
  await eventually(async () =>
    expect((await data('/status/upstream/up')).health).toEqual([{ node: 'b', proxy: 'gw', unhealthy: [] }]),
  );
  expect(await data('/status/service/demo')).not.toHaveProperty('health');
});

test('what does not exist is a 404 that says where to look; a word alone keeps its old answer', async () => {
  expect(refusal(await gateway.get('/status/upstream/none'))).toEqual({
    status: 404,
    code: 'object_not_found',
    error: 'upstream none does not exist; GET /upstream lists those there are',
  });
  expect(refusal(await gateway.get('/status/route/demo/none'))).toMatchObject({
    status: 404,
    error: 'route none of service demo does not exist; GET /service/demo/route lists those there are',
  });
  expect(refusal(await gateway.get('/status/nothing/none'))).toMatchObject({ status: 404, code: 'not_found' });
  for (const word of ['upstream', 'route', '0c7e']) expect((await gateway.get(`/status/${word}`)).body).toBe('{"Status" : "OK"}');
});
