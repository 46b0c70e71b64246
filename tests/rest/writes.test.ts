import type { Gateway } from './gateway';
import { counted, rows, run, startGateway } from './gateway';
import { refusal } from './caller';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway();
});

afterAll(() => gateway.stop());

const error = (constraint: string) =>
  expect.stringContaining(`Uniqueness violation. duplicate key value violates unique constraint \\"${constraint}\\"`) as string;

test('a proxy is echoed with HTML characters escaped, and keeps the time of its creation', async () => {
  const name = '<a>&\u2028"é"';
  const answer = await gateway.json('POST', '/proxy', { Name: name });
  expect([answer.status, answer.body]).toEqual([201, '{"name":"\\u003ca\\u003e\\u0026\\u2028\\"é\\""}\n']);
  expect(JSON.parse(answer.body)).toEqual({ name });
  const [before] = await rows(gateway, `/proxy/${encodeURIComponent(name)}`);
  await gateway.json('POST', '/proxy', { Name: name });
  const [after] = await rows(gateway, `/proxy/${encodeURIComponent(name)}`);
  expect(after?.create_ts).toBe(before?.create_ts);
  expect(after?.update_ts).not.toBe(before?.update_ts);
});

test('a create that finds its object is a conflict with the GraphQL errors', async () => {
  const create = () => gateway.form('POST', '/filter', { filter_name: 'twice', filter_type: 'http_filter_lua' });
  expect((await create()).body).toBe(counted('insert_saaras_db_filter', 1));
  const again = await create();
  expect([again.status, again.body]).toEqual([409, error('filter_filter_name_key')]);
  expect(JSON.parse(again.body)).toMatchObject({ errors: [{ extensions: { code: 'constraint-violation' } }] });
});

test('what is linked is not deleted', async () => {
  await gateway.form('POST', '/service/linked/route/r/upstream/u');
  for (const [path, constraint] of [
    ['/service/linked', 'route_service_id_fkey'],
    ['/service/linked/route/r', 'route_upstream_route_id_fkey'],
    ['/upstream/u', 'route_upstream_upstream_id_fkey'],
  ]) {
    const answer = await gateway.form('DELETE', path ?? '');
    expect(answer.status).toBe(409);
    expect(answer.body).toContain(constraint);
  }
  expect(await rows(gateway, '/service/linked')).toHaveLength(1);
});

test.each([
  ['PATCH', '/service/nobody', { fqdn: 'a.local' }],
  ['PATCH', '/service/nobody/route/r', { route_prefix: '/' }],
  ['PATCH', '/upstream/nobody', { upstream_port: '80' }],
  ['PATCH', '/filter/nobody', { filter_type: 'http_filter_lua' }],
  ['PATCH', '/globalconfig/nobody', { globalconfig_type: 'globalconfig_ratelimit' }],
  ['POST', '/service/copy/nobody/new', {}],
  ['POST', '/service/deepcopy/nobody/new', {}],
  ['POST', '/service/copyroute/nobody/new/route/r', {}],
  ['POST', '/upstream/copy/nobody/new', {}],
])('%s %s says that it is missing and creates nothing', async (method, path, form) => {
  expect(refusal(await gateway.form(method, path, form as Record<string, string>))).toMatchObject({
    status: 404,
    code: 'object_not_found',
  });
  expect(await rows(gateway, '/service/new')).toEqual([]);
  expect(await rows(gateway, '/upstream/new')).toEqual([]);
});

test.each([
  ['/filter/nobody/config', { Config: '' }],
  ['/globalconfig/nobody/config', { Config: '{"domain":"d"}' }],
])('an upload to %s says that it is missing', async (path, files) => {
  expect(refusal(await gateway.upload(path, files as Record<string, string>))).toMatchObject({
    status: 404,
    code: 'object_not_found',
  });
});

