import { randomBytes } from 'node:crypto';
import { selfSigned } from '../support/certificates';
import { multipart, refusal } from './caller';
import type { Gateway } from './gateway';
import { rows, run, startGateway } from './gateway';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway();
  await run(gateway, [
    { call: 'POST /filter', form: { filter_name: 'lua', filter_type: 'http_filter_lua' }, status: 200 },
    { call: 'POST /filter', form: { filter_name: 'limit', filter_type: 'route_filter_ratelimit' }, status: 200 },
    { call: 'POST /globalconfig', form: { globalconfig_name: 'gc', globalconfig_type: 'globalconfig_ratelimit' }, status: 200 },
    { call: 'POST /secret', form: { secret_name: 's' }, status: 201 },
    { call: 'POST /service/demo/filter/untyped', status: 201 },
  ]);
});

afterAll(() => gateway.stop());

test.each([
  ['/proxy', {}, 'Please provide name of proxy using Name field'],
  ['/service', {}, 'Please provide service name using Service_name field'],
  ['/service', { service_name: 's' }, 'Please provide fqdn using Fqdn field'],
  ['/service', { service_name: 's', fqdn: 'not a host' }, 'fqdn "not a host"'],
  ['/service/demo/route', {}, 'Please provide route name using Name field'],
  ['/service/demo/route', { route_name: 'r' }, 'Please provide route prefix using Prefix field'],
  ['/service/demo/route', { route_name: 'r', route_prefix: 'nope' }, 'prefix must begin with /'],
  ['/service/demo/route', { route_name: 'r', route_config: '{"prefix":"nope"}' }, 'Prefix condition must start with /'],
  [
    '/service/demo/route',
    { route_name: 'r', route_config: '{"prefix":\n x}' },
    'Failed to unmarshal route config: route_config, line 2, column 2',
  ],
  ['/service/demo/route', { route_name: 'r', route_config: '{"prefix":1}' }, 'Failed to unmarshal route config'],
  ['/secret', {}, 'Please provide secret name'],
  ['/secret', { secret_name: 'x', secret_key: 'junk' }, 'secret_key: no private key found'],
  ['/secret', { secret_name: 'x', secret_cert: 'junk' }, 'secret_cert: no certificate found'],
  ['/filter', {}, 'Please provide name of Filter using Filter_name field'],
  ['/filter', { filter_name: 'f' }, 'Invalid filter type'],
  ['/filter', { filter_name: 'f', filter_type: 'http_filter_nope' }, 'Invalid filter type "http_filter_nope"'],
  ['/filter', { filter_name: 'f', filter_type: 'http_filter_lua', filter_config: 'function (' }, 'filter_config: line 1, column'],
  [
    '/filter',
    { filter_name: 'f', filter_type: 'route_filter_ratelimit', filter_config: '{\n"descriptors": [' },
    'filter_config: line 2, column',
  ],
  [
    '/filter',
    { filter_name: 'f', filter_type: 'vh_filter_cors', filter_config: '{"match_condition":{"regex":"("}}' },
    'match_condition.regex',
  ],
  ['/globalconfig', {}, 'Please provide name of Global config using Globalconfig_name field'],
  ['/globalconfig', { globalconfig_name: 'g' }, 'Invalid globalconfig type'],
  ['/globalconfig', { globalconfig_name: 'g', globalconfig_type: 'globalconfig_nope' }, 'Invalid globalconfig type'],
  [
    '/globalconfig',
    { globalconfig_name: 'g', globalconfig_type: 'globalconfig_ratelimit', config: '{"domain":"d",}' },
    'config: line 1, column 15',
  ],
])('POST %s %j is refused: %s', async (path, form, text) => {
  const before = await gateway.get('/proxy/dump');
  expect(refusal(await gateway.form('POST', path, form as Record<string, string>))).toMatchObject({
    status: 400,
    code: 'invalid_input',
    error: expect.stringContaining(text) as string,
  });
  expect((await gateway.get('/proxy/dump')).body).toBe(before.body);
  expect(await rows(gateway, '/service/demo/route')).toEqual([]);
});

