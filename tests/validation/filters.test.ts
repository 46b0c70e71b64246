import { checkFilter, checkGlobalConfig, checkLua, configJson, FILTER_TYPES } from '../../src/validation';

const ALL_DESCRIPTORS = `{"Descriptors":[
  {"remote_address":"{}"}, {"source_cluster":"{}"}, {"destination_cluster":"{}"},
  {"generic_key":{"descriptor_value":"default"}}, {"request_headers":{"header_name":"x-app-key","descriptor_key":"app"}}]}`;

test('a rate limit filter keeps the order of its descriptors', () => {
  expect(FILTER_TYPES.route_filter_ratelimit.parse(ALL_DESCRIPTORS)).toEqual({
    ok: true,
    value: [
      { kind: 'remote_address' },
      { kind: 'source_cluster' },
      { kind: 'destination_cluster' },
      { kind: 'generic_key', value: 'default' },
      { kind: 'request_headers', headerName: 'x-app-key', descriptorKey: 'app' },
    ],
  });
});

test('an element with several keys is its first one, an empty one is none', () => {
  const text = '{"descriptors":[{"remote_address":"{}","generic_key":{"descriptor_value":"a"}},{},{"source_cluster":""}]}';
  expect(FILTER_TYPES.route_filter_ratelimit.parse(text)).toEqual({ ok: true, value: [{ kind: 'generic_key', value: 'a' }] });
});

test('CORS origins come in the order regex, prefix, exact, suffix, contains', () => {
  const text = `{"match_condition":{"exact":"e","contains":"c","suffix":"s","regex":"r.*","prefix":"p"},
    "access_control_allow_methods":"GET, OPTIONS","access_control_allow_headers":"Content-Type",
    "access_control_expose_headers":"*","access_control_max_age":"120"}`;
  expect(FILTER_TYPES.vh_filter_cors.parse(text)).toEqual({
    ok: true,
    value: {
      origins: [
        { kind: 'regex', value: 'r.*' },
        { kind: 'prefix', value: 'p' },
        { kind: 'exact', value: 'e' },
        { kind: 'suffix', value: 's' },
        { kind: 'contains', value: 'c' },
      ],
      allowMethods: 'GET, OPTIONS',
      allowHeaders: 'Content-Type',
      exposeHeaders: '*',
      maxAge: '120',
    },
  });
});

test('redirects take every redirect code, 301 when none is given', () => {
  for (const code of [301, 302, 303, 307, 308]) {
    expect(FILTER_TYPES.route_filter_redirect.parse(`{"response_code":${code}}`)).toMatchObject({
      ok: true,
      value: { responseCode: code },
    });
  }
  expect(FILTER_TYPES.route_filter_redirect.parse('{"host_redirect":"a.test","port_redirect":8443,"strip_query":true}')).toEqual({
    ok: true,
    value: {
      scheme: '',
      host: 'a.test',
      port: 8443,
      path: '',
      prefixRewrite: '',
      regex: '',
      responseCode: 301,
      stripQuery: true,
    },
  });
});

test('both spellings of a direct response are one type', () => {
  expect(FILTER_TYPES.route_filter_directreponse.parse('{"response_code":418}')).toEqual({ ok: true, value: { status: 418 } });
  expect(checkFilter('route_filter_directresponse', '{"response_code":418}')).toEqual({ ok: true, value: { status: 418 } });
});

test.each(Object.keys(FILTER_TYPES))('%s may be created empty', (type) => {
  expect(checkFilter(type, '').ok).toBe(true);
});

test.each([
  ['http_filter_jwt', '', /^filter type "http_filter_jwt" is not known: use one of http_filter_lua, /],
  ['toString', '', /is not known/],
  ['http_filter_lua', 'function f(\nend', /^line 2, column 1: /],
  ['vh_filter_lua', 'x = = 1', /^line 1, column 5: /],
  ['route_filter_ratelimit', '{"descriptors": [', /^line 1, column 18: the text ends/],
  [
    'route_filter_ratelimit',
    '{"descriptors":[{"remote_address":{}}]}',
    /^descriptors\[0\]\.remote_address must be a string, such as "\{\}"$/,
  ],
  ['route_filter_ratelimit', '{"descriptors":[{},{"query":"x"}]}', /^descriptors\[1\]\.query is not known/],
  [
    'route_filter_ratelimit',
    '{"descriptors":[{"generic_key":{}}]}',
    /^descriptors\[0\]\.generic_key\.descriptor_value must not be empty$/,
  ],
  ['route_filter_ratelimit', '{"descriptors":{}}', /^descriptors must be a list$/],
  [
    'route_filter_ratelimit',
    '{"descriptors":[{"request_headers":{"header_name":"a b","descriptor_key":"k"}}]}',
    /^descriptors\[0\]\.request_headers\.header_name must be a header name/,
  ],
  ['vh_filter_cors', '{"match_condition":{"regex":"("}}', /^match_condition\.regex: regular expression, character 1/],
  ['vh_filter_cors', '{"access_control_max_age":120}', /^access_control_max_age must be a string$/],
  ['route_filter_circuitbreakers', '{"max_connections":-1}', /^max_connections must be a whole number from 0/],
  [
    'route_filter_outlierdetection',
    '{"enforcing_consecutive_5xx":101}',
    /^enforcing_consecutive_5xx must be a whole number from 0 to 100$/,
  ],
  ['route_filter_host_rewrite', '{"pattern_regex":"^/(.+)$"}', /^substitution must not be empty$/],
  ['route_filter_redirect', '{"response_code":404}', /^response_code must be one of 301, 302, 303, 307, 308$/],
  ['route_filter_directresponse', '{}', /^response_code is missing$/],
  ['route_filter_directreponse', '{"response_code":99}', /^response_code must be a whole number from 200 to 599$/],
  ['route_filter_redirect', '7', /^the document must be an object$/],
])('%s refuses %j', (type, text, message) => {
  expect(checkFilter(type, text)).toEqual({ ok: false, message: expect.stringMatching(message) as string });
});

