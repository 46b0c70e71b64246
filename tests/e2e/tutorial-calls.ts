/** The tutorial's calls in order, word for word, with the answers that it prints (its `jq` formatting left out). */
export interface TutorialCall {
  readonly args: readonly string[];
  readonly status: number;
  /** The answer's JSON; a function for answers that hold ids and times. */
  readonly answer: unknown;
}

const SCRIPT = `function envoy_on_request(request_handle)
 request_handle:logInfo("Hello World request");
end

function envoy_on_response(response_handle)
 response_handle:logInfo("Hello World response");
end
`;

const ROUTE_LIMIT = `{
"descriptors" :
[
{
"generic_key":
{
"descriptor_value":"default"
}
}
]
}
`;

const GLOBAL_CONFIG = `{
"domain": "enroute",
"descriptors" :
[
{
"key" : "generic_key",
"value" : "default",
"rate_limit" :
{
"unit" : "second",
"requests_per_unit" : 10
}
}
]
}
`;

export const TUTORIAL_FILES = { 'script.lua': SCRIPT, 'route_rl_1.json': ROUTE_LIMIT, 'gc1.json': GLOBAL_CONFIG };

function affected(root: string, rows: number): unknown {
  return { data: { [root]: { affected_rows: rows } } };
}

const id: unknown = expect.any(Number);
const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);

