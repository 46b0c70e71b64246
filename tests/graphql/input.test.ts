import type { Fixture } from './database';
import { ask, gatewayFixture, shopFixture } from './database';

let shop: Fixture;
let gateway: Fixture;
beforeAll(async () => {
  [shop, gateway] = await Promise.all([shopFixture(), gatewayFixture()]);
});
afterAll(() => Promise.all([shop.drop(), gateway.drop()]));
beforeEach(() => shop.reset());

const insertUpstream =
  'mutation ($name: String!, $port: Int!) { insert_saaras_db_upstream_one(object: {upstream_name: $name, upstream_port: $port}) { upstream_port } }';

test.each([
  ['50051', 50051],
  ['+80', 80],
  ['007', 7],
  ['-1', -1],
  [443, 443],
])('the JSON value %j is taken for an Int variable', async (port, stored) => {
  expect(await ask(gateway.engine, insertUpstream, { name: `port ${JSON.stringify(port)}`, port })).toEqual({
    data: { insert_saaras_db_upstream_one: { upstream_port: stored } },
  });
});

test.each([
  ['', 'invalid input syntax for type integer: ""'],
  ['eighty', 'invalid input syntax for type integer: "eighty"'],
  ['1.5', 'invalid input syntax for type integer: "1.5"'],
  ['99999999999', 'value "99999999999" is out of range for type integer'],
])('the text %j for an Int variable is refused by Postgres', async (port, message) => {
  const path = '$.selectionSet.insert_saaras_db_upstream_one.args.object';
  expect(await ask(gateway.engine, insertUpstream, { name: 'bad', port })).toEqual({
    errors: [{ message, extensions: { path, code: 'data-exception' } }],
  });
});

test('a variable left out, null variables and no variables are the same', async () => {
  const query =
    'query ($limit: Int, $where: note_bool_exp, $order: [note_order_by!]) { note(limit: $limit, where: $where, order_by: $order) { id } }';
  for (const variables of [null, {}, { limit: null, where: null, order: null }, { limit: undefined }]) {
    expect(await ask(shop.engine, query, variables)).toEqual({ data: { note: [{ id: 1 }] } });
  }
});

test.each<[string, string, Record<string, unknown>, unknown]>([
  ['a nullable variable with a default', 'query ($id: Int = 1) { note_by_pk(id: $id) { id } }', {}, { note_by_pk: { id: 1 } }],
  [
    'a nullable variable at a position with a default',
    'mutation ($c: [note_update_column!]) { insert_note_one(object: {id: 1, text: "x"}, on_conflict: {constraint: note_pkey, update_columns: $c}) { text } }',
    { c: ['text'] },
    { insert_note_one: { text: 'x' } },
  ],
  [
    'a variable that is not null where null may be',
    'query ($w: note_bool_exp!, $n: Int!) { note(where: $w, limit: $n) { id } }',
    { w: {}, n: 1 },
    { note: [{ id: 1 }] },
  ],
  [
    'a list of values that are not null where null may be',
    'query ($ids: [Int!]!, $id: Int!) { note(where: {_or: [{id: {_in: $ids}}, {id: {_in: [$id]}}]}) { id } }',
    { ids: 1, id: 2 },
    { note: [{ id: 1 }] },
  ],
  [
    'an enum in a variable, as a string',
    'query ($d: order_by!, $c: note_select_column!) { note(order_by: {id: $d}, distinct_on: [$c]) { id } }',
    { d: 'desc', c: 'id' },
    { note: [{ id: 1 }] },
  ],
  [
    'a whole argument list in variables',
    'query ($o: [note_order_by!], $d: [note_select_column!], $l: Int, $s: Int, $w: note_bool_exp) { note(order_by: $o, distinct_on: $d, limit: $l, offset: $s, where: $w) { id } }',
    { o: { id: 'asc' }, d: 'id', l: 5, s: '0', w: { text: { _eq: 'n' } } },
    { note: [{ id: 1 }] },
  ],
  [
    'a key of several columns in a variable',
    'mutation ($k: shop_item_pk_columns_input!) { update_shop_item_by_pk(pk_columns: $k, _set: {what: "x"}) { what } }',
    { k: { warehouse: 'north', shipment_no: 1, position: 1 } },
    { update_shop_item_by_pk: { what: 'x' } },
  ],
  [
    'a whole conflict in a variable',
    'mutation ($c: note_on_conflict) { insert_note_one(object: {id: 1, text: "y"}, on_conflict: $c) { text } }',
    { c: { constraint: 'note_pkey', update_columns: ['text'], where: { id: { _eq: 1 } } } },
    { insert_note_one: { text: 'y' } },
  ],
])('%s', async (_, query, variables, data) => {
  expect(await ask(shop.engine, query, variables)).toEqual({ data });
});

