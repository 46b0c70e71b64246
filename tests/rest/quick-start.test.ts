import { selfSigned } from '../support/certificates';
import type { Gateway, Step } from './gateway';
import { attempt, run, startGateway, storedRows } from './gateway';
import { CREATE_GRPC, CREATE_HTTP, createHttps, deletes, repeated, SHOW } from './scripts';

const pair = selfSigned('enroute.local');
const CREATE_HTTPS = createHttps(pair);
/** Counts of the deletes after each create mode, and after all of them. */
const AFTER_HTTP = [1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1];
const AFTER_HTTPS = [1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1];
const AFTER_GRPC = [1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1];
const AFTER_ALL = [1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1];

let gateway: Gateway;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.stop());

test.each([
  ['create-http', CREATE_HTTP, AFTER_HTTP],
  ['create-https', CREATE_HTTPS, AFTER_HTTPS],
  ['create-grpc', CREATE_GRPC, AFTER_GRPC],
])('%s, again, show and delete', async (_mode, create, counts) => {
  await run(gateway, create);
  const stored = await storedRows(gateway);
  await run(gateway, [...repeated(create), ...SHOW]);
  expect(await storedRows(gateway)).toBe(stored);
  await run(gateway, deletes(counts));
  expect(await storedRows(gateway)).toBe(0);
  await run(gateway, deletes(counts.map(() => 0)));
});

test('any mix of the create modes is removed by delete; a later mode keeps host and prefix of the first', async () => {
  await run(gateway, CREATE_GRPC);
  await attempt(gateway, [...CREATE_HTTP, ...CREATE_HTTPS]);
  const [dump] = await run(gateway, [{ call: 'GET /service/dump/demo', status: 200 }]);
  expect(dump?.body).toContain('"127.0.0.1"');
  expect(dump?.body).toContain('/echo/HelloWorld');
  await run(gateway, deletes(AFTER_ALL));
  expect(await storedRows(gateway)).toBe(0);
});

test('the partial modes on an empty database create what they link', async () => {
  const [lua, showLua, attachLua, rateLimit, attachRateLimit, globalconfig, attachGlobalconfig] = CREATE_HTTP.slice(7);
  await run(gateway, [
    attachLua,
    attachRateLimit,
    attachGlobalconfig,
    { call: 'GET /filter/global_lua_filter', status: 200 },
  ] as Step[]);
  await run(gateway, deletes([1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1]));
  expect(await storedRows(gateway)).toBe(0);

  await run(gateway, [lua, showLua, rateLimit, globalconfig] as Step[]);
  await run(gateway, [
    { call: 'DELETE /service/demo/filter/global_lua_filter', status: 201, count: ['delete_saaras_db_service_filter', 0] },
    { call: 'DELETE /filter/global_lua_filter', status: 200, count: ['delete_saaras_db_filter', 1] },
    { call: 'DELETE /service//route/gs_route/filter/route_rl_filter', status: 201, count: ['delete_saaras_db_route_filter', 0] },
    { call: 'DELETE /filter/route_rl_filter', status: 200, count: ['delete_saaras_db_filter', 1] },
    { call: 'DELETE /globalconfig/gc', status: 200, count: ['delete_saaras_db_globalconfig', 1] },
  ]);
  expect(await storedRows(gateway)).toBe(0);
});

test('a service that a link created gets its fqdn when it is created', async () => {
  await run(gateway, [
    { call: 'POST /proxy/gw/service/demo', status: 201, count: ['insert_saaras_db_proxy_service', 3] },
    {
      call: 'POST /service',
      form: { Service_Name: 'demo', fqdn: 'enroute.local' },
      status: 201,
      count: ['insert_saaras_db_service', 1],
    },
    {
      call: 'POST /service',
      form: { Service_Name: 'demo', fqdn: 'other.local' },
      status: 201,
      count: ['insert_saaras_db_service', 1],
    },
  ]);
  expect((await gateway.get('/service/demo')).body).toContain('"enroute.local"');
});
