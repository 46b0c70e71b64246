import type { Step } from './gateway';

/** The calls of the quick-start script `gs` (REST reference 6.1), with the answers on an empty database. */

const LUA =
  'function envoy_on_request(request_handle) request_handle:logInfo("Hello World request"); end function envoy_on_response(response_handle) response_handle:logInfo("Hello World response"); end ';
const RATE_LIMIT =
  '{\n\t"descriptors" :\n\t[\n\t\t{\n\t\t\t"generic_key":\n\t\t\t{\n\t\t\t\t"descriptor_value":"default"\n\t\t\t}\n\t\t}\n\t]\n}\n';
const GLOBAL_CONFIG =
  '{ "domain": "enroute", "descriptors" : [ { "key" : "generic_key", "value" : "default", "rate_limit" : { "unit" : "second", "requests_per_unit" : 10 } } ] } ';

const FILTERS_AND_GLOBALCONFIG: readonly Step[] = [
  {
    call: 'POST /filter',
    form: { Filter_name: 'global_lua_filter', Filter_type: 'http_filter_lua', Filter_config: LUA },
    status: 200,
    count: ['insert_saaras_db_filter', 1],
  },
  { call: 'GET /filter/global_lua_filter', status: 200 },
  { call: 'POST /service/demo/filter/global_lua_filter', status: 201, count: ['insert_saaras_db_service_filter', 3] },
  {
    call: 'POST /filter',
    form: { Filter_name: 'route_rl_filter', Filter_type: 'route_filter_ratelimit', Filter_config: RATE_LIMIT },
    status: 200,
    count: ['insert_saaras_db_filter', 1],
  },
  { call: 'POST /service/demo/route/gs_route/filter/route_rl_filter', status: 201, count: ['insert_saaras_db_route_filter', 4] },
  {
    call: 'POST /globalconfig',
    form: { globalconfig_name: 'gc', globalconfig_type: 'globalconfig_ratelimit', config: GLOBAL_CONFIG },
    status: 200,
    count: ['insert_saaras_db_globalconfig', 1],
  },
  { call: 'POST /proxy/gw/globalconfig/gc', status: 201, count: ['insert_saaras_db_proxy_globalconfig', 3] },
];

const SERVICE: readonly Step[] = [
  { call: 'POST /proxy', form: { 'Name-gw': '' }, status: 400 },
  {
    call: 'POST /service',
    form: { Service_Name: 'demo', fqdn: 'enroute.local' },
    status: 201,
    count: ['insert_saaras_db_service', 1],
  },
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
      upstream_port: '50051',
      Upstream_hc_path: '/',
      Upstream_weight: '100',
    },
    status: 201,
    count: ['insert_saaras_db_upstream', 1],
  },
  { call: 'POST /service/demo/route/gs_route/upstream/server1', status: 201, count: ['insert_saaras_db_route_upstream', 4] },
  { call: 'GET /service/dump/demo', status: 200 },
  { call: 'POST /proxy/gw/service/demo', status: 201, count: ['insert_saaras_db_proxy_service', 3] },
];

export const CREATE_HTTP: readonly Step[] = [...SERVICE, ...FILTERS_AND_GLOBALCONFIG];

export function createHttps({ certificate, privateKey }: { certificate: string; privateKey: string }): readonly Step[] {
  return [
    ...SERVICE,
    { call: 'POST /secret', form: { Secret_Name: 'enroute.local' }, status: 201, count: ['insert_saaras_db_secret', 1] },
    {
      call: 'POST /secret/enroute.local/key',
      files: { Secret_key: privateKey },
      status: 201,
      count: ['update_saaras_db_secret', 1],
    },
    {
      call: 'POST /secret/enroute.local/cert',
      files: { Secret_cert: certificate },
      status: 201,
      count: ['update_saaras_db_secret', 1],
    },
    { call: 'POST /service/demo/secret/enroute.local', status: 201, count: ['insert_saaras_db_service_secret', 3] },
    ...FILTERS_AND_GLOBALCONFIG,
  ];
}

export const CREATE_GRPC: readonly Step[] = [
  {
    call: 'POST /service',
    form: { Service_Name: 'demo', fqdn: '127.0.0.1' },
    status: 201,
    count: ['insert_saaras_db_service', 1],
  },
  {
    call: 'POST /service/demo/route',
    form: { Route_Name: 'gs_route', Route_prefix: '/echo/HelloWorld' },
    status: 201,
    count: ['insert_saaras_db_route', 2],
  },
  {
    call: 'POST /upstream',
    form: {
      Upstream_name: 'grpc-server',
      Upstream_ip: '127.0.0.1',
      upstream_port: '50053',
      Upstream_hc_path: '/',
      Upstream_weight: '100',
      Upstream_protocol: 'grpc',
    },
    status: 201,
    count: ['insert_saaras_db_upstream', 1],
  },
  { call: 'POST /service/demo/route/gs_route/upstream/grpc-server', status: 201, count: ['insert_saaras_db_route_upstream', 4] },
  { call: 'POST /proxy/gw/service/demo', status: 201, count: ['insert_saaras_db_proxy_service', 3] },
  ...FILTERS_AND_GLOBALCONFIG,
];

export const SHOW: readonly Step[] = [{ call: 'GET /proxy/dump', status: 200 }];

const DELETES: readonly (readonly [path: string, status: number, root: string])[] = [
  ['/service/demo/filter/global_lua_filter', 201, 'service_filter'],
  ['/filter/global_lua_filter', 200, 'filter'],
  ['/service/demo/route/gs_route/filter/route_rl_filter', 201, 'route_filter'],
  ['/service//route/gs_route/filter/route_rl_filter', 201, 'route_filter'],
  ['/filter/route_rl_filter', 200, 'filter'],
  ['/proxy/gw/globalconfig/gc', 200, 'proxy_globalconfig'],
  ['/globalconfig/gc', 200, 'globalconfig'],
  ['/service/demo/route/gs_route/upstream/server1', 200, 'route_upstream'],
  ['/service/demo/route/gs_route/upstream/server2', 200, 'route_upstream'],
  ['/service/demo/route/gs_route/upstream/grpc-server', 200, 'route_upstream'],
  ['/upstream/server1', 200, 'upstream'],
  ['/upstream/server2', 200, 'upstream'],
  ['/upstream/grpc-server', 200, 'upstream'],
  ['/service/demo/route/gs_route', 200, 'route'],
  ['/service/demo/route/gs_route', 200, 'route'],
  ['/service/demo/secret/enroute.local', 200, 'service_secret'],
  ['/secret/enroute.local', 200, 'secret'],
  ['/proxy/gw/service/demo', 200, 'proxy_service'],
  ['/service/demo', 200, 'service'],
  ['/proxy/gw', 200, 'proxy'],
];

/** The twenty deletes; `counts` are their counts in order. */
export function deletes(counts: readonly number[]): readonly Step[] {
  return DELETES.map(([path, status, table], index) => ({
    call: `DELETE ${path}`,
    status,
    count: [`delete_saaras_db_${table}`, counts[index] ?? -1],
  }));
}

/** The same script when everything is there already: creates are refused, links count again. */
export function repeated(steps: readonly Step[]): readonly Step[] {
  const created = ['POST /service/demo/route', 'POST /upstream', 'POST /secret', 'POST /filter', 'POST /globalconfig'];
  return steps.map(({ count, ...step }) =>
    created.includes(step.call) ? { ...step, status: 409 } : { ...step, ...(count && { count }) },
  );
}
