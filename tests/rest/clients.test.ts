import type { Gateway, Step } from './gateway';
import { rows, run, startGateway, storedRows } from './gateway';

let gateway: Gateway;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.stop());

const write = (call: string, status: number, table: string, count: number, json?: unknown): Step => ({
  call,
  status,
  count: [`${call.startsWith('DELETE') ? 'delete' : 'insert'}_saaras_db_${table}`, count],
  ...(json !== undefined && { json }),
});

test('the client that sends JSON bodies creates, shows and deletes (REST reference 6.2)', async () => {
  const lua = 'function envoy_on_request(handle)\n  handle:logInfo("a; b")\nend\n';
  await run(gateway, [
    { call: 'GET /proxy/dump/gw', status: 200 },
    { call: 'POST /proxy', json: { Name: 'gw' }, status: 201 },
    write('POST /service', 201, 'service', 1, { Service_Name: 'test_svc', Fqdn: 'localhost' }),
    write('POST /service/test_svc/route', 201, 'route', 2, { Route_Name: 'test_route', Route_Prefix: '/' }),
    write('POST /upstream', 201, 'upstream', 1, {
      Upstream_name: 'test_upstream',
      Upstream_ip: 'localhost',
      Upstream_port: '9001',
      Upstream_hc_path: '/',
      Upstream_weight: '100',
    }),
    write('POST /service/test_svc/route/test_route/upstream/test_upstream', 201, 'route_upstream', 4),
    write('POST /proxy/gw/service/test_svc', 201, 'proxy_service', 3),
    write('POST /filter', 200, 'filter', 1, {
      Filter_name: 'test_filter_lua',
      Filter_type: 'http_filter_lua',
      Filter_config: lua,
    }),
    write('POST /service/test_svc/filter/test_filter_lua', 201, 'service_filter', 3),
    write('POST /filter', 200, 'filter', 1, {
      Filter_name: 'test_filter_rl',
      Filter_type: 'route_filter_ratelimit',
      Filter_config: '{"Descriptors":[{"request_headers":{"header_name":"x","descriptor_key":"k"}},{"remote_address":"{}"}]}',
    }),
    write('POST /service/test_svc/route/test_route/filter/test_filter_rl', 201, 'route_filter', 4),
    write('POST /globalconfig', 200, 'globalconfig', 1, {
      Globalconfig_name: 'test_gc',
      Globalconfig_type: 'globalconfig_ratelimit',
      Config:
        '{"domain":"enroute","descriptors":[{"key":"generic_key","value":"default","descriptors":[{"key":"remote_address","rate_limit":{"unit":"second","requests_per_unit":5}}]}]}',
    }),
    write('POST /proxy/gw/globalconfig/test_gc', 201, 'proxy_globalconfig', 3, {
      Globalconfig_name: 'test_gc',
      nothing: ['of', 'this'],
    }),
    ...['/proxy/dump/gw', '/proxy', '/service', '/service/test_svc/route', '/upstream', '/filter', '/globalconfig'].map(
      (path) => ({
        call: `GET ${path}`,
        status: 200,
      }),
    ),
  ]);
  expect(await rows(gateway, '/filter')).toMatchObject([
    { filter_config: { config: lua } },
    {
      filter_config: { descriptors: [{ request_headers: { header_name: 'x', descriptor_key: 'k' } }, { remote_address: '{}' }] },
    },
  ]);
  await run(gateway, [
    write('DELETE /proxy/gw/globalconfig/test_gc', 200, 'proxy_globalconfig', 1),
    write('DELETE /globalconfig/test_gc', 200, 'globalconfig', 1),
    write('DELETE /service/test_svc/route/test_route/filter/test_filter_rl', 201, 'route_filter', 1),
    write('DELETE /filter/test_filter_rl', 200, 'filter', 1),
    write('DELETE /service/test_svc/filter/test_filter_lua', 201, 'service_filter', 1),
    write('DELETE /filter/test_filter_lua', 200, 'filter', 1),
    write('DELETE /service/test_svc/route/test_route/upstream/test_upstream', 200, 'route_upstream', 1),
    write('DELETE /upstream/test_upstream', 200, 'upstream', 1),
    write('DELETE /service/test_svc/route/test_route', 200, 'route', 1),
    write('DELETE /proxy/gw/service/test_svc', 200, 'proxy_service', 1),
    write('DELETE /service/test_svc', 200, 'service', 1),
    write('DELETE /proxy/gw', 200, 'proxy', 1),
  ]);
  expect(await storedRows(gateway)).toBe(0);
});

