import fc from 'fast-check';
import { introspect } from '../../src/graphql/catalog';
import { Documents } from '../../src/graphql/execute';
import { buildModel } from '../../src/graphql/model';
import { buildSchema } from '../../src/graphql/schema';
import type { Fixture } from './database';
import { ask, shopFixture } from './database';

let shop: Fixture;
let documents: Documents;
beforeAll(async () => {
  shop = await shopFixture();
  const { model } = buildModel(await introspect(shop.pool, shop.schemas));
  documents = new Documents({ model, schema: () => buildSchema(model) });
});
afterAll(() => shop.drop());

const HOSTILE = [
  `'; DROP TABLE shop.author; --`,
  `" OR "1"="1`,
  `\\'; SELECT pg_sleep(10); --`,
  `$1`,
  `$$x$$`,
  `E'\\\\'`,
  `a\\`,
  `%_\\%`,
  `{"a","b"}`,
  `null`,
  `\u202e\u00e9\u{1f600}`,
  `line\nbreak\r\ttab`,
];

test.each(HOSTILE)('the text %j is stored and found as it is, as a literal and as a variable', async (text) => {
  await shop.reset();
  const literal = JSON.stringify(text);
  const write = await ask(
    shop.engine,
    `mutation ($v: String!, $list: [String!], $json: jsonb) {
      a: insert_shop_author_one(object: {name: ${literal}, tags: [${literal}], bio: {k: ${literal}}}) { name tags bio }
      b: insert_shop_log(objects: {line: $v}) { returning { line } }
      c: update_shop_author_by_pk(pk_columns: {id: 1}, _set: {tags: $list, bio: $json}) { tags bio }
    }`,
    { v: text, list: [text, ''], json: { [text]: text } },
  );
  expect(write).toEqual({
    data: {
      a: { name: text, tags: [text], bio: { k: text } },
      b: { returning: [{ line: text }] },
      c: { tags: [text, ''], bio: { [text]: text } },
    },
  });
  const read = await ask(
    shop.engine,
    `query ($v: String!, $list: [String!]!, $key: String!) {
      eq: shop_author(where: {name: {_eq: ${literal}}}) { name }
      in: shop_author(where: {name: {_in: $list}}) { name }
      contains: shop_author(where: {tags: {_contains: [${literal}]}}, order_by: {id: asc}) { id }
      key: shop_author(where: {bio: {_has_key: $key}}) { id }
      log: shop_log(where: {line: {_eq: $v}}) { line }
      path: shop_author_by_pk(id: 1) { bio(path: ${JSON.stringify(`['${text.replace(/['\\]/g, '\\$&')}']`)}) }
    }`,
    { v: text, list: [text], key: text },
  );
  expect(read).toEqual({
    data: {
      eq: [{ name: text }],
      in: [{ name: text }],
      contains: [{ id: 1 }, { id: 4 }],
      key: [{ id: 1 }],
      log: [{ line: text }],
      path: { bio: text },
    },
  });
  expect((await shop.pool.query('SELECT count(*)::int AS n FROM shop.author')).rows).toEqual([{ n: 4 }]);
});

test('a text of 1 MB is stored and found', async () => {
  await shop.reset();
  const text = `'"\\`.repeat(350_000);
  const answer = await ask(
    shop.engine,
    'mutation ($v: String!) { insert_shop_log(objects: {line: $v}) { returning { line } } }',
    { v: text },
  );
  expect((answer.data?.insert_shop_log as { returning: { line: string }[] }).returning[0]?.line === text).toBe(true);
});

test.each([
  [
    'a text',
    'mutation ($v: String!) { insert_shop_log(objects: {line: $v}) { affected_rows } }',
    'a\u0000b',
    'invalid byte sequence for encoding "UTF8": 0x00',
  ],
  [
    'JSON',
    'mutation ($v: jsonb) { update_shop_author(where: {}, _set: {bio: $v}) { affected_rows } }',
    { a: 'a\u0000b' },
    'unsupported Unicode escape sequence',
  ],
])('a NUL in %s is a clear error', async (_, query, value, message) => {
  const answer = await ask(shop.engine, query, { v: value });
  expect(answer.errors).toEqual([{ message, extensions: expect.objectContaining({ code: 'data-exception' }) as unknown }]);
});

test('no value gets into the text of a statement, whatever it is', () => {
  const query = `query ($where: shop_author_bool_exp!, $path: String, $limit: Int, $bio: jsonb) {
    shop_author(where: $where, limit: $limit) { bio(path: $path) }
    shop_author_aggregate(where: {bio: {_contains: $bio}}) { aggregate { count } }
  }`;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.jsonValue(),
      (text, limit, bio) => {
        const where = { name: { _eq: text }, tags: { _contains: [text] }, _or: [{ name: { _in: [text, text] } }] };
        const texts = documents
          .planOf({ query, variables: { where, limit, bio: bio ?? 0, path: "$['a']" } })
          .plan.steps.map(({ sql }) => sql);
        const plain = documents.planOf({
          query,
          variables: {
            where: { name: { _eq: 'x' }, tags: { _contains: ['x'] }, _or: [{ name: { _in: ['x', 'x'] } }] },
            limit: 1,
            bio: 0,
            path: '$',
          },
        });
        expect(texts).toEqual(plain.plan.steps.map(({ sql }) => sql));
      },
    ),
  );
});

test('names that the request makes up never reach SQL: only keys of answers do, and those are GraphQL names', () => {
  const evil = 'x"; DROP TABLE shop.author; --';
  for (const variables of [
    { where: { [evil]: { _eq: 1 } } },
    { where: { name: { [evil]: 1 } } },
    { order: { [evil]: 'asc' } },
    { order: { id: evil } },
    { columns: [evil] },
  ]) {
    const query =
      'query ($where: shop_author_bool_exp, $order: [shop_author_order_by!], $columns: [shop_author_select_column!]) { shop_author(where: $where, order_by: $order, distinct_on: $columns) { id } }';
    expect(() => documents.planOf({ query, variables })).toThrow(
      /not found in type|expected one of the values|not a legal GraphQL name/,
    );
  }
  expect(() => documents.planOf({ query: `{ shop_author { "a": id } }` })).toThrow('not a valid graphql query');
});