test('config_json: Lua as one text, rate limits and CORS normalised, others as given', () => {
  expect(configJson('http_filter_lua', 'x = 1\n')).toEqual({ config: 'x = 1\n' });
  expect(configJson('vh_filter_lua', '')).toEqual({ config: '' });
  expect(configJson('route_filter_ratelimit', '{"Descriptors":[{"Generic_Key":{"descriptor_value":"d"}},{}],"other":1}')).toEqual(
    {
      descriptors: [{ generic_key: { descriptor_value: 'd' } }, {}],
    },
  );
  expect(configJson('route_filter_ratelimit', '{}')).toEqual({});
  expect(configJson('route_filter_ratelimit', '')).toEqual({ descriptors: ['{}'] });
  expect(configJson('vh_filter_cors', '{"match_condition":{"exact":"a","prefix":""},"access_control_max_age":"1"}')).toEqual({
    match_condition: { exact: 'a' },
    access_control_max_age: '1',
  });
  expect(configJson('vh_filter_cors', '')).toEqual({ match_condition: {} });
  expect(configJson('route_filter_redirect', '{"response_code":302,"kept":[1]}')).toEqual({ response_code: 302, kept: [1] });
});

test('Lua is read as LuaJIT reads it', () => {
  expect(checkLua('goto done; local n = 1LL; ::done::').ok).toBe(true);
  expect(checkLua('-- nothing').ok).toBe(true);
  expect(checkLua('⬁"')).toEqual({ ok: false, message: expect.stringMatching(/^line 1, column 1: /) as unknown });
  expect(checkLua(`x = ${'('.repeat(200_000)}`)).toEqual({
    ok: false,
    message: 'the Lua script is nested too deeply to be read',
  });
});

const LIMIT = '"rate_limit":{"unit":"Second","requests_per_unit":10}';

test('a global rate limit is read with its nesting', () => {
  const text = `{"Domain":"enroute","descriptors":[{"key":"generic_key","value":"default",${LIMIT}},
    {"key":"x-app-key","extra":1,"descriptors":[{"key":"remote_address","rate_limit":{"unlimited":true}}]}]}`;
  expect(checkGlobalConfig('globalconfig_ratelimit', text)).toEqual({
    ok: true,
    value: {
      domain: 'enroute',
      descriptors: [
        {
          key: 'generic_key',
          value: 'default',
          limit: { unit: 'second', requestsPerUnit: 10, unlimited: false },
          descriptors: [],
        },
        {
          key: 'x-app-key',
          value: undefined,
          limit: undefined,
          descriptors: [
            {
              key: 'remote_address',
              value: undefined,
              limit: { unit: 'second', requestsPerUnit: 0, unlimited: true },
              descriptors: [],
            },
          ],
        },
      ],
    },
  });
  expect(checkGlobalConfig('globalconfig_ratelimit', '')).toEqual({ ok: true, value: undefined });
});

test.each([
  ['{"descriptors":[]}', 'domain must not be empty'],
  ['{"domain":"d","descriptors":[{"value":"v"}]}', 'descriptors[0].key must not be empty'],
  [
    `{"domain":"d","descriptors":[{"key":"k","value":"v"},{"key":"k","value":"v",${LIMIT}}]}`,
    'descriptors[1] repeats "k_v" of the same level',
  ],
  [
    '{"domain":"d","descriptors":[{"key":"k","rate_limit":{"unit":"fortnight","requests_per_unit":1}}]}',
    'descriptors[0].rate_limit.unit must be one of second, minute, hour, day, week, month, year',
  ],
  [
    '{"domain":"d","descriptors":[{"key":"k","rate_limit":{"unit":"day"}}]}',
    'descriptors[0].rate_limit.requests_per_unit is missing; 0 blocks',
  ],
  [
    '{"domain":"d","descriptors":[{"key":"k","rate_limit":{"unit":"day","unlimited":true}}]}',
    'descriptors[0].rate_limit.unit cannot be given together with unlimited',
  ],
  [
    '{"domain":"d","descriptors":[{"key":"k","descriptors":[{"key":"k","rate_limit":{"unit":"day","requests_per_unit":-1}}]}]}',
    'descriptors[0].descriptors[0].rate_limit.requests_per_unit must be a whole number from 0 to 4294967295',
  ],
  ['{"domain":', 'line 1, column 11: the text ends where a value is expected'],
])('a global rate limit refuses %s', (text, message) => {
  expect(checkGlobalConfig('globalconfig_ratelimit', text)).toEqual({ ok: false, message });
});

test('other global configurations are not known', () => {
  expect(checkGlobalConfig('globalconfig_accesslog', '')).toEqual({
    ok: false,
    message: 'globalconfig type "globalconfig_accesslog" is not known: use globalconfig_ratelimit',
  });
});
