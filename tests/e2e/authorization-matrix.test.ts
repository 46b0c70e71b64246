import { WebSocket } from 'ws';
import type { Answer } from '../support/http-client';
import { Product } from '../support/product';

const SECRET = 's3cret';
const CALLERS = {
  'no key': {},
  'wrong key': { 'x-hasura-admin-secret': 'wrong', authorization: 'Bearer wrong' },
  viewer: { 'x-hasura-admin-secret': SECRET, 'x-hasura-role': 'viewer' },
  admin: { authorization: `Bearer ${SECRET}` },
} as const;
type Caller = keyof typeof CALLERS;
const STRANGERS = ['no key', 'wrong key'] as const;
const MISSING = '"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found';
const WRONG = 'invalid "x-hasura-admin-secret"/"x-hasura-access-key"';
const DENIED = { 'no key': MISSING, 'wrong key': WRONG } as const;

let product: Product;
beforeAll(async () => {
  product = await Product.start({ ENVOY: 'off', ADMIN_SECRET: SECRET });
}, 120_000);
afterAll(() => product.dispose());

/** A name in a form that every endpoint would store something for. */
const FORM = 'name=intruder&service_name=intruder&fqdn=intruder.test&secret_name=intruder&filter_name=intruder';

function call(caller: Caller, method: string, path: string, headers = {}, body?: string): Promise<Answer> {
  const sent = body ?? (method === 'GET' || method === 'HEAD' ? undefined : FORM);
  const length: Record<string, string> = sent === undefined ? {} : { 'content-length': String(Buffer.byteLength(sent)) };
  return product.call(method, path, sent, { ...headers, ...length, ...CALLERS[caller] });
}

const json = ({ body }: Answer): unknown => JSON.parse(body) as unknown;
const refused = (code: string) => ({ error: expect.any(String) as string, code });

async function restRoutes(): Promise<{ method: string; path: string }[]> {
  const { paths } = json(await call('admin', 'GET', '/swagger/doc.json')) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'intruder') })),
  );
}

/** Everything that is stored, as REST lists it. */
async function stored(): Promise<string[]> {
  const lists = ['/proxy', '/service', '/upstream', '/secret', '/filter', '/globalconfig'];
  return Promise.all(lists.map(async (path) => (await call('admin', 'GET', path)).body));
}

describe('every REST route', () => {
  test('is refused to strangers, and read by the viewer, who writes nothing', async () => {
    const before = await stored();
    const routes = (await restRoutes()).filter(({ path }) => path !== '/health');
    expect(routes.length).toBeGreaterThan(70);
    const writes = routes.filter(({ method }) => method !== 'GET');
    for (const { method, path } of routes) {
      for (const caller of STRANGERS) {
        const answer = await call(caller, method, path);
        expect([method, path, answer.status, answer.headers['www-authenticate']]).toEqual([method, path, 401, 'Bearer']);
        expect(json(answer)).toEqual(refused('unauthorized'));
      }
    }
    for (const { method, path } of writes) {
      const answer = await call('viewer', method, path);
      expect([method, path, answer.status, json(answer)]).toEqual([method, path, 403, refused('forbidden')]);
    }
    expect(await stored()).toEqual(before);
    for (const { method, path } of routes) {
      const answer = await call('admin', method, path);
      expect([method, path, [401, 403, 405, 500, 503].includes(answer.status)]).toEqual([method, path, false]);
    }
    for (const { path } of routes.filter(({ method }) => method === 'GET')) {
      const [viewer, admin] = [await call('viewer', 'GET', path), await call('admin', 'GET', path)];
      expect([path, viewer.status]).toEqual([path, admin.status]);
    }
  }, 60_000);

  test('is refused to a role that is neither', async () => {
    for (const role of ['user', 'Viewer', 'viewer, admin', '']) {
      const headers = { 'x-hasura-admin-secret': SECRET, 'x-hasura-role': role };
      const answer = await product.call('GET', '/proxy', undefined, headers);
      expect([role, answer.status, json(answer)]).toEqual([role, 403, refused('forbidden')]);
    }
  });
});

