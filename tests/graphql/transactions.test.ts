import pg from 'pg';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, gatewayFixture, log, shopFixture } from './database';

let shop: Fixture;
let gateway: Fixture;
beforeAll(async () => {
  [shop, gateway] = await Promise.all([shopFixture(), gatewayFixture()]);
});
afterAll(() => Promise.all([shop.drop(), gateway.drop()]));
beforeEach(() => Promise.all([shop.reset(), gateway.reset()]));

async function authors(): Promise<unknown> {
  return (await shop.pool.query('SELECT name, level FROM shop.author ORDER BY id')).rows;
}

test.each([
  [
    'a later root field',
    'mutation { update_shop_author(where: {}, _set: {level: 9}) { affected_rows } insert_shop_author_one(object: {name: "Ann"}) { id } }',
  ],
  [
    'a later object',
    'mutation { insert_shop_author(objects: [{name: "x", articles_by_author: {data: {title: "t"}}}, {name: "Ann"}]) { affected_rows } }',
  ],
  [
    'a nested object',
    'mutation { insert_shop_author_one(object: {name: "x", articles_by_author: {data: [{title: "t", rank: -1}]}}) { id } }',
  ],
  [
    'a deep row after several rounds',
    'mutation { insert_shop_employee_one(object: {id: 50, name: "a", employees: {data: [{id: 51, name: "b"}, {id: 1, name: "taken"}]}}) { id } }',
  ],
  [
    'a later update of many',
    'mutation { update_shop_author_many(updates: [{where: {}, _set: {level: 9}}, {where: {id: {_eq: 2}}, _set: {name: "Ann"}}]) { affected_rows } }',
  ],
  [
    'the rows asked for after the write',
    'mutation { update_shop_author(where: {}, _set: {level: 9}) { returning { articles_by_author(offset: -1) { id } } } }',
  ],
])('an error in %s leaves nothing, and is the whole answer', async (_, query) => {
  const before = await authors();
  const employees = (await shop.pool.query('SELECT * FROM shop.employee ORDER BY id')).rows;
  const answer = await ask(shop.engine, query);
  expect(Object.keys(answer)).toEqual(['errors']);
  expect(answer.errors).toHaveLength(1);
  expect(await authors()).toEqual(before);
  expect((await shop.pool.query('SELECT * FROM shop.employee ORDER BY id')).rows).toEqual(employees);
});

test('after errors of every kind the connections still work', async () => {
  const bad = [
    '{ shop_author(offset: -1) { id } note { id } }',
    'mutation { insert_shop_author_one(object: {name: "Ann"}) { articles_by_author { id } } }',
    '{ note(where: {id: {_eq: "x"}}) { id } }',
  ];
  await Promise.all(Array.from({ length: 60 }, (_, index) => ask(shop.engine, bad[index % bad.length] ?? '')));
  const good = await Promise.all(Array.from({ length: 40 }, () => ask(shop.engine, '{ note { id } }')));
  expect(good).toEqual(Array.from({ length: 40 }, () => ({ data: { note: [{ id: 1 }] } })));
  const stuck = await shop.pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  );
  expect(stuck.rows).toEqual([{ n: 0 }]);
});

test('the root fields of a query read one snapshot', async () => {
  let stop = false;
  const write = (n: number): Promise<unknown> =>
    shop.pool.query(`WITH a AS (UPDATE shop.employee SET name = $1::text WHERE id = 1) UPDATE note SET text = $1::text`, [
      String(n),
    ]);
  await write(0);
  const writer = (async () => {
    for (let n = 1; !stop; n += 1) await write(n);
  })();
  const pairs: [string, string][] = [];
  for (let round = 0; round < 100; round += 1) {
    const { data } = await ask(shop.engine, '{ shop_employee_by_pk(id: 1) { name } note_by_pk(id: 1) { text } }');
    const [a, b] = [(data?.shop_employee_by_pk as { name: string }).name, (data?.note_by_pk as { text: string }).text];
    pairs.push([a, b]);
  }
  stop = true;
  await writer;
  for (const [a, b] of pairs) expect(a).toBe(b);
  expect(new Set(pairs.map(([a]) => a)).size).toBeGreaterThan(1);
});

test('upserts that touch the same parents in opposite orders all succeed, though they deadlock', async () => {
  await gateway.pool.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 10', current_database()); END $$`,
  );
  const pool = new pg.Pool({ connectionString: gateway.url });
  const engine = await createGraphQL({ pool, schemas: gateway.schemas, maxBodyBytes: 1000, log });
  const fields = (names: readonly string[]): string[] =>
    names.map(
      (name, index) =>
        `t${index}: insert_saaras_db_service(objects: {service_name: "${name}"}, on_conflict: {constraint: service_service_name_key, update_columns: update_ts}) { affected_rows }`,
    );
  const deadlocks = async (): Promise<number> => {
    await gateway.pool.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await gateway.pool.query<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    return Number(rows[0]?.deadlocks);
  };
  const names = ['demo', 'other', 'a', 'b', 'c', 'd', 'e', 'f'];
  for (let round = 0; round < 100 && (round < 3 || (await deadlocks()) === 0); round += 1) {
    const orders = [names, [...names].reverse(), names, [...names].reverse()];
    const answers = await Promise.all(orders.map((order) => ask(engine, `mutation { ${fields(order).join(' ')} }`)));
    for (const answer of answers)
      expect(answer).toEqual({ data: expect.objectContaining({ t7: { affected_rows: 1 } }) as unknown });
  }
  await pool.end();
  expect(await deadlocks()).toBeGreaterThan(0);
});

test('thousands of rows in one insert', async () => {
  const objects = Array.from({ length: 40_000 }, (_, id) => ({ id: id + 100, text: `t${id}` }));
  const query =
    'mutation ($objects: [note_insert_input!]!) { insert_note(objects: $objects) { affected_rows returning { id } } }';
  const answer = await ask(shop.engine, query, { objects });
  const { affected_rows, returning } = answer.data?.insert_note as { affected_rows: number; returning: { id: number }[] };
  expect(affected_rows).toBe(40_000);
  expect(returning.map(({ id }) => id)).toEqual(objects.map(({ id }) => id));
});
