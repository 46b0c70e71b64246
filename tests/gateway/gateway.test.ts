import type { Change } from '../../src/database';
import { ReadError } from '../../src/gateway';
import type { ProxyModel, Service } from '../../src/gateway';
import { problemInWords } from '../../src/gateway/object';
import { selfSigned } from '../support/certificates';
import type { Harness } from './harness';
import { createHarness, manyServices } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});
afterEach(() => harness.database.drop());

function proxy(name = 'gw'): ProxyModel {
  const model = harness.gateway.proxies.get(name);
  if (!model) throw new Error(`there is no proxy ${name}`);
  return model;
}

/** In the order of their ids; a copy, which stays as it is. */
function services(of = 'gw'): Service[] {
  return [...proxy(of).services.values()].sort((one, other) => one.id - other.id);
}

function service(name: string, of = 'gw'): Service {
  const found = services(of).find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
}

test('an empty database has no proxies; a proxy without services is there', async () => {
  expect(harness.gateway.proxies.size).toBe(0);
  const applied = await harness.run(`INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw')`);
  expect(applied).toEqual({
    changed: [{ model: { name: 'gw', version: '1', services: new Map(), rateLimits: [] }, services: 'all' }],
    removed: [],
    touched: new Map(),
    origins: new Map(),
    counter: '1',
  });
  expect(proxy()).toBe(applied.changed[0]?.model);
});

test('an event tells which proxies its rows belong to, though an earlier event has brought what they say', async () => {
  await harness.run(`
    WITH p AS (INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw') RETURNING proxy_id),
         s AS (INSERT INTO saaras_db.service (service_name, fqdn) VALUES ('demo', 'demo.test') RETURNING service_id)
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) SELECT proxy_id, service_id FROM p, s`);
  const again = (table: string, oldKeys: Change['oldKeys'], newKeys: Change['newKeys']) =>
    harness.gateway.apply({
      kind: 'changes',
      changes: [{ seq: '99', table, oldKeys, newKeys }],
      counter: '99',
      madeAt: 0,
    });
  expect(await again('service', { service_id: 1 }, { service_id: 1 })).toMatchObject({
    changed: [],
    touched: new Map([['gw', new Set([1])]]),
  });
  expect(await again('proxy_service', { proxy_id: 1, service_id: 7 }, null)).toMatchObject({
    changed: [],
    touched: new Map([['gw', new Set([7])]]),
  });
});

test('what is built row by row is what is read at once', async () => {
  const steps = [
    `INSERT INTO saaras_db.service (service_name, fqdn) VALUES ('demo', 'enroute.local')`,
    `WITH p AS (INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw') RETURNING proxy_id)
     INSERT INTO saaras_db.proxy_service (proxy_id, service_id) SELECT proxy_id, 1 FROM p`,
    `INSERT INTO saaras_db.route (route_name, route_prefix, service_id) VALUES ('gs_route', '/', 1)`,
    `INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port, upstream_protocol) VALUES ('server1', '127.0.0.1', 50051, 'grpc')`,
    `INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (1, 1)`,
    `INSERT INTO saaras_db.filter (filter_name, filter_type) VALUES ('lua', 'http_filter_lua'), ('rl', 'route_filter_ratelimit')`,
    `INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (1, 1)`,
    `INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (1, 2)`,
    `UPDATE saaras_db.filter SET filter_config = 'x = 1' WHERE filter_id = 1`,
    `UPDATE saaras_db.filter SET filter_config = '{"descriptors":[{"remote_address":"{}"}]}' WHERE filter_id = 2`,
    `INSERT INTO saaras_db.globalconfig (globalconfig_name, globalconfig_type) VALUES ('gc', 'globalconfig_ratelimit')`,
    `INSERT INTO saaras_db.proxy_globalconfig (proxy_id, globalconfig_id) VALUES (1, 1)`,
    `UPDATE saaras_db.globalconfig SET config = '{"domain":"enroute","descriptors":[{"key":"k"}]}'`,
  ];
  for (const step of steps) await harness.run(step);
  expect(service('demo')).toMatchObject({
    host: 'enroute.local',
    routes: [
      { name: 'gs_route', upstreams: [{ port: 50051, grpc: true }], filters: { rateLimits: [[{ kind: 'remote_address' }]] } },
    ],
    filters: { lua: 'x = 1' },
    problems: [],
  });
  expect(proxy().rateLimits).toMatchObject([{ name: 'gc', domain: 'enroute' }]);
  const fresh = await createHarness(harness);
  expect([...fresh.gateway.proxies.values()].map((model) => ({ ...model, version: '' }))).toEqual([{ ...proxy(), version: '' }]);
});