test('nothing is created under an empty name', async () => {
  for (const path of ['/service//route', '/service//route/r/upstream/u', '/proxy//service/s', '/filter//config']) {
    expect(refusal(await gateway.form('POST', path, { route_name: 'r', route_prefix: '/' }))).toMatchObject({
      status: 400,
      code: 'invalid_input',
    });
  }
  expect(await rows(gateway, '/upstream/u?')).toHaveLength(1);
  expect((await rows(gateway, '/service')).map((service) => service.service_name)).not.toContain('');
});

test('names hold any text', async () => {
  const name = 'a/b %25+é"\\ ☃';
  const escaped = encodeURIComponent(name);
  await run(gateway, [
    { call: `POST /proxy/${escaped}/service/${escaped}`, status: 201, count: ['insert_saaras_db_proxy_service', 3] },
    { call: `DELETE /proxy/${escaped}/service/${escaped}`, status: 200, count: ['delete_saaras_db_proxy_service', 1] },
  ]);
  expect(await rows(gateway, `/proxy/${escaped}`)).toMatchObject([{ proxy_name: name }]);
  expect(refusal(await gateway.form('DELETE', '/proxy/a%00b'))).toMatchObject({ status: 400, code: 'invalid_input' });
});

describe('routes', () => {
  const condition = async (name: string) => {
    const [stored] = (
      await gateway.database.pool.query<{ stored: string }>(
        'SELECT json_build_array(route_prefix, route_config, config_json)::text AS stored FROM saaras_db.route WHERE route_name = $1',
        [name],
      )
    ).rows;
    return JSON.parse(stored?.stored ?? 'null') as unknown;
  };
  const create = (form: Record<string, string>) => gateway.form('POST', '/service/routes/route', form);
  const patch = (name: string, prefix: string) =>
    gateway.form('PATCH', `/service/routes/route/${name}`, { route_prefix: prefix });

  test('a prefix route shows its own prefix, before and after a change', async () => {
    expect((await create({ route_name: 'prefix', route_prefix: '/a' })).status).toBe(201);
    expect(await condition('prefix')).toEqual(['/a', '', { prefix: '/a', header: null }]);
    const changed = await patch('prefix', '/b');
    expect([changed.status, changed.body]).toEqual([201, counted('update_saaras_db_route', 1)]);
    expect(await condition('prefix')).toEqual(['/b', '', { prefix: '/b', header: null }]);
  });

  test('a route_config is stored as given and shown normalised', async () => {
    const text = '{"Prefix":"/c","header":[{"name":"x","exact":"1","extra":2},{"name":"y","present":true}],"a":1}\n';
    expect((await create({ route_name: 'config', route_config: text })).status).toBe(201);
    expect(await condition('config')).toEqual([
      '',
      text,
      {
        prefix: '/c',
        header: [
          { name: 'x', exact: '1' },
          { name: 'y', present: true },
        ],
      },
    ]);
    await create({ route_name: 'empty', route_config: '{"a":1}' });
    expect(await condition('empty')).toEqual(['', '{"a":1}', { prefix: '', header: null }]);
  });

  test('a changed prefix keeps the header conditions', async () => {
    expect((await patch('config', '/d')).status).toBe(201);
    const changed = {
      prefix: '/d',
      header: [
        { name: 'x', exact: '1' },
        { name: 'y', present: true },
      ],
    };
    expect(await condition('config')).toEqual(['', JSON.stringify(changed), changed]);
  });

  test('prefix and config may both be given when they agree', async () => {
    const header = [{ name: 'x', exact: '1' }];
    expect((await create({ route_name: 'both', route_prefix: '/e', route_config: JSON.stringify({ header }) })).status).toBe(201);
    expect(await condition('both')).toEqual(['', JSON.stringify({ prefix: '/e', header }), { prefix: '/e', header }]);
    expect((await create({ route_name: 'same', route_prefix: '/e', route_config: '{"prefix":"/e"}' })).status).toBe(201);
    expect(await condition('same')).toEqual(['/e', '', { prefix: '/e', header: null }]);
    expect(refusal(await create({ route_name: 'differ', route_prefix: '/e', route_config: '{"prefix":"/f"}' }))).toMatchObject({
      status: 400,
    });
  });

  test('a route is copied into another service, with its config', async () => {
    expect((await gateway.form('POST', '/service/copyroute/routes/target/route/config')).body).toBe(
      counted('insert_saaras_db_route', 2),
    );
    const [source] = await rows(gateway, '/service/routes/route?limit=1000');
    expect(source).toBeDefined();
    expect(await rows(gateway, '/service/target/route')).toMatchObject([
      { route_name: 'config', route_config: { prefix: '/d' } },
    ]);
    expect((await gateway.form('POST', '/service/copyroute/routes/target/route/config')).status).toBe(409);
  });
});

