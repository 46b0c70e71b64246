import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createGraphQL } from '../../src/graphql';
import type { GraphQLEngine } from '../../src/graphql';
import type { Fixture } from './database';
import { log, shopFixture } from './database';

let shop: Fixture;
let open: Served;
let locked: Served;

interface Served {
  readonly url: string;
  readonly server: Server;
}

async function serve(engine: GraphQLEngine): Promise<Served> {
  const server = createServer((request, response) => {
    if (!engine.handle(request, response)) response.writeHead(404).end('not mine');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

beforeAll(async () => {
  shop = await shopFixture();
  const options = { pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 100_000, log };
  open = await serve(await createGraphQL(options));
  locked = await serve(await createGraphQL({ ...options, adminSecret: 's3cret' }));
});
afterAll(async () => {
  for (const { server } of [open, locked]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await shop.drop();
});

async function post(
  body: unknown,
  { path = '/v1/graphql', headers = {}, to = open }: { path?: string; headers?: Record<string, string>; to?: Served } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${to.url}${path}`, { method: 'POST', body: text, headers });
  return { status: response.status, headers: response.headers, json: (await response.json()) as unknown };
}

const NOTE = { data: { note: [{ id: 1 }] } };
const failure = (message: string, code: string, path = '$'): unknown => ({ errors: [{ message, extensions: { path, code } }] });

test('answers a query as JSON, whatever content type the client names', async () => {
  for (const type of ['application/json', 'text/plain', 'application/graphql+json']) {
    const {
      status,
      headers: answered,
      json,
    } = await post({ query: '{ note { id } }', variables: null, unknown: 1 }, { headers: { 'content-type': type } });
    expect({ status, json }).toEqual({ status: 200, json: NOTE });
    expect(answered.get('content-type')).toBe('application/json; charset=utf-8');
    expect(Number(answered.get('content-length'))).toBe(JSON.stringify(NOTE).length);
  }
});

test('takes over a request id, or makes one', async () => {
  const given = await post({ query: '{ note { id } }' }, { headers: { 'x-request-id': 'abc-1' } });
  expect(given.headers.get('x-request-id')).toBe('abc-1');
  expect((await post({ query: '{ note { id } }' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('chooses the operation by operationName', async () => {
  const query = 'query a { note { id } } query b { shop_log { line } }';
  expect((await post({ query, operationName: 'a' })).json).toEqual(NOTE);
});

test.each([
  ['validation', '{ x }', 400],
  ['a constraint', 'mutation { insert_note_one(object: {id: 1}) { id } }', 400],
  ['an unexpected error', '{ shop_author(where: {raw: {_eq: 1}}) { id } }', 500],
])('an error of %s has status 200 on /v1/graphql and its own on /v1alpha1/graphql', async (_, query, status) => {
  expect(await post({ query })).toMatchObject({ status: 200, json: { errors: [{}] } });
  expect(await post({ query }, { path: '/v1alpha1/graphql' })).toMatchObject({ status, json: { errors: [{}] } });
});

test('a batch is answered one by one, each with its own data or error, without a common transaction', async () => {
  const { status, json } = await post([
    { query: 'mutation { insert_note_one(object: {id: 5}) { id } }' },
    { query: '{ x }' },
    5,
    { query: 'subscription { note { id } }' },
    { query: '{ note_by_pk(id: 5) { id } }' },
  ]);
  expect(status).toBe(200);
  expect(json).toEqual([
    { data: { insert_note_one: { id: 5 } } },
    failure("field 'x' not found in type: 'query_root'", 'validation-failed', '$.selectionSet.x'),
    failure('expected an object with the key "query"', 'invalid-json'),
    failure('subscriptions are not supported over HTTP, use websockets instead', 'unexpected-payload'),
    { data: { note_by_pk: { id: 5 } } },
  ]);
  await shop.reset();
});

test('a batch has a limit', async () => {
  const { json } = await post(Array.from({ length: 101 }, () => ({ query: '{ note { id } }' })));
  expect(json).toEqual(failure('a batch may hold 100 operations, this one has 101', 'bad-request'));
});

test.each([
  ['not JSON', '{"query"', expect.stringContaining("the request's body is not JSON") as unknown as string, '$'],
  ['empty', '', expect.stringContaining("the request's body is not JSON") as unknown as string, '$'],
  ['null', 'null', 'expected an object with the key "query"', '$'],
  ['without a query', '{}', 'key "query" not found', '$'],
  ['with a query that is no text', '{"query": 1}', 'expected a string', '$.query'],
  ['with variables that are no object', '{"query": "{ note { id } }", "variables": [1]}', 'expected an object', '$.variables'],
  ['nested without end', '['.repeat(50_000), expect.stringContaining("the request's body is not JSON") as unknown as string, '$'],
])('a body that is %s', async (_, body, message, path) => {
  expect(await post(body)).toMatchObject({ status: 200, json: failure(message, 'invalid-json', path) });
});

test('a body that is too large is 413, with and without its length in front', async () => {
  const message = "the request's body is larger than 100000 bytes";
  expect(await post({ query: `{ note { id } } #${'x'.repeat(100_000)}` })).toMatchObject({
    status: 413,
    json: failure(message, 'bad-request'),
  });
  const chunks = new ReadableStream({
    start: (controller) => {
      for (let n = 0; n < 50; n += 1) controller.enqueue(new TextEncoder().encode('x'.repeat(10_000)));
      controller.close();
    },
  });
  const response = await fetch(`${open.url}/v1/graphql`, { method: 'POST', body: chunks, duplex: 'half' } as RequestInit);
  expect({ status: response.status, json: await response.json() }).toEqual({
    status: 413,
    json: failure(message, 'bad-request'),
  });
});

test('numbers in variables keep every digit', async () => {
  const body =
    '{"query": "mutation ($v: bigint, $j: jsonb) { update_shop_author_by_pk(pk_columns: {id: 2}, _set: {visits: $v, bio: $j}) { visits bio } }", "variables": {"v": 9223372036854775807, "j": {"a": [12345678901234567890.5, "12345678901234567890", -1e400, true, null, {}], "b\\"{": {"c": []}}}}';
  const response = await fetch(`${open.url}/v1/graphql`, { method: 'POST', body });
  const text = await response.text();
  expect(text).toContain('"visits":9223372036854775807');
  expect(text).toContain('12345678901234567890.5, "12345678901234567890", -1000');
  expect(text).toContain('{"c": []}');
  await shop.reset();
});

test('persisted queries, GET and other methods are refused', async () => {
  expect((await post({ query: '{ note { id } }', extensions: { persistedQuery: { version: 1 } } })).json).toEqual(
    failure('PersistedQueryNotSupported', 'not-supported'),
  );
  const get = await fetch(`${open.url}/v1/graphql?query={note{id}}`);
  expect(get.status).toBe(200);
  expect(await get.json()).toEqual(
    failure('GET is for persisted queries, which are not supported: send the query by POST', 'not-supported'),
  );
  const put = await fetch(`${open.url}/v1/graphql`, { method: 'PUT', body: '{}' });
  expect({ status: put.status, json: await put.json() }).toEqual({
    status: 404,
    json: { path: '$', error: 'resource does not exist', code: 'not-found' },
  });
});

test('the version is told without a secret, and other paths are left to others', async () => {
  const version = await fetch(`${locked.url}/v1/version`);
  expect(await version.json()).toEqual({ server_type: 'ce', version: expect.stringMatching(/^v2\./) as string });
  expect((await fetch(`${open.url}/v1/other`)).status).toBe(404);
});

describe('with an admin secret', () => {
  const query = { query: '{ note { id } }' };
  const missing = failure('"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found', 'access-denied');
  const wrong = failure('invalid "x-hasura-admin-secret"/"x-hasura-access-key"', 'access-denied');

  test.each([
    ['no header', {}, missing],
    ['a wrong secret', { 'x-hasura-admin-secret': 'wrong' }, wrong],
    ['an empty secret', { 'x-hasura-admin-secret': '' }, wrong],
    ['another scheme', { authorization: 'Basic s3cret' }, missing],
    ['a wrong bearer', { authorization: 'Bearer s3cre' }, wrong],
  ])('%s is refused', async (_, headers, json) => {
    expect(await post(query, { to: locked, headers })).toMatchObject({ status: 200, json });
    expect(await post(query, { to: locked, headers, path: '/v1alpha1/graphql' })).toMatchObject({ status: 401, json });
  });

  test.each([
    ['x-hasura-admin-secret', 's3cret'],
    ['x-hasura-access-key', 's3cret'],
    ['authorization', 'Bearer s3cret'],
  ])('%s: %s is let in', async (name, value) => {
    expect((await post(query, { to: locked, headers: { [name]: value } })).json).toEqual(NOTE);
  });
});

test('a role without permissions sees an empty schema', async () => {
  const headers = { 'x-hasura-role': 'user' };
  expect((await post({ query: '{ note { id } }' }, { headers })).json).toEqual(
    failure("field 'note' not found in type: 'query_root'", 'validation-failed', '$.selectionSet.note'),
  );
  expect((await post({ query: 'mutation { delete_note(where: {}) { affected_rows } }' }, { headers })).json).toEqual(
    failure('no mutations exist', 'validation-failed'),
  );
  expect(
    (
      await post(
        { query: '{ no_queries_available __schema { queryType { fields { name } } mutationType { name } } }' },
        { headers },
      )
    ).json,
  ).toEqual({
    data: {
      no_queries_available: expect.stringContaining('There are no queries available to the current role. Either') as string,
      __schema: { queryType: { fields: [{ name: 'no_queries_available' }] }, mutationType: null },
    },
  });
  expect((await post({ query: '{ note { id } }' }, { headers: { 'x-hasura-role': 'admin' } })).json).toEqual(NOTE);
});

test('a client that goes away in the middle of its body does no harm', async () => {
  const socket = connect(Number(new URL(open.url).port), '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write('POST /v1/graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"query"');
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  expect((await post({ query: '{ note { id } }' })).json).toEqual(NOTE);
});
