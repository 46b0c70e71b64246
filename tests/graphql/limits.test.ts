import pg from 'pg';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, log, shopFixture } from './database';
import type { Served } from './served';
import { post, serve } from './served';

let shop: Fixture;
let served: Served;
let hurried: pg.Pool;
beforeAll(async () => {
  shop = await shopFixture();
  await shop.pool.query(`
    CREATE TABLE shop.many (id integer PRIMARY KEY);
    INSERT INTO shop.many SELECT generate_series(1, 6000);
    CREATE VIEW shop.nap AS SELECT 1 AS id, pg_sleep(5)::text AS slept`);
  const options = { pool: shop.pool, schemas: ['shop', 'public'], maxBodyBytes: 1_000_000, log };
  served = await serve(await createGraphQL({ ...options, maxRows: 5000 }));
  hurried = new pg.Pool({ connectionString: shop.url, statement_timeout: 200 });
});
afterAll(async () => {
  await served.close();
  await hurried.end();
  await shop.drop();
});

const answer = async (query: string) => (await post(`${served.url}/v1/graphql`, { query })).json;

test.each(['{ rows: shop_many { id } }', '{ note { id } rows: shop_many(limit: 5001) { id } }'])(
  'more rows than the limit are refused: %s',
  async (query) => {
    const refusal = {
      message: "'rows' has more rows than one answer may hold (GRAPHQL_MAX_ROWS): ask for less by limit and offset",
      extensions: { path: '$.selectionSet.shop_many', code: 'validation-failed' },
    };
    expect(await answer(query)).toEqual({ errors: [refusal] });
    expect(await answer(query)).toEqual({ errors: [refusal] });
  },
);

test('as many rows as the limit allows are answered', async () => {
  expect(await answer('{ shop_many(limit: 5000) { id } }')).toMatchObject({ data: { shop_many: { length: 5000 } } });
  expect(await answer('{ shop_many_aggregate { aggregate { count } } }')).toMatchObject({ data: {} });
});

test('a limit below that of large lists is kept too', async () => {
  const few = await serve(await createGraphQL({ pool: shop.pool, schemas: ['shop'], maxBodyBytes: 1000, maxRows: 10, log }));
  const rows = async (limit: number) =>
    (await post(`${few.url}/v1/graphql`, { query: `{ shop_many(limit: ${limit}) { id } }` })).json;
  expect(await rows(10)).toMatchObject({ data: { shop_many: { length: 10 } } });
  expect(await rows(11)).toMatchObject({ errors: [{ extensions: { code: 'validation-failed' } }] });
  await few.close();
});

test('more aliases than allowed are refused', async () => {
  const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(' ')} }`;
  expect(await ask(shop.engine, aliases(1000))).toMatchObject({ data: {} });
  expect(await ask(shop.engine, aliases(1001))).toEqual({
    errors: [{ message: 'the query has more than 1000 aliases', extensions: { path: '$.query', code: 'validation-failed' } }],
  });
});

test('a statement that takes too long is told so', async () => {
  const engine = await createGraphQL({ pool: hurried, schemas: ['shop'], maxBodyBytes: 1000, log });
  expect(await ask(engine, '{ shop_nap { id slept } }')).toEqual({
    errors: [
      {
        message: 'the statement took longer than the time limit of the database (statement_timeout): ask for less at a time',
        extensions: { path: '$', code: 'timeout' },
      },
    ],
  });
  const { url, close } = await serve(engine);
  expect(await post(`${url}/v1alpha1/graphql`, { query: '{ shop_nap { id slept } }' })).toMatchObject({ status: 504 });
  await close();
});