/** The calls of `enroutectl openapi --to-standalone-url` for a specification with two operations (REST reference 7.3). */
function enroutectl(again: boolean): readonly Step[] {
  const host = 'petstore.swagger.io';
  const service = `openapi-${host}`;
  const create = again ? 409 : 201;
  const route = (name: string, config: string): readonly Step[] => [
    {
      call: `POST /service/${service}/route`,
      json: { Route_Name: name, Route_Prefix: '', Route_Config: `${config}\n` },
      status: create,
    },
    {
      call: 'POST /upstream',
      json: {
        Upstream_name: `openapi-upstream-${host}`,
        Upstream_ip: host,
        Upstream_port: '80',
        Upstream_hc_path: '',
        Upstream_weight: '100',
      },
      status: again || name !== 'openapi-listPets-v1pets-ec51ad447d' ? 409 : 201,
    },
    write(`POST /service/${service}/route/${name}/upstream/openapi-upstream-${host}`, 201, 'route_upstream', 4),
  ];
  return [
    { call: 'GET /status/0b5f0a2e-4f0c-4a7e-9e4f-4c6b8f6d2a11', status: 200 },
    { call: 'POST /proxy', json: { Name: 'gw' }, status: 201 },
    write('POST /service', 201, 'service', 1, { Service_Name: service, Fqdn: '*' }),
    ...route('openapi-listPets-v1pets-ec51ad447d', '{"prefix":"/v1/pets","header":[{"name":":method","exact":"GET"}]}'),
    ...route(
      'openapi-showPetById-f06a8d1fd1-dc96a9cc81',
      '{"prefix":"/v1/pets/(?P<petId>.*)$","header":[{"name":":method","exact":"GET"}]}',
    ),
    write(`POST /proxy/gw/service/${service}`, 201, 'proxy_service', 3),
  ];
}

test("enroutectl's calls, twice", async () => {
  await run(gateway, enroutectl(false));
  const before = await gateway.get('/proxy/dump');
  await run(gateway, enroutectl(true));
  expect((await gateway.get('/proxy/dump')).body).toBe(before.body);
  expect(await rows(gateway, '/service/openapi-petstore.swagger.io/route')).toMatchObject([
    { route_prefix: '', route_config: { prefix: '/v1/pets', header: [{ name: ':method', exact: 'GET' }] } },
    { route_prefix: '', route_config: { prefix: '/v1/pets/(?P<petId>.*)$', header: [{ name: ':method', exact: 'GET' }] } },
  ]);
});