test('an explicit null is NULL and not the default; a column that is left out has its default', async () => {
  const query =
    'mutation ($p: Boolean) { a: insert_shop_article_one(object: {author_id: 1, title: "a", published: $p}) { published } b: insert_shop_article_one(object: {author_id: 1, title: "b"}) { published } }';
  expect(await ask(shop.engine, query)).toEqual({ data: { a: { published: null }, b: { published: false } } });
});

test('a single value stands for a list of one wherever a list is expected', async () => {
  const query = `mutation ($tag: [String!], $column: [shop_author_update_column!]!) {
    insert_shop_author(objects: {name: "single", tags: $tag, articles_by_author: {data: {title: "t"}}}, on_conflict: {constraint: author_name_key, update_columns: $column}) { affected_rows }
  }`;
  expect(await ask(shop.engine, query, { tag: 'x', column: 'level' })).toHaveProperty('errors', [
    {
      message: 'malformed array literal: "x"',
      extensions: { path: '$.selectionSet.insert_shop_author.args.objects[0]', code: 'data-exception' },
    },
  ]);
  expect(await ask(shop.engine, query, { tag: ['x'], column: 'level' })).toEqual({
    data: { insert_shop_author: { affected_rows: 2 } },
  });
});

test.each([
  ['an object', { a: [1, { b: null }] }],
  ['a list', [1, 'two', null]],
  ['a string', 'text with "quotes" and \\'],
  ['a number', 1.5],
  ['a boolean', false],
])('a jsonb variable may be %s', async (_, value) => {
  const query =
    'mutation ($v: jsonb) { update_shop_author_by_pk(pk_columns: {id: 1}, _set: {bio: $v, raw: $r}) { bio raw } }'.replace(
      '($v',
      '($r: json, $v',
    );
  expect(await ask(shop.engine, query, { v: value, r: value })).toEqual({
    data: { update_shop_author_by_pk: { bio: value, raw: value } },
  });
});

test('numbers keep every digit, written in the document', async () => {
  const query =
    'mutation { insert_shop_author_one(object: {name: "digits", visits: 9223372036854775807, bio: {n: 12345678901234567890.12345678901234567890}}) { visits bio } }';
  const { body } = await shop.engine.execute({ query });
  expect(body).toContain('"visits":9223372036854775807');
  expect(body).toContain('12345678901234567890.12345678901234567890');
});

test('the same document with other shapes of its variables gives other answers', async () => {
  const query =
    'query ($where: shop_author_bool_exp, $order: [shop_author_order_by!], $with: Boolean!) { shop_author(where: $where, order_by: $order) { id name @include(if: $with) } }';
  const names = async (variables: Record<string, unknown>): Promise<unknown> =>
    (await ask(shop.engine, query, variables)).data?.shop_author;
  expect(await names({ with: false })).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(await names({ with: true, where: { id: { _eq: 1 } } })).toEqual([{ id: 1, name: 'Ann' }]);
  expect(await names({ with: true, where: { id: { _eq: 2 } } })).toEqual([{ id: 2, name: 'Bob' }]);
  expect(await names({ with: false, where: { id: { _gt: 1 } } })).toEqual([{ id: 2 }, { id: 3 }]);
  expect(await names({ with: false, where: { id: { _in: [3, 1] } }, order: { id: 'desc' } })).toEqual([{ id: 3 }, { id: 1 }]);
  expect(await names({ with: false, order: [{ mood: 'asc_nulls_first' }, { id: 'asc' }] })).toEqual([
    { id: 3 },
    { id: 2 },
    { id: 1 },
  ]);
  expect(await names({ with: false, where: { _not: { id: { _eq: 1 } } }, order: null })).toEqual([{ id: 2 }, { id: 3 }]);
});

test('keys of variables that JavaScript objects have by themselves are fields like others', async () => {
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const variables = JSON.parse(`{"w": {"${key}": {"_eq": 1}}}`) as Record<string, unknown>;
    const answer = await ask(shop.engine, 'query ($w: shop_author_bool_exp) { shop_author(where: $w) { id } }', variables);
    expect(answer.errors?.[0]?.message).toBe(`field '${key}' not found in type: 'shop_author_bool_exp'`);
  }
});