test('no private key is shown to the viewer by any route', async () => {
  const key = 'the-private-key-itself';
  const query = `mutation {
    insert_saaras_db_proxy_one(object: {proxy_name: "keeper", proxy_services: {data: {service: {data: {
      service_name: "keeper", fqdn: "keeper.test", service_secrets: {data: {secret: {data: {
        secret_name: "keeper", secret_key: "${key}", artifacts: {data: {artifact_name: "keeper", artifact_type: "key", artifact_value: "${key}"}}
      }}}}
    }}}}}) { proxy_id }
  }`;
  const type = { 'content-type': 'application/json' };
  expect((await call('admin', 'POST', '/v1/graphql', type, JSON.stringify({ query }))).body).toContain('proxy_id');
  const paths = (await restRoutes())
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replaceAll('intruder', 'keeper'));
  const bodies = await Promise.all(paths.map(async (path) => [path, (await call('viewer', 'GET', path)).body] as const));
  expect(bodies.filter(([, body]) => body.includes(key))).toEqual([]);
  expect(bodies.filter(([, body]) => body.includes('<redacted>')).map(([path]) => path)).toContain('/service/keeper/secret');
  expect((await call('admin', 'GET', '/service/keeper/secret')).body).toContain(key);
});

test('a target that names a host is judged by its path', async () => {
  const absolute = (path: string) => `http://localhost${path}`;
  expect((await call('no key', 'GET', absolute('/health'))).status).toBe(200);
  for (const path of ['/proxy', '/metrics', '/healthz/x']) {
    for (const caller of STRANGERS) expect([path, (await call(caller, 'GET', absolute(path))).status]).toEqual([path, 401]);
  }
  const denied = await call(
    'no key',
    'POST',
    absolute('/v1/graphql'),
    { 'content-type': 'application/json' },
    '{"query":"{__typename}"}',
  );
  expect([denied.status, json(denied)]).toEqual([200, { errors: [expect.objectContaining({ message: MISSING })] }]);
  expect((await call('viewer', 'POST', absolute('/proxy'))).status).toBe(403);
  expect((await call('admin', 'GET', absolute('/proxy'))).status).toBe(200);
});

describe('what is open', () => {
  test.each(['/health', '/healthz', '/v1/version', '/health?a=b'])('%s answers everybody alike', async (path) => {
    for (const caller of Object.keys(CALLERS) as Caller[]) expect((await call(caller, 'GET', path)).status).toBe(200);
  });

  test('/readyz asks nobody for a secret', async () => {
    for (const caller of Object.keys(CALLERS) as Caller[]) expect((await call(caller, 'GET', '/readyz')).status).not.toBe(401);
  });
});

/** Beside REST; what the second column says is the status that a page gives who may see it. */
const OTHERS = [
  ['/metrics', 'Bearer', 200],
  ['/envoy/bootstrap/gw', 'Bearer', 200],
  ['/graphiql', 'Basic', 200],
  ['/swagger/index.html', 'Basic', 200],
  ['/swagger/doc.json', 'Basic', 200],
  ['/swagger/', 'Basic', 404],
  ['/hasura/healthz', 'Bearer', 200],
  ['/v1/query', 'Bearer', 404],
  ['/v2/query', 'Bearer', 404],
  ['/v1/config', 'Bearer', 404],
  ['/nowhere', 'Bearer', 404],
  ['/', 'Bearer', 404],
] as const;

test.each(OTHERS)('%s wants the secret', async (path, scheme, status) => {
  for (const caller of STRANGERS) {
    const answer = await call(caller, 'GET', path);
    expect([answer.status, json(answer)]).toEqual([401, refused('unauthorized')]);
    expect(answer.headers['www-authenticate']).toMatch(new RegExp(`^${scheme}\\b`));
  }
  for (const caller of ['viewer', 'admin'] as const) expect((await call(caller, 'GET', path)).status).toBe(status);
});

test.each([
  '//health',
  '/health/',
  '/health/../proxy',
  '/health%2f..%2fproxy',
  '/Health',
  '/health;a',
  '/./proxy',
  '//proxy',
  '/v1/version/../../proxy',
  '/v1/graphql/../../proxy',
  '/v1/graphql/',
  '/proxy?/health',
  '/proxy#/health',
  'http://health/proxy',
])('the spelling %s opens nothing', async (path) => {
  for (const caller of STRANGERS) expect((await call(caller, 'GET', path)).status).toBe(401);
});

test('a console opens with the secret as the password that a browser asks for, and nothing else does', async () => {
  const headers = { authorization: `Basic ${Buffer.from(`any:${SECRET}`).toString('base64')}` };
  const status = async (path: string) => (await product.call('GET', path, undefined, headers)).status;
  expect([await status('/graphiql'), await status('/swagger/index.html')]).toEqual([200, 200]);
  expect([await status('/proxy'), await status('/metrics')]).toEqual([401, 401]);
});

