import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../../src/log';
import { createStatusBoard } from '../../src/status';
import { eventually } from '../support/eventually';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';
import { createHarness } from '../gateway/harness';
import type { BoardUnderTest } from './boards';
import { boardUnderTest, envoy } from './boards';

const ROUTE = { kind: 'route', name: 'all', of: { kind: 'service', name: 'demo' } } as const;
const FILTER = { kind: 'filter', name: 'lua', of: ROUTE } as const;

let database: TestDatabase;
const boards: BoardUnderTest[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const board of boards.splice(0)) await board.stop();
  await database.drop();
});

function start(instance?: string, now?: () => number): BoardUnderTest {
  const board = boardUnderTest(database.pool, instance, now);
  boards.push(board);
  return board;
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await database.pool.query<Record<string, unknown>>(sql)).rows;
}

const ids = async () => (await rows('SELECT id FROM gateway.envoy ORDER BY id')).map(({ id }) => id);

test('an Envoy has a row while it is connected: what it accepted, and what it rejected last', async () => {
  const board = start('one', () => Date.parse('2026-05-06T07:08:09Z'));
  board.envoyConnected('1', envoy('a'));
  await eventually(async () => expect(await rows('SELECT acknowledged_change FROM gateway.envoy')).toHaveLength(1));
  expect(
    await rows(
      'SELECT instance, node, proxy, peer, user_agent, acknowledged_change, connected_since, last_error FROM gateway.envoy',
    ),
  ).toEqual([
    {
      instance: 'one',
      node: 'a',
      proxy: 'gw',
      peer: '127.0.0.1:50000',
      user_agent: 'envoy/1.40.0',
      acknowledged_change: null,
      connected_since: new Date('2026-01-02T03:04:05Z'),
      last_error: null,
    },
  ]);
  board.envoyAcknowledged('1', 41);
  board.envoyAcknowledged('1', 42);
  board.envoyRejected('1', { resource: 'ingress_http', reason: 'no such filter' });
  await eventually(async () =>
    expect(await rows('SELECT acknowledged_change, last_error, last_error_at FROM gateway.envoy')).toEqual([
      { acknowledged_change: '42', last_error: 'ingress_http: no such filter', last_error_at: new Date('2026-05-06T07:08:09Z') },
    ]),
  );
  board.envoyGone('1');
  board.envoyAcknowledged('1', 43);
  await eventually(async () => expect(await rows('SELECT FROM gateway_private.envoy')).toEqual([]));
});

test('rejected objects are there until they are accepted, or until the last stream of that Envoy ends', async () => {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const board = start('one', () => time);
  const shown = () =>
    rows('SELECT kind, name, object, proxy, rejected_by, resource, reason FROM gateway.object_status ORDER BY rejected_by, kind');
  board.envoyConnected('1', envoy('a'));
  board.envoyConnected('2', envoy('a'));
  board.objectsRejected('gateway', 'gw', [
    { object: FILTER, reason: 'does not parse' },
    { object: FILTER, reason: 'is too long' },
  ]);
  board.objectsRejected('a', 'gw', [{ object: ROUTE, reason: 'bad regex', resource: 'http/demo.test' }]);
  await eventually(async () =>
    expect(await shown()).toEqual([
      {
        kind: 'route',
        name: 'demo/all',
        object: 'route all of service demo',
        proxy: 'gw',
        rejected_by: 'a',
        resource: 'http/demo.test',
        reason: 'bad regex',
      },
      {
        kind: 'filter',
        name: 'lua',
        object: 'filter lua of route all of service demo',
        proxy: 'gw',
        rejected_by: 'gateway',
        resource: null,
        reason: 'does not parse; is too long',
      },
    ]),
  );
  const since = await rows(`SELECT since FROM gateway.object_status WHERE kind = 'filter'`);
  time += 60_000;
  board.objectsRejected('gateway', 'gw', [{ object: FILTER, reason: 'does not parse' }]);
  board.envoyGone('1');
  await eventually(async () => expect((await shown()).map(({ reason }) => reason)).toEqual(['bad regex', 'does not parse']));
  expect(await rows(`SELECT since FROM gateway.object_status WHERE kind = 'filter'`)).toEqual(since);
  board.objectsRejected('gateway', 'gw', []);
  board.envoyGone('2');
  await eventually(async () => expect(await rows('SELECT FROM gateway_private.object_status')).toEqual([]));
});

test('what is rejected of one part leaves the others, and an object of several parts is one row with all reasons', async () => {
  const board = start();
  const shown = async () => (await rows('SELECT reason FROM gateway.object_status')).map(({ reason }) => reason);
  board.objectsRejected('gateway', 'gw', [{ object: FILTER, reason: 'does not parse' }], 'one');
  board.objectsRejected('gateway', 'gw', [{ object: FILTER, reason: 'is too long' }], 'two');
  board.objectsRejected('gateway', 'gw', [{ object: FILTER, reason: 'does not parse' }], 'three');
  await eventually(async () => expect(await shown()).toEqual(['does not parse; is too long']));
  board.objectsRejected('gateway', 'gw', [], 'one');
  board.objectsRejected('gateway', 'gw', [], 'two');
  await eventually(async () => expect(await shown()).toEqual(['does not parse']));
  board.objectsRejected('gateway', 'gw', [], 'three');
  await eventually(async () => expect(await shown()).toEqual([]));
});