test.each([
  ['PATCH', '/service/demo', {}, 'Please provide fqdn using Fqdn field'],
  ['PATCH', '/service/demo/route/r', {}, 'Please provide route prefix using Route_Prefix field'],
  ['PATCH', '/filter/lua', {}, 'Please provide type of Filter using Filter_type field'],
  ['PATCH', '/filter/lua', { filter_type: 'nope' }, 'Invalid filter type "nope"'],
  ['PATCH', '/globalconfig/gc', {}, 'Invalid globalconfig type'],
])('%s %s %j is refused: %s', async (method, path, form, text) => {
  expect(refusal(await gateway.form(method, path, form as Record<string, string>))).toMatchObject({
    status: 400,
    error: expect.stringContaining(text) as string,
  });
});

test.each([
  ['/filter/lua/config', { Other: 'x' }, 'Config empty'],
  ['/filter/lua/config', { Config: 'local = 1' }, 'line 1, column'],
  [
    '/filter/limit/config',
    { Config: '{"descriptors":[{"remote_address":{}}]}' },
    'descriptors[0].remote_address must be a string',
  ],
  ['/filter/untyped/config', { Config: '' }, 'Cannot find filter or type not recognized'],
  ['/globalconfig/gc/config', { Other: 'x' }, 'Config empty'],
  ['/globalconfig/gc/config', { Config: '{"descriptors":[]}' }, 'domain must not be empty'],
  ['/secret/s/key', { Secret_cert: 'x' }, 'Secret_key empty'],
  ['/secret/s/key', { Secret_key: 'x' }, 'Secret_key: no private key found'],
  ['/secret/s/cert', { Secret_key: 'x' }, 'Secret_cert empty'],
  ['/secret/s/cert', { Secret_cert: 'x' }, 'Secret_cert: no certificate found'],
  ['/secret//key', { Secret_key: 'x' }, 'Please provide secret name'],
])('the upload to %s of %j is refused: %s', async (path, files, text) => {
  expect(refusal(await gateway.upload(path, files as Record<string, string>))).toMatchObject({
    status: 400,
    code: 'invalid_input',
    error: expect.stringContaining(text) as string,
  });
});

test('bytes that are not UTF-8 are refused', async () => {
  const body = Buffer.concat([
    Buffer.from(multipart({ Config: '--' }).replace('--\r\n--B--\r\n', '')),
    Buffer.from([0xc3, 0x28]),
    Buffer.from('\r\n--B--\r\n'),
  ]);
  const answer = await gateway.send('POST', '/filter/lua/config', 'multipart/form-data; boundary=B', body);
  expect(refusal(answer)).toMatchObject({ status: 400, code: 'malformed_body' });
});

test('every type that is served can be created, and an empty upload takes the configuration away', async () => {
  const created = await gateway.form('POST', '/filter', {
    filter_name: 'breaker',
    filter_type: 'route_filter_circuitbreakers',
    filter_config: '{"max_connections":5}',
  });
  expect(created.status).toBe(200);
  expect(await rows(gateway, '/filter/breaker')).toMatchObject([{ filter_config: { max_connections: 5 } }]);
  expect((await gateway.upload('/filter/breaker/config', { Config: '' })).status).toBe(200);
  expect(await rows(gateway, '/filter/breaker')).toMatchObject([{ filter_config: {} }]);
});

test('a globalconfig is stored whole', async () => {
  const whole = { domain: 'd', unknown: { kept: [1, null] }, descriptors: [] };
  expect((await gateway.upload('/globalconfig/gc/config', { Config: JSON.stringify(whole, null, 2) })).status).toBe(200);
  expect(await rows(gateway, '/globalconfig/gc')).toMatchObject([{ config_json: whole }]);
  expect(await rows(gateway, '/globalconfig')).toMatchObject([{ config: whole }]);
});