describe('GraphQL over HTTP', () => {
  const QUERY = JSON.stringify({ query: '{ saaras_db_proxy(limit: 0) { proxy_name } }' });
  const MUTATION = JSON.stringify({ query: 'mutation { delete_saaras_db_proxy(where: {}) { affected_rows } }' });
  const post = (caller: Caller, path: string, body: string) =>
    call(caller, 'POST', path, { 'content-type': 'application/json' }, body);

  test.each([
    ['/v1/graphql', 200],
    ['/v1alpha1/graphql', 401],
  ] as const)('%s refuses strangers with %i, as Hasura does', async (path, status) => {
    for (const caller of STRANGERS) {
      for (const body of [QUERY, MUTATION, '[]', 'no JSON']) {
        const answer = await post(caller, path, body);
        expect([answer.status, json(answer)]).toEqual([
          status,
          { errors: [{ message: DENIED[caller], extensions: { path: '$', code: 'access-denied' } }] },
        ]);
      }
      expect((await call(caller, 'GET', `${path}?query={__typename}`)).body).toContain(
        JSON.stringify(DENIED[caller]).slice(1, -1),
      );
    }
    for (const caller of ['viewer', 'admin'] as const)
      expect(json(await post(caller, path, QUERY))).toEqual({ data: { saaras_db_proxy: [] } });
    expect(json(await post('viewer', path, MUTATION))).toEqual({
      errors: [{ message: 'no mutations exist', extensions: { path: '$', code: 'validation-failed' } }],
    });
    const other = { 'content-type': 'application/json', 'x-hasura-admin-secret': SECRET, 'x-hasura-role': 'user' };
    expect(json(await product.call('POST', path, QUERY, other))).toMatchObject({
      errors: [{ message: `field 'saaras_db_proxy' not found in type: 'query_root'` }],
    });
  });

  test.each(['/v1/metadata', '/v1/graphql/explain', '/v1alpha1/graphql/explain'])('%s is the administrator’s', async (path) => {
    const body =
      path === '/v1/metadata' ? JSON.stringify({ type: 'export_metadata' }) : JSON.stringify({ query: JSON.parse(QUERY) });
    for (const caller of STRANGERS) {
      const answer = await post(caller, path, body);
      expect([answer.status, json(answer)]).toEqual([401, { path: '$', error: DENIED[caller], code: 'access-denied' }]);
    }
    expect((await post('viewer', path, body)).body).toContain('restricted access : admin only');
    expect((await post('admin', path, body)).status).toBe(200);
  });

  test('events are refused to strangers', async () => {
    for (const caller of STRANGERS) {
      const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
      const { body } = await call(caller, 'POST', '/v1/graphql', headers, QUERY);
      expect(body).toContain('access-denied');
      expect(body).not.toContain('"data":{');
    }
  });
});

describe('GraphQL over websockets', () => {
  /** What a client is told until it is answered or cut off: the last message or the code of the close. */
  function converse(caller: Caller, path: string, protocol: string, query: string): Promise<string> {
    const socket = new WebSocket(`ws://127.0.0.1:${product.ports.admin}${path}`, protocol);
    const start = protocol === 'graphql-ws' ? 'start' : 'subscribe';
    const said: string[] = [];
    return new Promise((resolve, reject) => {
      const finish = (text: string): void => {
        resolve(text);
        socket.terminate();
      };
      socket.on('error', reject);
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { headers: CALLERS[caller] } })));
      socket.on('close', (code) => finish([...said, String(code)].join(' ')));
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as { type: string };
        if (message.type === 'connection_ack') socket.send(JSON.stringify({ type: start, id: '1', payload: { query } }));
        else if (message.type === 'connection_error') said.push(data.toString());
        else if (['data', 'next', 'error'].includes(message.type)) finish(data.toString());
      });
    });
  }

  const QUERY = 'subscription { saaras_db_proxy(limit: 0) { proxy_name } }';
  const MUTATION = 'mutation { delete_saaras_db_proxy(where: {proxy_name: {_eq: "none"}}) { affected_rows } }';

  test.each(['/v1/graphql', '/v1alpha1/graphql'])('%s refuses strangers before anything is run', async (path) => {
    for (const caller of STRANGERS) {
      const said = await converse(caller, path, 'graphql-ws', QUERY);
      expect(said).toBe(`${JSON.stringify({ type: 'connection_error', payload: DENIED[caller] })} 4400`);
      expect(await converse(caller, path, 'graphql-transport-ws', QUERY)).toBe('4403');
    }
    for (const protocol of ['graphql-ws', 'graphql-transport-ws']) {
      for (const caller of ['viewer', 'admin'] as const)
        expect(await converse(caller, path, protocol, QUERY)).toContain('{"data":{"saaras_db_proxy":[]}}');
      expect(await converse('viewer', path, protocol, MUTATION)).toContain('no mutations exist');
      expect(await converse('admin', path, protocol, MUTATION)).toContain('"affected_rows":0');
    }
  });
});