test('1,000 Envoys are one statement a second, and nothing is written when nothing differs', async () => {
  const board = start();
  await eventually(() => expect(board.statements).toHaveLength(1));
  for (let id = 0; id < 1_000; id += 1) board.envoyConnected(String(id), envoy(`node-${id}`));
  const until = performance.now() + 3_500;
  for (let change = 1; performance.now() < until; change += 1) {
    for (let id = 0; id < 1_000; id += 1) board.envoyAcknowledged(String(id), change);
    await sleep(10);
  }
  for (let id = 0; id < 1_000; id += 1) board.envoyAcknowledged(String(id), 1_000_000);
  await eventually(async () =>
    expect(await rows('SELECT count(*)::int AS envoys, min(acknowledged_change) AS change FROM gateway.envoy')).toEqual([
      { envoys: 1_000, change: '1000000' },
    ]),
  );
  const pauses = board.statements.slice(1).map((at, index) => at - board.statements[index]!);
  expect(Math.min(...pauses)).toBeGreaterThan(950);
  await sleep(1_100);
  const settled = board.statements.length;
  for (let id = 0; id < 1_000; id += 1) board.envoyAcknowledged(String(id), 1_000_000);
  await sleep(1_500);
  expect(board.statements).toHaveLength(settled);
});

test('a database that is away loses nothing, is logged once, and is caught up with', async () => {
  const board = start();
  board.envoyConnected('old', envoy('old'));
  await eventually(async () => expect(await ids()).toEqual(['old']));
  board.setFailure(new Error('connection refused'));
  board.envoyGone('old');
  board.envoyConnected('new', envoy('new'));
  await eventually(() => expect(board.statements.length).toBeGreaterThan(4));
  expect(board.logged.map(({ msg }) => msg)).toEqual(['the status of Envoys and objects cannot be written; it will be']);
  board.envoyAcknowledged('new', 7);
  board.setFailure(undefined);
  await eventually(async () =>
    expect(await rows('SELECT id, acknowledged_change FROM gateway.envoy')).toEqual([{ id: 'new', acknowledged_change: '7' }]),
  );
  expect(board.logged.map(({ msg }) => msg).slice(1)).toEqual(['the status of Envoys and objects is written again']);
});

test('what comes before the database is there is written when it is', async () => {
  let open: (pool: TestDatabase['pool']) => void = () => undefined;
  const board = createStatusBoard({
    pool: new Promise((resolve) => (open = resolve)),
    instance: 'late',
    log: createLogger('silent'),
  });
  board.envoyConnected('1', envoy('a'));
  open(database.pool);
  await eventually(async () => expect(await ids()).toEqual(['1']));
  await board.stop();
  expect(await rows('SELECT FROM gateway_private.instance')).toEqual([]);
});

test('instances keep their rows apart; those of a dead one stop counting, and go when another comes by', async () => {
  const [one, two] = [start('one'), start('two')];
  one.envoyConnected('1', envoy('a'));
  two.envoyConnected('1', envoy('b'));
  two.objectsRejected('gateway', 'gw', [{ object: ROUTE, reason: 'bad' }]);
  await eventually(async () => expect(await rows('SELECT FROM gateway.envoy')).toHaveLength(2));
  await eventually(async () => expect(await rows('SELECT FROM gateway.object_status')).toHaveLength(1));
  await database.pool.query(`UPDATE gateway_private.instance SET seen_at = now() - interval '31 seconds' WHERE instance = 'two'`);
  expect(await rows('SELECT node FROM gateway.envoy')).toEqual([{ node: 'a' }]);
  expect(await rows('SELECT FROM gateway.object_status')).toEqual([]);
  expect(await rows('SELECT FROM gateway_private.envoy')).toHaveLength(2);
  one.envoyAcknowledged('1', 1);
  await eventually(async () => expect(await rows('SELECT FROM gateway_private.envoy')).toHaveLength(1));
  expect(await rows('SELECT FROM gateway_private.object_status')).toEqual([]);

  // It was not dead, only slow.
  two.envoyAcknowledged('1', 5);
  await eventually(async () =>
    expect(await rows('SELECT node, acknowledged_change FROM gateway.envoy ORDER BY node')).toEqual([
      { node: 'a', acknowledged_change: '1' },
      { node: 'b', acknowledged_change: '5' },
    ]),
  );
  await eventually(async () => expect(await rows('SELECT FROM gateway.object_status')).toHaveLength(1));
});

