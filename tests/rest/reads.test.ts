import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { selfSigned } from '../support/certificates';
import type { Gateway } from './gateway';
import { rows, run, startGateway } from './gateway';
import { createHttps } from './scripts';

const pair = selfSigned('enroute.local');
let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway();
  await run(gateway, createHttps(pair));
  await gateway.form('POST', '/service/demo/route', {
    Route_Name: 'get',
    Route_Config: '{"prefix":"/get","header":[{"name":":method","exact":"GET"}]}',
  });
  await gateway.form('POST', '/proxy/second/service/later');
});

afterAll(() => gateway.stop());

/** Every path that is read, in the order of the reference. */
const READS = [
  '/proxy',
  '/proxy/gw',
  '/proxy/nobody',
  '/proxy/dump',
  '/proxy/dump/gw',
  '/proxy/dump/nobody',
  '/proxy/gw/service',
  '/proxy/gw/service/demo',
  '/proxy/gw/globalconfig',
  '/service',
  '/service/demo',
  '/service/nobody',
  '/service/demo/proxy',
  '/service/dump/demo',
  '/service/demo/route',
  '/service/demo/route/gs_route',
  '/service/demo/route/gs_route/upstream',
  '/service/demo/secret',
  '/service/demo/filter/global_lua_filter',
  '/service/demo/filter',
  '/service/demo/route/gs_route/filter/route_rl_filter',
  '/service/demo/route/gs_route/filter',
  '/upstream',
  '/upstream/server1',
  '/upstream/server1/route',
  '/secret',
  '/filter',
  '/filter/route_rl_filter',
  '/globalconfig',
  '/globalconfig/gc',
];

/** Fields in the reference's order (2.1), timestamps and PEM texts left out. */
test('every read shows the fields of the reference in its order', async () => {
  const shown: string[] = [];
  for (const target of READS) {
    const { status, body, headers } = await gateway.get(target);
    expect(headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(body).not.toMatch(/\n$/);
    const stable = (_key: string, value: unknown): unknown => {
      if (typeof value !== 'string') return value;
      if (/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/.test(value)) return 'timestamp';
      return value.includes('-----BEGIN') ? value.slice(0, 27) : value;
    };
    shown.push(`GET ${target} ${status}\n${JSON.stringify(JSON.parse(body), stable, 2)}\n`);
  }
  expectGolden('reads.txt', shown.join('\n'));
});

test('a private key is in no answer, and the certificate is', async () => {
  const [base64 = ''] = /^(?!-)\S+/m.exec(pair.privateKey) ?? [];
  expect(base64.length).toBeGreaterThan(20);
  for (const target of [...READS, '/secret?limit=5', '/proxy/dump?limit=5']) {
    const { body } = await gateway.get(target);
    expect(body).not.toContain(base64);
    expect(body).not.toContain('PRIVATE KEY');
  }
  const [secret] = await rows(gateway, '/secret');
  expect(secret).toMatchObject({
    secret_name: 'enroute.local',
    secret_key: '<redacted>',
    secret_cert: pair.certificate,
    secret_sni: '',
  });
});

test('an answer is the bytes that GraphQL gave', async () => {
  const { body } = await gateway.get('/upstream');
  const [column] = (
    await gateway.database.pool.query<{ text: string }>('SELECT to_json(create_ts)::text AS text FROM saaras_db.upstream')
  ).rows;
  expect(body).toContain(column?.text);
});

test('a list is read page by page, and every page shows where the next begins', async () => {
  for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) await gateway.form('POST', '/proxy', { name });
  const all = await rows(gateway, '/proxy');
  const paged: unknown[] = [];
  for (let after = 0; ;) {
    const page = await rows(gateway, `/proxy?limit=2&after=${after}`);
    if (page.length === 0) break;
    paged.push(...page);
    after = Number(page[page.length - 1]?.proxy_id);
  }
  expect(paged).toEqual(all);
  expect(all.map((proxy) => Number(proxy.proxy_id))).toEqual(all.map((proxy) => Number(proxy.proxy_id)).sort((a, b) => a - b));
});

test.each([
  ['/proxy', 'proxy_id'],
  ['/proxy/dump', 'proxy_id'],
  ['/proxy/gw/service', 'service_id'],
  ['/proxy/gw/globalconfig', 'globalconfig_id'],
  ['/service', 'service_id'],
  ['/service/demo/proxy', 'proxy_id'],
  ['/service/demo/route', 'route_id'],
  ['/service/demo/secret', 'secret_id'],
  ['/service/demo/filter', 'filter_id'],
  ['/service/demo/route/gs_route/filter', 'filter_id'],
  ['/upstream', 'upstream_id'],
  ['/secret', 'secret_id'],
  ['/filter', 'filter_id'],
  ['/globalconfig', 'globalconfig_id'],
])('%s has pages', async (target, id) => {
  const [first, ...others] = await rows(gateway, `${target}?limit=1`);
  expect(others).toEqual([]);
  expect(first?.[id]).toEqual(expect.any(Number));
  expect((await rows(gateway, `${target}?after=${Number(first?.[id])}`)).map((row) => row[id])).not.toContain(first?.[id]);
});

test('the upstreams of a route and the routes of an upstream have pages too', async () => {
  const [route] = await rows(gateway, '/service/demo/route/gs_route/upstream?limit=1');
  expect(route).toMatchObject({ route_upstreams: [{ upstream: { upstream_id: 1, upstream_name: 'server1' } }] });
  expect(await rows(gateway, '/service/demo/route/gs_route/upstream?after=1')).toMatchObject([
    { route_name: 'gs_route', route_upstreams: [] },
  ]);
  expect(await rows(gateway, '/upstream/server1/route?limit=1&after=1')).toEqual([{ route_upstreams: [] }]);
});

test.each([
  'limit=0',
  'limit=1001',
  'limit=x',
  'limit=1.5',
  'limit=',
  'after=x',
  'after=-1',
  'after=99999999999999999999',
  'limit=%zz',
])('the page %s is refused', async (query) => {
  const { status, body } = await gateway.get(`/proxy?${query}`);
  expect([status, typeof (JSON.parse(body) as { code: unknown }).code]).toEqual([400, 'string']);
});

test('a filter of a route is listed for that route of that service only', async () => {
  for (const [service, route] of [
    ['a', 'r1'],
    ['b', 'r2'],
  ])
    await gateway.form('POST', `/service/${service}/route/${route}/filter/shared`);
  await gateway.form('POST', '/service/a/route', { Route_Name: 'r2', Route_Prefix: '/' });
  expect(await rows(gateway, '/service/a/route/r2/filter')).toEqual([]);
  expect(await rows(gateway, '/service/a/route/r2/filter/shared')).toEqual([]);
  expect(await rows(gateway, '/service/a/route/r1/filter')).toMatchObject([{ filter_name: 'shared' }]);
});

function expectGolden(name: string, text: string): void {
  const file = path.join(__dirname, 'golden', name);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