describe('upstreams', () => {
  const required = { upstream_name: 'small', upstream_ip: 'server.local', upstream_port: '+8080' };
  const all = {
    upstream_name: 'full',
    upstream_ip: '127.0.0.1',
    upstream_port: '50051',
    upstream_weight: '7',
    upstream_hc_path: '/h',
    upstream_hc_host: 'h.local',
    upstream_hc_intervalseconds: '5',
    upstream_hc_unhealthythresholdcount: '3',
    upstream_hc_healthythresholdcount: '2',
    upstream_strategy: 'Random',
    upstream_validation_cacertificate: 'ca',
    upstream_validation_subjectname: 'name',
    upstream_protocol: 'h2c',
    upstream_hc_timeoutseconds: '1',
  };
  const stored = async (name: string) => {
    const [row] = await rows(gateway, `/upstream/${name}`);
    const { upstream_id, create_ts, update_ts, ...settings } = row ?? {};
    expect([typeof upstream_id, typeof create_ts, typeof update_ts]).toEqual(['number', 'string', 'string']);
    return settings;
  };
  const fullRow = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
  );

  test('only name, address and port are needed; weight is 100 and the rest is null', async () => {
    await run(gateway, [{ call: 'POST /upstream', form: required, status: 201, count: ['insert_saaras_db_upstream', 1] }]);
    expect(await stored('small')).toEqual({
      ...Object.fromEntries(Object.keys(all).map((name) => [name, null])),
      upstream_name: 'small',
      upstream_ip: 'server.local',
      upstream_port: 8080,
      upstream_weight: 100,
      upstream_hc_path: '',
    });
  });

  test('every column can be set at once', async () => {
    await run(gateway, [{ call: 'POST /upstream', form: all, status: 201, count: ['insert_saaras_db_upstream', 1] }]);
    expect(await stored('full')).toEqual(fullRow);
  });

  test('a change sets what is given and keeps the rest, null included', async () => {
    const before = await stored('small');
    await run(gateway, [
      {
        call: 'PATCH /upstream/small',
        form: { Upstream_Weight: '0', upstream_protocol: '' },
        status: 200,
        count: ['update_saaras_db_upstream', 1],
      },
      { call: 'PATCH /upstream/small', form: {}, status: 200, count: ['update_saaras_db_upstream', 1] },
    ]);
    expect(await stored('small')).toEqual({ ...before, upstream_weight: 0 });
  });

  test('a copy has all settings', async () => {
    await run(gateway, [
      { call: 'POST /upstream/copy/full/copied', status: 201, count: ['insert_saaras_db_upstream', 1] },
      { call: 'POST /upstream/copy/full/copied', status: 409 },
    ]);
    expect(await stored('copied')).toEqual({ ...fullRow, upstream_name: 'copied' });
  });

  test('an upstream that a link created is completed by a change', async () => {
    await gateway.form('POST', '/service/s/route/r/upstream/linked');
    const change = (form: Record<string, string>) => gateway.form('PATCH', '/upstream/linked', form);
    expect(refusal(await change({ upstream_weight: '5' })).error).toBe('Please provide Ip/host using Ip field');
    expect(refusal(await change({ upstream_ip: 'a.local' })).error).toBe('Please provide Port using Port field');
    expect(refusal(await change({ upstream_ip: '127.0.0.1', upstream_port: '80' })).error).toMatch(
      /^Please provide a value for upstream_hc_path/,
    );
    expect((await change({ upstream_ip: '127.0.0.1', upstream_port: '80', upstream_hc_path: '/' })).status).toBe(200);
  });

  test.each([
    [{ ...required, upstream_name: '' }, 'Please provide upstream name using Name field'],
    [{ ...required, upstream_ip: '' }, 'Please provide Ip/host using Ip field'],
    [{ ...required, upstream_port: '' }, 'Please provide Port using Port field'],
    [{ ...required, upstream_port: '65536' }, 'Please provide a valid port value.'],
    [{ ...required, upstream_port: '8080x' }, 'Please provide a valid port value.'],
    [{ ...required, upstream_weight: '-1' }, 'Please provide a valid weight value.'],
    [{ ...required, upstream_weight: '1.5' }, 'Please provide a valid weight value.'],
    [{ ...required, upstream_ip: '::1' }, 'Please provide a value for upstream_hc_path'],
    [{ ...required, upstream_ip: 'a b' }, 'address "a b"'],
    [{ ...required, upstream_protocol: 'smtp' }, 'protocol must be one of'],
    [{ ...required, upstream_strategy: 'random' }, 'strategy must be one of'],
    [{ ...required, upstream_hc_intervalseconds: 'soon' }, 'upstream_hc_intervalseconds must be'],
    [{ ...required, upstream_hc_timeoutseconds: '99999999999' }, 'upstream_hc_timeoutseconds must be'],
  ])('%j is refused: %s', async (form, text) => {
    const refused = refusal(await gateway.form('POST', '/upstream', { ...form, upstream_name: form.upstream_name && 'refused' }));
    expect(refused).toMatchObject({ status: 400, code: 'invalid_input', error: expect.stringContaining(text) as string });
    expect(await rows(gateway, '/upstream/refused')).toEqual([]);
  });
});

