import { getIntrospectionQuery } from 'graphql';
import pg from 'pg';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, log, shopFixture } from './database';
import type { Served } from './served';
import { post, serve } from './served';

const TIME_MS = 500;

let shop: Fixture;
let small: Fixture['engine'];
let served: Served;
beforeAll(async () => {
  shop = await shopFixture();
  await shop.pool.query(`
    CREATE VIEW shop.nap AS SELECT 1 AS id, pg_sleep(3)::text AS slept;
    CREATE VIEW shop.doze AS SELECT 1 AS id, pg_sleep(0.2)::text AS slept;
    CREATE TABLE shop.slow (id integer PRIMARY KEY);
    CREATE FUNCTION shop.sleep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$;
    CREATE TRIGGER sleep BEFORE INSERT ON shop.slow FOR EACH ROW EXECUTE FUNCTION shop.sleep();`);
  const { pool, schemas } = shop;
  const limits = { depth: 3, fields: 5, aliases: 2 };
  small = await createGraphQL({
    pool,
    schemas,
    limits,
    maxBatch: 2,
    timeMs: 2 * TIME_MS,
    queryTimeMs: TIME_MS,
    introspection: false,
    maxBodyBytes: 1000,
    log,
  });
  served = await serve(small);
});
afterAll(async () => {
  await served.close();
  await shop.drop();
});

const message = async (query: string): Promise<unknown> => (await ask(small, query)).errors?.[0]?.message;
const timeout = (setting: string) => ({
  message: `the request took longer than its time limit (${setting}): ask for less at a time`,
  extensions: { path: '$', code: 'timeout' },
});

test('depth, fields and aliases are limited as it is set', async () => {
  const nested = (field: string) => `{ shop_author { articles_by_author { ${field} } } }`;
  expect(await message(nested('id'))).toBeUndefined();
  expect(await message(nested('author_by_author { id }'))).toBe('the query nests fields deeper than 3 levels');
  expect(await message('{ shop_author { id name mood __typename } }')).toBeUndefined();
  expect(await message('{ shop_author { id name mood __typename } note { id } }')).toBe('the query asks for more than 5 fields');
  expect(await message('{ a: note { id } b: note { id } }')).toBeUndefined();
  expect(await message('{ a: note { id } b: note { c: id } }')).toBe('the query has more than 2 aliases');
});

test('operations of a batch are limited as it is set', async () => {
  const batch = (count: number) => post(`${served.url}/v1/graphql`, Array(count).fill({ query: '{ note { id } }' }));
  expect((await batch(2)).json).toHaveLength(2);
  expect((await batch(3)).json).toMatchObject({ errors: [{ message: 'a batch may hold 2 operations, this one has 3' }] });
});

test('the schema is not told when that is switched off, and names of types are', async () => {
  const { pool, schemas } = shop;
  const closed = await createGraphQL({ pool, schemas, introspection: false, maxBodyBytes: 1000, log });
  for (const [query, field] of [
    [getIntrospectionQuery(), '__schema'],
    ['{ __type(name: "note") { name } }', '__type'],
  ] as const)
    expect((await ask(closed, query)).errors?.[0]?.message).toBe(`field '${field}' not found in type: 'query_root'`);
  await closed.stop();
  expect(await ask(small, '{ __typename note(limit: 0) { __typename } }')).toMatchObject({ data: { __typename: 'query_root' } });
});

test('the introspection query of clients passes the limits that hold unless others are set', async () => {
  const options = {
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  };
  expect(await ask(shop.engine, getIntrospectionQuery(options))).toHaveProperty('data.__schema');
});

test('an operation that takes longer than it may is cancelled, be it one statement or many', async () => {
  const many = Array.from({ length: 30 }, (_, index) => `shop_doze(limit: ${index + 1}) { slept }`).map(
    (field, index) => `a${index}: ${field}`,
  );
  const free = await createGraphQL({ pool: shop.pool, schemas: ['shop'], timeMs: TIME_MS, maxBodyBytes: 10_000, log });
  // What the process asks itself has that limit for queries too.
  for (const query of ['{ shop_nap { slept } }', `{ ${many.join(' ')} }`]) {
    const started = performance.now();
    expect(await ask(free, query)).toEqual({ errors: [timeout('GRAPHQL_TIMEOUT_MS')] });
    expect(performance.now() - started).toBeLessThan(2_500);
  }
  await free.stop();
  const nap = { query: '{ shop_nap { slept } }' };
  const { status, json } = await post(`${served.url}/v1alpha1/graphql`, nap);
  expect({ status, json }).toMatchObject({ status: 504, json: { errors: [timeout('GRAPHQL_QUERY_TIMEOUT_MS')] } });
  expect((await post(`${served.url}/v1/graphql`, nap)).json).toEqual({ errors: [timeout('GRAPHQL_QUERY_TIMEOUT_MS')] });
  // The operations of a batch have it together.
  const started = performance.now();
  const batch = [{ query: '{ shop_doze { slept } }' }, nap];
  expect((await post(`${served.url}/v1/graphql`, batch)).json).toEqual([
    { data: { shop_doze: [{ slept: '' }] } },
    { errors: [timeout('GRAPHQL_QUERY_TIMEOUT_MS')] },
  ]);
  expect(performance.now() - started).toBeLessThan(2_500);
});

test('operations are cancelled also when every connection of the pool is busy with one', async () => {
  const busy = new pg.Pool({ connectionString: shop.url, max: 2 });
  const crowded = await createGraphQL({ pool: busy, schemas: ['shop'], timeMs: TIME_MS, maxBodyBytes: 1000, log });
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: 4 }, () => ask(crowded, '{ shop_nap { slept } }')));
  expect(answers).toEqual(Array(4).fill({ errors: [timeout('GRAPHQL_TIMEOUT_MS')] }));
  expect(performance.now() - started).toBeLessThan(2_500);
  expect(await ask(crowded, '{ shop_doze { id } }')).toHaveProperty('data');
  await crowded.stop();
  await busy.end();
});

test('a mutation that is cancelled has stored nothing, and the connections are as good as before', async () => {
  const insert = (ids: string) => `mutation { insert_shop_slow(objects: [${ids}]) { affected_rows } }`;
  expect(await ask(small, insert('{id: 1}'))).toEqual({ errors: [timeout('GRAPHQL_TIMEOUT_MS')] });
  expect((await shop.pool.query('SELECT FROM shop.slow')).rowCount).toBe(0);
  for (let round = 0; round < 30; round += 1) expect(await ask(small, '{ shop_doze { id } }')).toHaveProperty('data');
});
