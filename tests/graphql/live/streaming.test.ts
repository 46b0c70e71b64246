import type { Fixture } from '../database';
import { shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import type { Message } from './raw-socket';
import { RawSocket } from './raw-socket';

// Contract 11.2, on a schema that is polled.

let shop: Fixture;
let served: Served;
let raw: RawSocket;
beforeAll(async () => {
  shop = await shopFixture({ pollMs: 100 });
  served = await serve(shop.engine);
});
beforeEach(async () => {
  await shop.reset();
  await shop.pool.query('DELETE FROM shop.employee');
  await employ([1, 'a'], [2, 'b'], [3, 'b'], [4, 'b'], [5, 'c']);
  raw = await RawSocket.connect(served.url, 'graphql-transport-ws');
});
afterEach(() => raw.close());
afterAll(async () => {
  await served.close();
  await shop.drop();
});

async function employ(...rows: [number, string][]): Promise<void> {
  for (const row of rows) await shop.pool.query('INSERT INTO shop.employee (id, name) VALUES ($1, $2)', row);
}

function stream(args: string, variables = '', values: object = {}, id = 'a'): void {
  const query = `subscription ${variables} { shop_employee_stream(${args}) { id } }`;
  raw.send({ type: 'subscribe', id, payload: { query, variables: values } });
}

async function batch(): Promise<number[]> {
  return idsOf(await raw.take());
}

function idsOf({ payload }: Message): number[] {
  return (payload as { data: { shop_employee_stream: { id: number }[] } }).data.shop_employee_stream.map(({ id }) => id);
}

const silence = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(raw.rest()).toEqual([]);
};

test('rows beyond the cursor come in batches, then those that are added, and nothing in between', async () => {
  stream('batch_size: 2, cursor: {initial_value: {id: 1}}');
  expect(await batch()).toEqual([2, 3]);
  expect(await batch()).toEqual([4, 5]);
  await silence();
  await employ([7, 'x'], [6, 'y']);
  const got = [...(await batch())];
  if (got.length === 1) got.push(...(await batch()));
  expect(got).toEqual([6, 7]);
  await silence();
});

test('rows that are equal to the last one of a batch are not lost', async () => {
  stream('batch_size: 2, cursor: {initial_value: {name: ""}}');
  expect((await batch()).sort()).toEqual([1, 2, 3, 4]);
  expect(await batch()).toEqual([5]);
});

test('it goes downwards as well', async () => {
  stream('batch_size: 2, cursor: {initial_value: {id: 5}, ordering: DESC}');
  expect(await batch()).toEqual([4, 3]);
  expect(await batch()).toEqual([2, 1]);
  await employ([6, 'x']);
  await silence();
});

test('it may be filtered, and everything may be a variable', async () => {
  const cursor = [{ initial_value: { id: 0 }, ordering: 'ASC' }];
  stream(
    'batch_size: $n, cursor: $c, where: $w',
    '($n: Int!, $c: [shop_employee_stream_cursor_input]!, $w: shop_employee_bool_exp)',
    { n: 10, c: cursor, w: { name: { _eq: 'b' } } },
  );
  expect(await batch()).toEqual([2, 3, 4]);
  await employ([8, 'c'], [9, 'b']);
  expect(await batch()).toEqual([9]);
});

test('rows without a value of the cursor never come, and changes of rows that passed are not seen', async () => {
  await shop.pool.query('UPDATE shop.employee SET manager_id = id WHERE id <= 2');
  stream('batch_size: 10, cursor: {initial_value: {manager_id: 0}}');
  expect(await batch()).toEqual([1, 2]);
  await shop.pool.query(`UPDATE shop.employee SET name = 'z' WHERE id = 1`);
  await silence();
  await shop.pool.query('UPDATE shop.employee SET manager_id = 3 WHERE id = 4');
  expect(await batch()).toEqual([4]);
});