test('a change reads the services that it touches and leaves the others the objects that they were', async () => {
  await harness.run(manyServices(20));
  await harness.run(`INSERT INTO saaras_db.proxy (proxy_name) VALUES ('other')`);
  const before = services();
  const other = proxy('other');
  harness.sent();
  const applied = await harness.run(`UPDATE saaras_db.upstream SET upstream_weight = 7 WHERE upstream_name = 'u5'`);
  expect(harness.sent()).toEqual([{ name: 'gateway_services', variables: { ids: [5] } }]);
  expect(applied.changed).toEqual([{ model: proxy(), services: new Set([5]) }]);
  expect(proxy().version).toBe(applied.counter);
  expect(service('s5').routes[0]?.upstreams[0]?.weight).toBe(7);
  expect(
    services()
      .filter((candidate, index) => candidate !== before[index])
      .map(({ name }) => name),
  ).toEqual(['s5']);
  expect(proxy('other')).toBe(other);
});

test('rows that were only touched change nothing', async () => {
  await harness.run(manyServices(3));
  const before = proxy();
  const applied = await harness.run(`
    UPDATE saaras_db.upstream SET upstream_name = upstream_name;
    UPDATE saaras_db.service SET service_name = service_name;
    UPDATE saaras_db.proxy SET create_ts = now()`);
  expect(applied).toMatchObject({ changed: [], removed: [] });
  expect(proxy()).toBe(before);
});

test('each kind of row leads to the services and proxies that it is part of', async () => {
  await harness.run(manyServices(4));
  await harness.run(`
    INSERT INTO saaras_db.filter (filter_name, filter_type, filter_config) VALUES ('lua', 'http_filter_lua', ''), ('rl', 'route_filter_ratelimit', '');
    INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (1, 1), (2, 1);
    INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (3, 2);
    INSERT INTO saaras_db.secret (secret_name) VALUES ('tls');
    INSERT INTO saaras_db.service_secret (service_id, secret_id) VALUES (2, 1);
    INSERT INTO saaras_db.globalconfig (globalconfig_name) VALUES ('gc');
    INSERT INTO saaras_db.proxy_globalconfig (proxy_id, globalconfig_id) VALUES (1, 1)`);
  const read = async (sql: string) => {
    harness.sent();
    await harness.run(sql);
    return harness.sent().map(({ name, variables }) => ({ [name]: variables['ids'] }));
  };
  expect(await read(`UPDATE saaras_db.filter SET filter_config = 'x = 1' WHERE filter_name = 'lua'`)).toEqual([
    { gateway_services: [1, 2] },
  ]);
  expect(await read(`UPDATE saaras_db.filter SET filter_config = '{}' WHERE filter_name = 'rl'`)).toEqual([
    { gateway_services: [3] },
  ]);
  expect(await read(`UPDATE saaras_db.secret SET secret_key = 'k'`)).toEqual([{ gateway_services: [2] }]);
  expect(await read(`UPDATE saaras_db.globalconfig SET config = ''`)).toEqual([{ gateway_proxies: [1] }]);
  const moved = `UPDATE saaras_db.route SET service_id = 4, route_name = 'moved' WHERE route_id = 3`;
  expect(await read(moved)).toEqual([{ gateway_services: [3, 4] }]);
  expect(service('s4').routes.map(({ name }) => name)).toEqual(['moved', 'r']);
});

test('a service that no proxy serves is not read until one does', async () => {
  await harness.run(manyServices(1));
  harness.sent();
  await harness.run(`
    INSERT INTO saaras_db.service (service_name, fqdn) VALUES ('alone', 'alone.test');
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id) VALUES ('r', '/', 2);
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (2, 1)`);
  expect(harness.sent()).toEqual([]);
  await harness.run(`INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 2)`);
  expect(service('alone').routes[0]?.upstreams).toHaveLength(1);
  await harness.run(`DELETE FROM saaras_db.proxy_service WHERE service_id = 2`);
  expect(services().map(({ name }) => name)).toEqual(['s1']);
  harness.sent();
  await harness.run(`UPDATE saaras_db.service SET fqdn = 'other.test' WHERE service_id = 2`);
  expect(harness.sent()).toEqual([]);
});

