import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { log, shopFixture } from './database';
import type { Served } from './served';
import { post, serve } from './served';

let shop: Fixture;
let open: Served;
let locked: Served;
beforeAll(async () => {
  shop = await shopFixture();
  const options = { pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 100_000, log };
  open = await serve(await createGraphQL({ ...options, allowedOrigins: ['https://app.example', 'https://*.shop.example'] }));
  locked = await serve(await createGraphQL({ ...options, adminSecret: 's3cret' }));
});
afterAll(async () => {
  await open.close();
  await locked.close();
  await shop.drop();
});

describe('explain', () => {
  const explain = (query: string, { variables = {}, user = {} }: { variables?: object; user?: object } = {}) =>
    post(`${open.url}/v1/graphql/explain`, { query: { query, variables }, user });

  test('gives the SQL and the plan of every root field of a query', async () => {
    const query = 'query ($id: Int!) { one: shop_author_by_pk(id: $id) { name } note { id } __typename }';
    const { status, json } = await explain(query, { variables: { id: 1 } });
    expect(status).toBe(200);
    expect(json).toEqual([
      {
        field: 'one',
        sql: expect.stringContaining('"shop"."author"') as string,
        plan: expect.arrayContaining([expect.stringContaining('Scan')]) as string[],
      },
      {
        field: 'note',
        sql: expect.stringContaining('"public"."note"') as string,
        plan: expect.arrayContaining([expect.stringContaining('Scan')]) as string[],
      },
      { field: '__typename', sql: null, plan: null },
    ]);
    const body = { query: { query, variables: { id: 1 } } };
    expect(await post(`${open.url}/v1alpha1/graphql/explain`, body)).toMatchObject({ status: 200, json });
  });

  test('gives one SQL, its plan and the variables of a subscription', async () => {
    const { json } = await explain('subscription ($id: Int!) { shop_author_by_pk(id: $id) { name } }', { variables: { id: 1 } });
    expect(json).toEqual({
      sql: expect.stringContaining('SELECT') as string,
      plan: expect.any(Array) as string[],
      variables: { id: 1 },
    });
  });

  test.each([
    [
      'a mutation',
      'mutation { delete_note(where: {}) { affected_rows } }',
      'only queries can be explained',
      'invalid-params',
      '$',
    ],
    [
      'an unknown field',
      '{ nope { id } }',
      "field 'nope' not found in type: 'query_root'",
      'validation-failed',
      '$.selectionSet.nope',
    ],
  ])('refuses %s, and runs nothing', async (_, query, error, code, path) => {
    expect(await explain(query)).toMatchObject({ status: 400, json: { path, error, code } });
    expect((await shop.pool.query('SELECT 1 FROM note')).rowCount).toBe(1);
  });

  test('sees the schema of the role it is asked for', async () => {
    const { status, json } = await explain('{ note { id } }', { user: { 'x-hasura-role': 'reader' } });
    expect({ status, json }).toMatchObject({ status: 400, json: { error: "field 'note' not found in type: 'query_root'" } });
  });

  test('is for the administrator', async () => {
    expect(await post(`${locked.url}/v1/graphql/explain`, {})).toMatchObject({
      status: 401,
      json: { code: 'access-denied', path: '$' },
    });
    const asRole = await post(
      `${locked.url}/v1/graphql/explain`,
      {},
      { 'x-hasura-admin-secret': 's3cret', 'x-hasura-role': 'reader' },
    );
    expect(asRole).toMatchObject({ status: 400, json: { code: 'access-denied', error: 'restricted access : admin only' } });
  });
});

describe('CORS', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/v1/graphql`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,x-hasura-admin-secret',
      },
    });

  test.each(['https://app.example', 'https://a.shop.example', 'https://a.b.shop.example'])(
    'lets pages of %s in',
    async (origin) => {
      const asked = await preflight(open.url, origin);
      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
      expect(asked.headers.get('access-control-allow-headers')).toBe('content-type,x-hasura-admin-secret');
      const answer = await post(`${open.url}/v1/graphql`, { query: '{ note { id } }' }, { Origin: origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('vary')).toContain('Origin');
    },
  );

  test.each(['https://shop.example', 'http://app.example', 'https://app.example.evil', 'https://evilshop.example', 'null'])(
    'says nothing to pages of %s',
    async (origin) => {
      const asked = await preflight(open.url, origin);
      expect(asked.status).toBe(404);
      expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('is off unless it is set', async () => {
    const answer = await preflight(locked.url, 'https://app.example');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

/** The answer as it is on the wire. */
function raw(url: string, query: string, encoding: string): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/v1/graphql`, { method: 'POST', headers: { 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ query }));
  });
}

const LONG = `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: __typename`).join(' ')} }`;

test.each(['gzip', 'deflate, gzip;q=0.5', 'gzip, br', '*'])(
  'compresses a long answer for a client that takes %s',
  async (accepted) => {
    const { encoding, body } = await raw(open.url, LONG, accepted);
    expect(encoding).toBe('gzip');
    expect(JSON.parse(gunzipSync(body).toString())).toMatchObject({ data: { a0: 'query_root', a199: 'query_root' } });
  },
);

test.each([
  ['a short answer', '{ note { id } }', 'gzip'],
  ['an answer for a client that refuses gzip', LONG, 'gzip;q=0'],
  ['an answer for a client that asks for nothing', LONG, 'identity'],
])('does not compress %s', async (_, query, accepted) => {
  const { encoding, body } = await raw(open.url, query, accepted);
  expect(encoding).toBeUndefined();
  expect(JSON.parse(body.toString())).toHaveProperty('data');
});

test('serves GraphiQL as one page that loads nothing from elsewhere', async () => {
  const response = await fetch(`${locked.url}/graphiql`);
  const page = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page).toContain('"endpoint":"/v1/graphql"');
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
});

test.each([
  ['GET', '/v1/nothing'],
  ['POST', '/v1/query'],
  ['POST', '/v2/query'],
  ['POST', '/v1beta1/relay'],
  ['PUT', '/v1/graphql'],
  ['GET', '/v1/metadata'],
])('%s %s does not exist, in the form of errors outside GraphQL', async (method, path) => {
  const response = await fetch(open.url + path, { method });
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ path: '$', error: 'resource does not exist', code: 'not-found' });
});

test('what is not of the GraphQL API is left to others', async () => {
  expect(await (await fetch(`${open.url}/v1`)).text()).toBe('not mine');
  expect(await (await fetch(`${open.url}/service`)).text()).toBe('not mine');
});

test('rows of which nothing is selected are empty objects, and keys longer than a name of Postgres are kept', async () => {
  const long = 'k'.repeat(70);
  const query = `query ($no: Boolean!) { note { id @include(if: $no) } long: note { ${long}: id } }`;
  const { json } = await post(`${open.url}/v1/graphql`, { query, variables: { no: false } });
  expect(json).toEqual({ data: { note: [{}], long: [{ [long]: 1 }] } });
});
