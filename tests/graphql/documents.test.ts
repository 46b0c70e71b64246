import { introspect } from '../../src/graphql/catalog';
import { Documents } from '../../src/graphql/execute';
import { buildModel } from '../../src/graphql/model';
import { buildSchema } from '../../src/graphql/schema';
import type { Fixture } from './database';
import { shopFixture } from './database';

let shop: Fixture;
let documents: Documents;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());
beforeEach(async () => {
  const { model } = buildModel(await introspect(shop.pool, shop.schemas));
  documents = new Documents({ model, schema: () => buildSchema(model) });
});

const plan = (query: string, variables: Record<string, unknown> = {}, operationName?: string) =>
  documents.planOf({ query, variables, ...(operationName ? { operationName } : {}) }).plan;

test('a document is compiled once, whatever the values of its variables', () => {
  const query =
    'query ($n: String!, $l: [Int!], $j: jsonb) { shop_author(where: {name: {_eq: $n}, id: {_in: $l}, bio: {_contains: $j}}) { id } }';
  const first = plan(query, { n: 'a', l: [1], j: {} });
  expect(plan(query, { n: "b'", l: [1, 2, 3], j: { a: [1] } })).toBe(first);
});

test('a plan is compiled for each shape of a variable that the SQL depends on, and kept', () => {
  const query = 'query ($w: shop_author_bool_exp, $yes: Boolean!) { shop_author(where: $w) { id name @include(if: $yes) } }';
  const shapes = [
    { yes: true },
    { yes: false },
    { yes: true, w: { id: { _eq: 1 } } },
    { yes: true, w: { _or: [{ id: { _eq: 1 } }] } },
    { yes: true, w: { _or: [{ id: { _eq: 1 } }, { id: { _eq: 2 } }] } },
  ];
  const plans = shapes.map((shape) => plan(query, shape));
  expect(new Set(plans).size).toBe(shapes.length);
  expect(shapes.map((shape) => plan(query, shape))).toEqual(plans);
  shapes.forEach((shape, index) => expect(plan(query, shape)).toBe(plans[index]));
  expect(plan(query, { yes: true, w: { id: { _eq: 77 } } })).toBe(plans[2]);
});

test('equal root fields of a query are one statement, those of a mutation are run one by one', () => {
  const queries = (limits: readonly string[]) =>
    plan(
      `query ($n: Int, $m: Int) { other: shop_author(limit: $n, offset: $m) { id } ${limits.map((limit, index) => `a${index}: shop_author(limit: ${limit}) { id }`).join(' ')} }`,
      { n: 1, m: 1 },
    );
  expect(queries(['1', '1', '$n', '1', '$n']).steps).toHaveLength(3);
  expect(queries(['1', '2', '$n', '$m', '1']).steps).toHaveLength(5);
  expect(queries(['1', '2', '1']).roots).toEqual([
    { key: 'other', step: 0 },
    { key: 'a0', step: 1 },
    { key: 'a1', step: 2 },
    { key: 'a2', step: 1 },
  ]);
  const insert = 'insert_note(objects: {text: "again"}) { affected_rows }';
  expect(plan(`mutation { a: ${insert} b: ${insert} }`).steps).toHaveLength(2);
});

test('operations of one document have plans of their own', () => {
  const query = 'query a { shop_log { line } } query b { note { id } }';
  expect(plan(query, {}, 'a')).not.toBe(plan(query, {}, 'b'));
  expect(plan(query, {}, 'a')).toBe(plan(query, {}, 'a'));
});

test('the document used least recently is dropped first', () => {
  const kept = plan('{ note { id } }');
  const dropped = plan('{ note { text } }');
  const long = ' '.repeat(4_000);
  for (let n = 0; n < 100; n += 1) {
    plan(`{ note { a${n}: id } }${long}`);
    expect(plan('{ note { id } }')).toBe(kept);
  }
  expect(plan('{ note { id } }')).toBe(kept);
  expect(plan('{ note { text } }')).not.toBe(dropped);
});

test('plans that are too large are not kept', () => {
  const query = 'mutation ($o: [note_insert_input!]!) { insert_note(objects: $o) { affected_rows } }';
  const rows = (count: number) => ({ o: Array.from({ length: count }, (_, id) => ({ id, text: 'x' })) });
  const small = plan(query, rows(10));
  expect(plan(query, rows(10))).toBe(small);
  expect(plan(query, rows(4_000))).not.toBe(plan(query, rows(4_000)));
  expect(plan(query, rows(10))).toBe(small);
});

test('a document that was refused is compiled again and refused again', () => {
  expect(() => plan('{ note { x } }')).toThrow("field 'x' not found in type: 'note'");
  expect(() => plan('{ note { x } }')).toThrow("field 'x' not found in type: 'note'");
});

test('equal SQL has one name, also for other root fields and documents', () => {
  const names = [...plan('{ a: note { id } b: note { id } }').steps, ...plan('query other { note { id } }').steps].map(
    ({ name }) => name,
  );
  expect(new Set(names).size).toBe(1);
  expect(names[0]).toMatch(/^g_[\w-]{32}$/);
});