test('a service of two proxies is one object, and both change with it', async () => {
  await harness.run(manyServices(2));
  await harness.run(`
    INSERT INTO saaras_db.proxy (proxy_name) VALUES ('edge');
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (2, 1)`);
  expect(service('s1')).toBe(service('s1', 'edge'));
  const { changed } = await harness.run(`UPDATE saaras_db.service SET fqdn = 'new.test' WHERE service_id = 1`);
  expect(changed.map(({ model }) => model.name).sort()).toEqual(['edge', 'gw']);
  expect(changed.map((change) => change.services)).toEqual([new Set([1]), new Set([1])]);
  expect(service('s1')).toBe(service('s1', 'edge'));
  const unlinked = await harness.run(`DELETE FROM saaras_db.proxy_service WHERE proxy_id = 2`);
  expect(unlinked.changed).toEqual([{ model: proxy('edge'), services: new Set([1]) }]);
  expect(service('s1').host).toBe('new.test');
});

test('deleted and renamed proxies are told', async () => {
  await harness.run(manyServices(1));
  const renamed = await harness.run(`UPDATE saaras_db.proxy SET proxy_name = 'edge'`);
  expect(renamed).toMatchObject({ removed: ['gw'], changed: [{ model: { name: 'edge' }, services: 'all' }] });
  expect(services('edge').map(({ name }) => name)).toEqual(['s1']);
  const deleted = await harness.run(`DELETE FROM saaras_db.proxy_service; DELETE FROM saaras_db.proxy`);
  expect(deleted).toMatchObject({ removed: ['edge'], changed: [] });
  expect(harness.gateway.proxies.size).toBe(0);
});

test('two proxies that swap their names swap their content', async () => {
  await harness.run(manyServices(1));
  await harness.run(`INSERT INTO saaras_db.proxy (proxy_name) VALUES ('edge')`);
  const applied = await harness.run(`
    UPDATE saaras_db.proxy SET proxy_name = 'tmp' WHERE proxy_id = 1;
    UPDATE saaras_db.proxy SET proxy_name = 'gw' WHERE proxy_id = 2;
    UPDATE saaras_db.proxy SET proxy_name = 'edge' WHERE proxy_id = 1`);
  expect(applied.removed).toEqual([]);
  expect(applied.changed.map((change) => change.services)).toEqual(['all', 'all']);
  expect(services('edge')).toHaveLength(1);
  expect(services('gw')).toHaveLength(0);
});

test('a certificate authority is found when it comes, followed while it changes, and missed when it goes', async () => {
  await harness.run(manyServices(2));
  await harness.run(
    `UPDATE saaras_db.upstream SET upstream_protocol = 'tls', upstream_validation_cacertificate = 'ca' WHERE upstream_id = 1`,
  );
  expect(service('s1').routes[0]?.upstreams).toEqual([]);
  expect(service('s1').problems).toHaveLength(1);
  const [first, second] = [selfSigned('one.test').certificate, selfSigned('two.test').certificate];
  await harness.run(`INSERT INTO saaras_db.secret (secret_name, secret_cert) VALUES ('ca', $1)`, [first]);
  const authority = () => service('s1').routes[0]?.upstreams[0]?.validation?.caCertificate;
  expect(authority()).toBe(first);
  await harness.run(
    `INSERT INTO saaras_db.artifact (artifact_name, artifact_type, artifact_value, secret_id) VALUES ('a', 'ca.crt', $1, 1)`,
    [second],
  );
  expect(authority()).toBe(second);
  await harness.run(`DELETE FROM saaras_db.artifact`);
  expect(authority()).toBe(first);
  await harness.run(`UPDATE saaras_db.secret SET secret_name = 'renamed'`);
  expect(service('s1').routes[0]?.upstreams).toEqual([]);
  await harness.run(`UPDATE saaras_db.secret SET secret_name = 'ca'`);
  expect(authority()).toBe(first);
  expect(service('s2').routes[0]?.upstreams).toHaveLength(1);
});

test('a read that fails leaves everything as it is, and the same change can be applied again', async () => {
  await harness.run(manyServices(2));
  const before = proxy();
  const held = services();
  harness.failNext();
  const change = harness.run(`UPDATE saaras_db.service SET fqdn = 'new.test' WHERE service_id = 1`);
  await expect(change).rejects.toThrow(ReadError);
  await expect(change).rejects.toThrow('the configuration cannot be read (gateway_services): database unreachable');
  expect(proxy()).toBe(before);
  harness.failNext();
  await expect(harness.reset()).rejects.toThrow(ReadError);
  expect(proxy()).toBe(before);
  expect(services()).toEqual(held);
  const applied = await harness.reset();
  expect(applied.changed).toEqual([{ model: proxy(), services: new Set([1]) }]);
  expect(service('s1').host).toBe('new.test');
  expect(service('s2')).toBe(held[1]);
});