test('texts that Postgres cannot store, or that have no end, stop nothing', async () => {
  const board = start();
  board.envoyConnected('1', envoy('no\0de', { userAgent: '\ud800', peer: 'x'.repeat(1e6) }));
  board.envoyRejected('1', { resource: 'r', reason: `\udc00${'y'.repeat(1e6)}` });
  board.objectsRejected('no\0de', 'gw', [{ object: ROUTE, reason: 'a\0b' }]);
  board.objectsRejected('gateway', 'gw', [{ object: { kind: 'filter', name: 'z'.repeat(5_000) }, reason: 'long' }]);
  await eventually(async () =>
    expect(await rows('SELECT node, user_agent, length(last_error) < 5000 AS short FROM gateway.envoy')).toEqual([
      { node: 'no\ufffdde', user_agent: '\ufffd', short: true },
    ]),
  );
  await eventually(async () => expect(await rows('SELECT FROM gateway.object_status')).toHaveLength(2));
  board.envoyGone('1');
  await eventually(async () => expect(await rows('SELECT reason FROM gateway.object_status')).toEqual([{ reason: 'long' }]));
});

test('an object is programmed on the connected Envoys of its proxy that do not reject it, on none when the gateway does', async () => {
  await database.pool.query(`
    INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw'), ('edge');
    INSERT INTO saaras_db.service (service_name, fqdn) VALUES ('demo', 'demo.test');
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 1), (2, 1);
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id) VALUES ('all', '/', 1), ('more', '/more', 1);
    INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port) VALUES ('up', '127.0.0.1', 1), ('unused', '127.0.0.1', 2);
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (1, 1), (2, 1);
    INSERT INTO saaras_db.filter (filter_name) VALUES ('lua');
    INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (1, 1)`);
  const [one, two] = [start('one'), start('two')];
  one.envoyConnected('1', envoy('a'));
  one.envoyConnected('2', envoy('b'));
  two.envoyConnected('1', envoy('c'));
  two.envoyConnected('2', envoy('d', { proxy: 'edge' }));
  one.objectsRejected('a', 'gw', [
    { object: ROUTE, reason: 'bad', resource: 'http/demo.test' },
    { object: ROUTE, reason: 'bad', resource: 'http/*' },
  ]);
  for (const board of [one, two]) board.objectsRejected('gateway', 'gw', [{ object: FILTER, reason: 'bad' }]);
  await eventually(async () =>
    expect(
      (await rows('SELECT * FROM gateway.object_programmed ORDER BY kind, name, proxy')).map(
        ({ kind, name, proxy, programmed, envoys }) => `${kind} ${name} of ${proxy}: ${programmed} of ${envoys}`,
      ),
    ).toEqual([
      'filter lua of edge: 1 of 1',
      'filter lua of gw: 0 of 3',
      'proxy edge of edge: 1 of 1',
      'proxy gw of gw: 3 of 3',
      'route demo/all of edge: 1 of 1',
      'route demo/all of gw: 2 of 3',
      'route demo/more of edge: 1 of 1',
      'route demo/more of gw: 3 of 3',
      'service demo of edge: 1 of 1',
      'service demo of gw: 3 of 3',
      'upstream up of edge: 1 of 1',
      'upstream up of gw: 3 of 3',
    ]),
  );
});

test('nothing of it is a change of the configuration, so nothing is pushed', async () => {
  const harness = await createHarness();
  await harness.run(`INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw')`);
  const listener = await harness.database.pool.connect();
  const notified: unknown[] = [];
  listener.on('notification', (message) => notified.push(message));
  await listener.query('LISTEN gateway_changes');
  const board = boardUnderTest(harness.database.pool);
  board.envoyConnected('1', envoy('a'));
  board.objectsRejected('gateway', 'gw', [{ object: ROUTE, reason: 'bad' }]);
  board.upstreamHealth('a', 'gw', [
    { cluster: 'upstream/1', address: '127.0.0.1', port: 1, health: 'degraded', upstreamIds: [1] },
  ]);
  const count = async () =>
    (
      await harness.database.pool.query<{
        n: number;
      }>(`SELECT (SELECT count(*) FROM gateway.envoy) + (SELECT count(*) FROM gateway.object_status)
      + (SELECT count(*) FROM gateway.upstream_health) AS n`)
    ).rows[0]?.n;
  await eventually(async () => expect(await count()).toBe('3'));
  await board.stop();
  expect(await count()).toBe('0');
  expect(await harness.catchUp()).toMatchObject({ changed: [], removed: [] });
  expect(harness.sent().filter(({ name }) => name !== 'gateway_proxies')).toEqual([]);
  await listener.query('SELECT 1');
  expect(notified).toEqual([]);
  const logged = await harness.database.pool.query(`SELECT FROM gateway_private.change_log WHERE table_name <> 'proxy'`);
  expect(logged.rowCount).toBe(0);
  listener.release(true);
  await harness.database.drop();
});
