import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { createGraphQL } from '../../src/graphql';
import type { GraphQLEngine } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, log, shopFixture } from './database';
import type { Served } from './served';
import { post, serve } from './served';

const ROWS = 20_000;
const MB = 1_000_000;

let shop: Fixture;
let engine: GraphQLEngine;
let served: Served;
beforeAll(async () => {
  shop = await shopFixture();
  await shop.pool.query(`
    CREATE TABLE shop.big (id integer PRIMARY KEY, text text NOT NULL, divisor integer NOT NULL);
    INSERT INTO shop.big SELECT n, repeat('é"\\', 160), 1 FROM generate_series(1, ${ROWS}) AS n;
    -- In order, since Postgres may begin to read a large table anywhere.
    CREATE VIEW shop.failing AS
      SELECT id, text, 1 / (id - 15000) AS quotient FROM (SELECT * FROM shop.big ORDER BY id OFFSET 0) AS sorted;
    CREATE VIEW shop.slow AS SELECT id, text, pg_sleep(CASE WHEN id % 2500 = 0 THEN 0.1 ELSE 0 END)::text AS slept FROM shop.big;
    CREATE TABLE shop.long (id integer PRIMARY KEY, text text NOT NULL);
    INSERT INTO shop.long SELECT n, repeat('x', ${50 * MB}) FROM generate_series(1, 3) AS n;
    ANALYZE shop.big`);
  engine = await createGraphQL({ pool: shop.pool, schemas: ['shop', 'public'], maxBodyBytes: 100_000, log });
  served = await serve(engine);
});
afterAll(async () => {
  await served.close();
  await shop.drop();
});

function open(query: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(`${served.url}/v1/graphql`, { method: 'POST', headers }, resolve);
    asked.on('error', reject);
    asked.end(JSON.stringify({ query }));
  });
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Connections that are in use, or in a transaction on the server. */
async function busy(): Promise<number> {
  const open = await shop.pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  return (open.rowCount ?? 0) + shop.pool.totalCount - shop.pool.idleCount;
}

async function becomesIdle(): Promise<void> {
  const until = Date.now() + 20_000;
  while ((await busy()) > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await busy()).toBe(0);
}

test('a large list arrives whole, in order, equal to what the engine gives as one text, time after time', async () => {
  const query = '{ before: __typename rows: shop_big(order_by: {id: desc}) { id text } note { id } }';
  const whole = await createGraphQL({ pool: shop.pool, schemas: ['shop', 'public'], maxBodyBytes: 1000, log });
  const expected = JSON.parse((await whole.execute({ query })).body) as { data: { rows: unknown[] } };
  expect(expected.data.rows).toHaveLength(ROWS);
  for (let time = 0; time < 3; time += 1) {
    const response = await open(query);
    expect(response.headers['transfer-encoding']).toBe('chunked');
    expect(JSON.parse((await bodyOf(response)).toString())).toEqual(expected);
  }
  await becomesIdle();
});

test('a large list is compressed for a client that asks for it', async () => {
  const response = await open('{ shop_big { id text } }', { 'accept-encoding': 'gzip' });
  expect(response.headers['content-encoding']).toBe('gzip');
  const body = JSON.parse(gunzipSync(await bodyOf(response)).toString()) as { data: { shop_big: unknown[] } };
  expect(body.data.shop_big).toHaveLength(ROWS);
});

test('the first byte is there before the last row is made', async () => {
  const query = '{ shop_slow { id text slept } }';
  await bodyOf(await open(query));
  const started = performance.now();
  const response = await open(query);
  const [first] = (await Promise.race([new Promise((resolve) => response.once('data', () => resolve([performance.now()])))])) as [
    number,
  ];
  await bodyOf(response);
  // The eight naps of a tenth of a second lie along the way.
  expect(first - started).toBeLessThan((performance.now() - started) / 2);
});

test('a small list is one statement, and has a length', async () => {
  const response = await open('{ shop_big(limit: 1000) { id } }');
  const body = await bodyOf(response);
  expect(response.headers['content-length']).toBe(String(body.length));
});