test('after a reset, what did not change is the same object, and what is gone is told', async () => {
  await harness.run(manyServices(3));
  await harness.run(`INSERT INTO saaras_db.proxy (proxy_name) VALUES ('edge')`);
  const before = proxy();
  const [first] = services();
  expect(await harness.reset()).toMatchObject({ changed: [], removed: [] });
  expect(proxy()).toBe(before);
  await harness.database.pool.query(`
    DELETE FROM saaras_db.proxy WHERE proxy_name = 'edge';
    DELETE FROM saaras_db.proxy_service WHERE service_id = 3;
    UPDATE saaras_db.service SET fqdn = 'new.test' WHERE service_id = 2`);
  const applied = await harness.reset();
  expect(applied).toEqual({
    changed: [{ model: proxy(), services: new Set([2, 3]) }],
    removed: ['edge'],
    touched: new Map(),
    origins: new Map(),
    counter: proxy().version,
  });
  expect(services().map(({ host }) => host)).toEqual(['s1.test', 'new.test']);
  expect(service('s1')).toBe(first);
});

test('a table that was emptied makes everything be read', async () => {
  await harness.run(manyServices(2));
  harness.sent();
  await harness.run('TRUNCATE saaras_db.route_upstream');
  expect(harness.sent().map(({ name }) => name)).toEqual(['gateway_everything']);
  expect(services().map(({ routes }) => routes[0]?.upstreams)).toEqual([[], []]);
});

test('what the routes of a service have many links to is read once, and comes out the same', async () => {
  await harness.run(manyServices(2));
  await harness.run(`
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id) SELECT 'many' || n, '/' || n, 1 FROM generate_series(1, 100) n;
    INSERT INTO saaras_db.upstream (upstream_name) VALUES ('unusable');
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id)
      SELECT route_id, upstream_id FROM saaras_db.route, saaras_db.upstream WHERE route_name LIKE 'many%';
    INSERT INTO saaras_db.filter (filter_name, filter_type, filter_config)
      VALUES ('rl', 'route_filter_ratelimit', '{"descriptors":[{"remote_address":"{}"}]}'), ('bad', 'route_filter_ratelimit', 'x'), ('lua', 'http_filter_lua', '');
    INSERT INTO saaras_db.route_filter (route_id, filter_id)
      SELECT route_id, filter_id FROM saaras_db.route, saaras_db.filter WHERE route_name LIKE 'many%' AND filter_name <> 'lua';
    INSERT INTO saaras_db.service_filter (service_id, filter_id) SELECT 1, filter_id FROM saaras_db.filter WHERE filter_name = 'lua'`);
  const { routes } = service('s1');
  expect(routes).toHaveLength(101);
  expect(routes.at(-1)).toMatchObject({
    upstreams: [{ name: 'u1' }, { name: 'u2' }],
    filters: { rateLimits: [{}], broken: 'filter bad' },
  });
  // Said once, however many routes it is true of.
  expect(service('s1').problems.map(problemInWords)).toEqual([
    'upstream unusable of service s1: has no address',
    expect.stringContaining('filter bad of service s1: '),
  ]);
  harness.sent();
  await harness.run(`UPDATE saaras_db.upstream SET upstream_weight = 7 WHERE upstream_name = 'u1'`);
  expect(harness.sent().map(({ name }) => name)).toEqual(['gateway_large_services']);
  const weighted = routes.map((route) => ({
    ...route,
    upstreams: route.upstreams.map((upstream) => (upstream.name === 'u1' ? { ...upstream, weight: 7 } : upstream)),
  }));
  expect(service('s1').routes).toEqual(weighted);
  expect((await harness.reset()).changed).toEqual([]);
});

test('at 3,000 services a change of one weight reads one service', async () => {
  await harness.database.pool.query(manyServices(3_000));
  await harness.reset();
  const before = services();
  expect(before).toHaveLength(3_000);
  harness.sent();
  await harness.run(`UPDATE saaras_db.upstream SET upstream_weight = 7 WHERE upstream_name = 'u1500'`);
  expect(harness.sent()).toEqual([{ name: 'gateway_services', variables: { ids: [1500] } }]);
  expect(services().filter((candidate, index) => candidate !== before[index])).toEqual([service('s1500')]);
});