test('streams that have come differently far are one statement, each from its own place', async () => {
  stream('batch_size: 10, cursor: {initial_value: {id: 0}}', '', {}, 'all');
  stream('batch_size: 10, cursor: {initial_value: {id: 4}}', '', {}, 'last');
  const got = [await raw.take(), await raw.take()].sort((one, other) => (`${one.id}` < `${other.id}` ? -1 : 1));
  expect(got.map(idsOf)).toEqual([[1, 2, 3, 4, 5], [5]]);
  await employ([6, 'x']);
  expect([await batch(), await batch()]).toEqual([[6], [6]]);
});

test('a time with microseconds is where the next batch begins', async () => {
  await shop.pool.query(
    `UPDATE shop.author SET joined = '2020-01-01T00:00:00.000001Z'::timestamptz + id * interval '1 microsecond'`,
  );
  const query = `subscription { shop_author_stream(batch_size: 1, cursor: {initial_value: {joined: "2020-01-01T00:00:00Z"}}) { id } }`;
  raw.send({ type: 'subscribe', id: 'a', payload: { query } });
  for (const id of [1, 2, 3]) expect(await raw.take()).toMatchObject({ payload: { data: { shop_author_stream: [{ id }] } } });
  await silence();
});

test.each([
  ['no column', 'cursor: {initial_value: {}}', 'one streaming column field is expected', '', 'validation-failed'],
  ['no cursor', 'cursor: []', 'one streaming column field is expected', '', 'validation-failed'],
  [
    'several columns',
    'cursor: {initial_value: {id: 1, name: "x"}}',
    'multiple column cursors are not supported yet',
    '',
    'validation-failed',
  ],
  ['no initial value', 'cursor: {}', "missing required field 'initial_value'", '[0].initial_value', 'validation-failed'],
  [
    'an unknown column',
    'cursor: {initial_value: {nope: 1}}',
    "field 'nope' not found in type: 'shop_employee_stream_cursor_value_input'",
    '[0].initial_value.nope',
    'validation-failed',
  ],
  [
    'a value of null',
    'cursor: {initial_value: {id: null}}',
    "unexpected null value for type 'Int'",
    '[0].initial_value.id',
    'validation-failed',
  ],
  [
    'an unknown order',
    'cursor: {initial_value: {id: 1}, ordering: UP}',
    "expected one of the values ['ASC', 'DESC'] for type 'cursor_ordering', but found 'UP'",
    '[0].ordering',
    'validation-failed',
  ],
])('%s', async (_, cursor, message, path, code) => {
  stream(`batch_size: 1, ${cursor}`);
  expect(await raw.take()).toEqual({
    type: 'error',
    id: 'a',
    payload: [{ message, extensions: { path: `$.selectionSet.shop_employee_stream.args.cursor${path}`, code } }],
  });
});

test.each([
  ['no batch size', 'cursor: {initial_value: {id: 1}}', "missing required field 'batch_size'"],
  ['no cursor at all', 'batch_size: 1', "missing required field 'cursor'"],
  [
    'a negative batch size',
    'batch_size: -1, cursor: {initial_value: {id: 1}}',
    "expected a non-negative 32-bit integer for type 'Int', but found an integer",
  ],
])('%s', async (_, args, message) => {
  stream(args);
  expect(await raw.take()).toMatchObject({ type: 'error', payload: [{ message }] });
});

test('a stream beside another root field is refused', async () => {
  const own = 'shop_employee_stream(batch_size: 1, cursor: {initial_value: {id: 0}}) { id }';
  const query = `subscription @_multiple_top_level_fields { ${own} note { id } }`;
  raw.send({ type: 'subscribe', id: 'a', payload: { query } });
  expect(await raw.take()).toMatchObject({
    type: 'error',
    payload: [{ message: 'exactly one root field is allowed in streaming subscriptions' }],
  });
});

test('a query has no streams', async () => {
  const query = '{ shop_employee_stream(batch_size: 1, cursor: {initial_value: {id: 0}}) { id } }';
  raw.send({ type: 'subscribe', id: 'a', payload: { query } });
  expect(await raw.take()).toMatchObject({
    type: 'error',
    payload: [{ message: "field 'shop_employee_stream' not found in type: 'query_root'" }],
  });
});