export const TUTORIAL: readonly TutorialCall[] = [
  { args: ['-X', 'POST', 'http://localhost:1323/proxy', '-d', 'Name=gw'], status: 201, answer: { name: 'gw' } },
  {
    args: ['-X', 'POST', 'http://localhost:1323/service', '-d', 'Service_Name=demo', '-d', 'fqdn=enroute.local'],
    status: 201,
    answer: affected('insert_saaras_db_service', 1),
  },
  {
    args: ['-X', 'POST', 'http://localhost:1323/proxy/gw/service/demo'],
    status: 201,
    answer: affected('insert_saaras_db_proxy_service', 3),
  },
  {
    args: ['-X', 'POST', 'http://localhost:1323/service/demo/route', '-d', 'Route_Name=gs_route', '-d', 'Route_prefix=/'],
    status: 201,
    answer: affected('insert_saaras_db_route', 2),
  },
  {
    args: [
      ...['-X', 'POST', 'http://localhost:1323/upstream', '-d', 'Upstream_name=server1', '-d', 'Upstream_ip=127.0.0.1'],
      ...['-d', 'Upstream_port=50051', '-d', 'Upstream_hc_path=/', '-d', 'Upstream_protocol=grpc', '-d', 'Upstream_weight=100'],
    ],
    status: 201,
    answer: affected('insert_saaras_db_upstream', 1),
  },
  {
    args: ['-X', 'POST', 'http://localhost:1323/service/demo/route/gs_route/upstream/server1'],
    status: 201,
    answer: affected('insert_saaras_db_route_upstream', 4),
  },
  {
    args: ['-X', 'POST', 'localhost:1323/filter', '-d', 'Filter_name=lua_filter_1', '-d', 'Filter_type=http_filter_lua'],
    status: 200,
    answer: affected('insert_saaras_db_filter', 1),
  },
  {
    args: ['-X', 'POST', '-F', 'Config=@script.lua', 'http://localhost:1323/filter/lua_filter_1/config'],
    status: 200,
    answer: affected('update_saaras_db_filter', 1),
  },
  {
    args: ['localhost:1323/filter/lua_filter_1'],
    status: 200,
    answer: {
      data: {
        saaras_db_filter: [
          { filter_id: id, filter_name: 'lua_filter_1', filter_type: 'http_filter_lua', filter_config: { config: SCRIPT } },
        ],
      },
    },
  },
  {
    args: ['-X', 'POST', 'localhost:1323/service/demo/filter/lua_filter_1'],
    status: 201,
    answer: affected('insert_saaras_db_service_filter', 3),
  },
  {
    args: ['-X', 'POST', 'localhost:1323/filter', '-d', 'Filter_name=route_rl_1', '-d', 'Filter_type=route_filter_ratelimit'],
    status: 200,
    answer: affected('insert_saaras_db_filter', 1),
  },
  {
    args: ['-X', 'POST', 'localhost:1323/filter/route_rl_1/config', '-F', 'Config=@route_rl_1.json'],
    status: 200,
    answer: affected('update_saaras_db_filter', 1),
  },
  {
    args: ['localhost:1323/filter/route_rl_1'],
    status: 200,
    answer: {
      data: {
        saaras_db_filter: [
          {
            filter_id: id,
            filter_name: 'route_rl_1',
            filter_type: 'route_filter_ratelimit',
            filter_config: { descriptors: [{ generic_key: { descriptor_value: 'default' } }] },
          },
        ],
      },
    },
  },
  {
    args: ['-X', 'POST', 'localhost:1323/service/demo/route/gs_route/filter/route_rl_1'],
    status: 201,
    answer: affected('insert_saaras_db_route_filter', 4),
  },
  {
    args: [
      '-X',
      'POST',
      'localhost:1323/globalconfig',
      '-d',
      'globalconfig_name=gc1',
      '-d',
      'globalconfig_type=globalconfig_ratelimit',
    ],
    status: 200,
    answer: affected('insert_saaras_db_globalconfig', 1),
  },
  {
    args: ['-X', 'POST', 'localhost:1323/globalconfig/gc1/config', '-F', 'Config=@gc1.json'],
    status: 200,
    answer: affected('update_saaras_db_globalconfig', 1),
  },
  {
    args: ['localhost:1323/globalconfig/gc1'],
    status: 200,
    answer: {
      data: {
        saaras_db_globalconfig: [
          {
            globalconfig_id: id,
            globalconfig_name: 'gc1',
            globalconfig_type: 'globalconfig_ratelimit',
            config_json: {
              domain: 'enroute',
              descriptors: [{ key: 'generic_key', value: 'default', rate_limit: { unit: 'second', requests_per_unit: 10 } }],
            },
          },
        ],
      },
    },
  },
  {
    args: ['-X', 'POST', 'localhost:1323/proxy/gw/globalconfig/gc1'],
    status: 201,
    answer: affected('insert_saaras_db_proxy_globalconfig', 3),
  },
  {
    args: ['localhost:1323/service/dump/demo'],
    status: 200,
    answer: {
      data: {
        saaras_db_service: [
          {
            service_id: id,
            service_name: 'demo',
            fqdn: 'enroute.local',
            create_ts: time,
            routes: [
              {
                route_id: id,
                route_name: 'gs_route',
                route_upstreams: [
                  { upstream: { upstream_id: id, upstream_name: 'server1', upstream_ip: '127.0.0.1', upstream_port: 50051 } },
                ],
                route_filters: [{ filter: { filter_name: 'route_rl_1', filter_type: 'route_filter_ratelimit' } }],
                route_prefix: '/',
              },
            ],
            service_secrets: [],
            service_filters: [{ filter: { filter_name: 'lua_filter_1', filter_type: 'http_filter_lua' } }],
          },
        ],
      },
    },
  },
  {
    args: ['http://localhost:1323/proxy/dump/gw'],
    status: 200,
    answer: {
      data: {
        saaras_db_proxy: [
          {
            proxy_name: 'gw',
            proxy_globalconfigs: [{ globalconfig: { globalconfig_name: 'gc1', globalconfig_type: 'globalconfig_ratelimit' } }],
            proxy_services: [
              {
                service: {
                  service_name: 'demo',
                  fqdn: 'enroute.local',
                  service_filters: [
                    { filter: { filter_name: 'lua_filter_1', filter_type: 'http_filter_lua', filter_config: SCRIPT } },
                  ],
                  service_secrets: [],
                  routes: [
                    {
                      route_name: 'gs_route',
                      route_prefix: '/',
                      config_json: expect.anything() as unknown,
                      route_filters: [{ filter: { filter_name: 'route_rl_1', filter_type: 'route_filter_ratelimit' } }],
                      route_upstreams: [
                        { upstream: { upstream_name: 'server1', upstream_ip: '127.0.0.1', upstream_port: 50051 } },
                      ],
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    },
  },
];