test('a filter that changes its type is shown as the new type, when its configuration is of that type', async () => {
  await gateway.form('POST', '/filter', {
    filter_name: 'changing',
    filter_type: 'vh_filter_cors',
    filter_config: '{"access_control_max_age":"5"}',
  });
  const change = (filter_type: string) => gateway.form('PATCH', '/filter/changing', { filter_type });
  expect(refusal(await change('http_filter_lua'))).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^the stored configuration: line 1/) as string,
  });
  expect(await rows(gateway, '/filter/changing')).toMatchObject([{ filter_type: 'vh_filter_cors' }]);
  expect((await change('route_filter_ratelimit')).status).toBe(200);
  expect(await rows(gateway, '/filter/changing')).toMatchObject([{ filter_type: 'route_filter_ratelimit', filter_config: {} }]);
  expect((await gateway.form('PATCH', '/filter/untyped', { filter_type: 'http_filter_lua' })).status).toBe(200);
  expect(await rows(gateway, '/filter/untyped')).toMatchObject([
    { filter_type: 'http_filter_lua', filter_config: { config: '' } },
  ]);
});

describe('secrets', () => {
  const first = selfSigned('a.local');
  const second = selfSigned('b.local');
  const stored = async () =>
    (await gateway.database.pool.query<object>("SELECT secret_key, secret_cert FROM saaras_db.secret WHERE secret_name = 's'"))
      .rows[0];

  test('key and certificate arrive one after the other, also when they do not match yet', async () => {
    expect((await gateway.upload('/secret/s/key', { Secret_key: first.privateKey })).status).toBe(201);
    expect((await gateway.upload('/secret/s/cert', { secret_CERT: first.certificate })).status).toBe(201);
    expect((await gateway.upload('/secret/s/key', { Secret_key: second.privateKey })).status).toBe(201);
    expect(await stored()).toEqual({ secret_key: second.privateKey, secret_cert: first.certificate });
  });

  test.each(['key', 'cert'])('both may come at once to /%s, and then they match or nothing is stored', async (last) => {
    const before = await stored();
    const mixed = await gateway.upload(`/secret/s/${last}`, { Secret_key: first.privateKey, Secret_cert: second.certificate });
    expect(refusal(mixed)).toMatchObject({
      status: 400,
      error: expect.stringContaining('was not issued for this private key') as string,
    });
    expect(await stored()).toEqual(before);
    expect(
      (await gateway.upload(`/secret/s/${last}`, { Secret_key: first.privateKey, Secret_cert: first.certificate })).status,
    ).toBe(201);
    expect(await stored()).toEqual({ secret_key: first.privateKey, secret_cert: first.certificate });
  });

  test('a secret is created with its pair, and a pair that does not match is refused', async () => {
    const form = { secret_name: 'pair', secret_key: first.privateKey, secret_cert: second.certificate };
    expect((await gateway.form('POST', '/secret', form)).status).toBe(400);
    expect((await gateway.form('POST', '/secret', { ...form, secret_cert: first.certificate })).status).toBe(201);
    expect((await gateway.upload('/secret/nobody/key', { Secret_key: first.privateKey })).status).toBe(404);
  });

  test('an error never shows a key', async () => {
    const [base64 = ''] = /^(?!-)\S+/m.exec(first.privateKey) ?? [];
    const answers = [
      await gateway.form('POST', '/secret', { secret_name: 'pair', secret_key: first.privateKey }),
      await gateway.upload('/secret/s/cert', { Secret_cert: first.privateKey }),
      await gateway.upload('/secret/s/key', { Secret_key: first.privateKey.replace(/\n/g, '!') }),
      await gateway.form('POST', '/secret', { secret_name: randomBytes(10_000).toString('hex'), secret_key: first.privateKey }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain(base64);
    }
  });
});