test('a list that has become small is asked for whole again', async () => {
  const query = '{ shop_big(where: {divisor: {_eq: 1}}) { id text } }';
  await bodyOf(await open(query));
  await shop.pool.query('UPDATE shop.big SET divisor = 2');
  try {
    expect((await open(query).then(bodyOf)).toString()).toBe('{"data":{"shop_big":[]}}');
    const again = await open(query);
    expect(again.headers['content-length']).toBe('24');
    await bodyOf(again);
  } finally {
    await shop.pool.query('UPDATE shop.big SET divisor = 1');
  }
});

test('an error in the middle breaks the answer off', async () => {
  const response = await open('{ shop_failing { id text quotient } }');
  expect(response.statusCode).toBe(200);
  await expect(bodyOf(response)).rejects.toThrow('aborted');
  await becomesIdle();
});

test('an error before the first piece is an answer', async () => {
  const query = '{ shop_failing(order_by: {quotient: asc}) { id text } }';
  expect((await post(`${served.url}/v1/graphql`, { query })).json).toEqual({
    errors: [{ message: 'division by zero', extensions: { path: '$', code: 'data-exception' } }],
  });
});

test('nothing more is read for a client that goes away', async () => {
  const response = await open('{ shop_big { id text } more: shop_big { id text } }');
  await new Promise((resolve) => response.once('data', resolve));
  response.destroy();
  await becomesIdle();
});

test('a slow client holds up the reading, not the memory', async () => {
  const response = await open(`{ ${Array.from({ length: 12 }, (_, n) => `a${n}: shop_big { id text }`).join(' ')} }`);
  response.pause();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const held = process.memoryUsage().arrayBuffers;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(20_000_000);
  expect(await busy()).toBeGreaterThan(0);
  response.destroy();
  await becomesIdle();
});

test('members of a batch are answered as one text', async () => {
  const { json } = await post(`${served.url}/v1/graphql`, [{ query: '{ shop_big { id } }' }, { query: '{ note { id } }' }]);
  expect(json).toMatchObject([{ data: { shop_big: { length: ROWS } } }, { data: { note: [{ id: 1 }] } }]);
});

describe('an answer that is held as a whole has an end', () => {
  const tooLong = (what: string) => ({
    errors: [
      {
        message: `${what} is larger than 128 MiB: ask for less at a time`,
        extensions: { path: '$', code: 'validation-failed' },
      },
    ],
  });
  const byId = (ids: readonly number[]) => `{ ${ids.map((id, n) => `a${n}: shop_long_by_pk(id: ${id}) { text }`).join(' ')} }`;

  test('whether it has many parts or one part many times', async () => {
    expect((await ask(engine, byId([1, 2]))).data).toHaveProperty('a1.text.length', 50 * MB);
    for (const ids of [[1, 2, 3], Array<number>(200).fill(1)])
      expect(await ask(engine, byId(ids))).toEqual(tooLong('the answer'));
  });

  test('and a mutation says that it is stored', async () => {
    const update = (id: number) => `a${id}: update_shop_long_by_pk(pk_columns: {id: ${id}}, _set: {id: ${id + 10}}) { text }`;
    const mutation = `mutation { ${[1, 2, 3].map(update).join(' ')} }`;
    expect(await ask(engine, mutation)).toEqual(tooLong('the change is stored, and its answer'));
    const { rows } = await shop.pool.query('SELECT id FROM shop.long ORDER BY id');
    expect(rows).toEqual([{ id: 11 }, { id: 12 }, { id: 13 }]);
  });

  test('of a batch too', async () => {
    const [first, second, third, fourth] = (
      await post(
        `${served.url}/v1/graphql`,
        [1, 2, 3, 1].map((id) => ({ query: byId([id + 10]) })),
      )
    ).json as { data: object }[];
    for (const answered of [first, second, third]) expect(answered).toHaveProperty('data.a0.text.length', 50 * MB);
    expect(fourth).toEqual(tooLong('the answer'));
  });
});