test('the tutorial prints what it says', async () => {
  const lua = `function envoy_on_request(request_handle)
   request_handle:logInfo("Hello World request");
end

function envoy_on_response(response_handle)
   response_handle:logInfo("Hello World response");
end
`;
  const rateLimit =
    '{\n  "descriptors" :\n  [\n    {\n      "generic_key":\n      {\n        "descriptor_value":"default"\n      }\n    }\n  ]\n}\n';
  const globalconfig =
    '{\n  "domain": "enroute",\n  "descriptors" :\n  [\n    {\n      "key" : "generic_key",\n      "value" : "default",\n      "rate_limit" :\n      {\n        "unit" : "second",\n        "requests_per_unit" : 10\n      }\n    }\n  ]\n}\n';
  const [proxy] = await run(gateway, [
    { call: 'POST /proxy', form: { Name: 'gw' }, status: 201 },
    {
      call: 'POST /service',
      form: { Service_Name: 'demo', fqdn: 'enroute.local' },
      status: 201,
      count: ['insert_saaras_db_service', 1],
    },
    write('POST /proxy/gw/service/demo', 201, 'proxy_service', 3),
    {
      call: 'POST /service/demo/route',
      form: { Route_Name: 'gs_route', Route_prefix: '/' },
      status: 201,
      count: ['insert_saaras_db_route', 2],
    },
    {
      call: 'POST /upstream',
      form: {
        Upstream_name: 'server1',
        Upstream_ip: '127.0.0.1',
        Upstream_port: '50051',
        Upstream_hc_path: '/',
        Upstream_protocol: 'grpc',
        Upstream_weight: '100',
      },
      status: 201,
      count: ['insert_saaras_db_upstream', 1],
    },
    write('POST /service/demo/route/gs_route/upstream/server1', 201, 'route_upstream', 4),
    {
      call: 'POST /filter',
      form: { Filter_name: 'lua_filter_1', Filter_type: 'http_filter_lua' },
      status: 200,
      count: ['insert_saaras_db_filter', 1],
    },
    { call: 'POST /filter/lua_filter_1/config', files: { Config: lua }, status: 200, count: ['update_saaras_db_filter', 1] },
    write('POST /service/demo/filter/lua_filter_1', 201, 'service_filter', 3),
    {
      call: 'POST /filter',
      form: { Filter_name: 'route_rl_1', Filter_type: 'route_filter_ratelimit' },
      status: 200,
      count: ['insert_saaras_db_filter', 1],
    },
    { call: 'POST /filter/route_rl_1/config', files: { Config: rateLimit }, status: 200, count: ['update_saaras_db_filter', 1] },
    write('POST /service/demo/route/gs_route/filter/route_rl_1', 201, 'route_filter', 4),
    {
      call: 'POST /globalconfig',
      form: { globalconfig_name: 'gc1', globalconfig_type: 'globalconfig_ratelimit' },
      status: 200,
      count: ['insert_saaras_db_globalconfig', 1],
    },
    {
      call: 'POST /globalconfig/gc1/config',
      files: { Config: globalconfig },
      status: 200,
      count: ['update_saaras_db_globalconfig', 1],
    },
    write('POST /proxy/gw/globalconfig/gc1', 201, 'proxy_globalconfig', 3),
  ]);
  expect(proxy?.body).toBe('{"name":"gw"}\n');
  expect(await shown('/filter/lua_filter_1')).toBe(
    JSON.stringify({
      data: {
        saaras_db_filter: [
          { filter_id: 1, filter_name: 'lua_filter_1', filter_type: 'http_filter_lua', filter_config: { config: lua } },
        ],
      },
    }),
  );
  const [limit] = await rows(gateway, '/filter/route_rl_1');
  expect(JSON.stringify(limit?.filter_config)).toBe('{"descriptors":[{"generic_key":{"descriptor_value":"default"}}]}');
  const [shownConfig] = await rows(gateway, '/globalconfig/gc1');
  expect(Object.keys(shownConfig ?? {})).toEqual(['globalconfig_id', 'globalconfig_name', 'globalconfig_type', 'config_json']);
  expect(shownConfig?.config_json).toEqual(JSON.parse(globalconfig));
  expect(JSON.stringify((await rows(gateway, '/service/dump/demo')).map((service) => ({ ...service, create_ts: 'T' })))).toBe(
    JSON.stringify([
      {
        service_id: 1,
        service_name: 'demo',
        fqdn: 'enroute.local',
        create_ts: 'T',
        routes: [
          {
            route_id: 1,
            route_name: 'gs_route',
            route_upstreams: [
              { upstream: { upstream_id: 1, upstream_name: 'server1', upstream_ip: '127.0.0.1', upstream_port: 50051 } },
            ],
            route_filters: [{ filter: { filter_name: 'route_rl_1', filter_type: 'route_filter_ratelimit' } }],
            route_prefix: '/',
          },
        ],
        service_secrets: [],
        service_filters: [{ filter: { filter_name: 'lua_filter_1', filter_type: 'http_filter_lua' } }],
      },
    ]),
  );
});

async function shown(path: string): Promise<string> {
  return JSON.stringify(JSON.parse((await gateway.get(path)).body));
}