describe('copies of services', () => {
  test('a copy has the fqdn; an existing target stays', async () => {
    await gateway.form('POST', '/service', { service_name: 'original', fqdn: 'original.local' });
    await run(gateway, [
      { call: 'POST /service/copy/original/copy', status: 201, count: ['insert_saaras_db_service', 1] },
      { call: 'POST /service/copy/original/linked', status: 201, count: ['insert_saaras_db_service', 1] },
    ]);
    expect(await rows(gateway, '/service/copy')).toMatchObject([{ fqdn: 'original.local' }]);
  });

  test('a deep copy has routes, upstreams, filters and secrets, and may be repeated', async () => {
    const config = '{"prefix":"/g","header":[{"name":":method","exact":"GET"}]}';
    await gateway.form('POST', '/service', { service_name: 'deep', fqdn: 'deep.local' });
    await gateway.form('POST', '/service/deep/route', { route_name: 'r1', route_prefix: '/r1' });
    await gateway.form('POST', '/service/deep/route', { route_name: 'r2', route_config: config });
    for (const link of [
      'route/r1/upstream/u1',
      'route/r1/upstream/u2',
      'route/r2/upstream/u1',
      'route/r2/filter/rf',
      'filter/sf',
      'secret/sec',
    ]) {
      expect((await gateway.form('POST', `/service/deep/${link}`)).status).toBe(201);
    }
    const linked = async () => [await rows(gateway, '/upstream'), await rows(gateway, '/filter'), await rows(gateway, '/secret')];
    const before = await linked();
    for (let time = 0; time < 2; time += 1) {
      const answer = await gateway.form('POST', '/service/deepcopy/deep/deeper');
      expect([answer.status, answer.body]).toEqual([201, '{"affected_rows":1}']);
    }
    expect(await linked()).toEqual(before);
    const tree = async (name: string) =>
      JSON.stringify(await rows(gateway, `/service/dump/${name}`), (key, value: unknown) =>
        ['service_id', 'route_id', 'create_ts', 'service_name'].includes(key) ? undefined : value,
      );
    expect(await tree('deeper')).toBe(await tree('deep'));
    const configs = async (name: string) => (await rows(gateway, `/service/${name}/route`)).map((route) => route.route_config);
    expect(await configs('deeper')).toEqual(await configs('deep'));
  });
});
