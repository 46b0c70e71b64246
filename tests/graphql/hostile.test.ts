import type { GraphQLEngine } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, shopFixture } from './database';

// Requests that are made to cost much: none may keep the process busy for long. Each took many times the limit here, or
// filled the memory, before there was something against it.

const MOST_MS = 5_000;

let shop: Fixture;
let engine: GraphQLEngine;
beforeAll(async () => {
  shop = await shopFixture();
  ({ engine } = shop);
});
afterAll(() => shop.drop());

async function answerSoon(query: string, variables: Record<string, unknown> = {}) {
  const started = performance.now();
  const answer = await ask(engine, query, variables);
  expect(performance.now() - started).toBeLessThan(MOST_MS);
  return answer;
}

const failure = (message: RegExp, code = 'validation-failed') => ({
  errors: [{ message: expect.stringMatching(message) as string, extensions: { code } }],
});

test.each([
  ['zeros behind the point', `1.${'0'.repeat(500_000)}`],
  ['zeros in the middle', `1.5${'0'.repeat(500_000)}1`],
  ['digits', '9'.repeat(500_000)],
])('a number with half a million %s', async (_, digits) => {
  const answer = await answerSoon(`{ shop_author(where: {id: {_eq: ${digits}}}) { id } }`);
  expect(answer).toMatchObject(failure(/lies outside the bounds or is not an integer/, 'parse-failed'));
  expect(answer.errors?.[0]?.message.length).toBeLessThan(300);
});

test('a nested insert of thousands of objects', async () => {
  const objects = Array.from({ length: 3_000 }, (_, index) => ({
    name: `hostile ${index}`,
    articles_by_author: { data: [{ title: `article ${index}` }] },
  }));
  const query = 'mutation ($o: [shop_author_insert_input!]!) { insert_shop_author(objects: $o) { affected_rows } }';
  expect(await ask(engine, query, { o: objects })).toEqual({ data: { insert_shop_author: { affected_rows: 6_000 } } });
});

test('an update of thousands of entries', async () => {
  const updates = Array.from({ length: 2_000 }, (_, index) => ({ where: { id: { _eq: -index } }, _set: { mood: 'ok' } }));
  const query = `mutation ($u: [shop_author_updates!]!) { update_shop_author_many(updates: $u) { affected_rows returning { id name } } }`;
  const { data } = await answerSoon(query, { u: updates });
  expect(data).toMatchObject({ update_shop_author_many: { length: 2_000 } });
});

test('arguments that a fragment repeats', async () => {
  const conditions = '{id: {_eq: 1}},'.repeat(2_000);
  const spreads = Array.from({ length: 500 }, (_, index) => `a${index}: shop_author { ...F }`).join(' ');
  const query = `{ ${spreads} } fragment F on shop_author { articles_by_author(where: {_or: [${conditions}]}) { id } }`;
  expect(await answerSoon(query)).toMatchObject(failure(/uses more than 200000 values/));
});

test('a long text that a fragment repeats', async () => {
  const spreads = Array.from({ length: 900 }, (_, index) => `a${index}: shop_author { ...F }`).join(' ');
  const query = `{ ${spreads} } fragment F on shop_author { articles_by_author(where: {title: {_eq: "${'x'.repeat(100_000)}"}}) { id } }`;
  expect(await answerSoon(query)).toMatchObject(failure(/uses more than 200000 values, or longer ones/));
});

test('a variable that is used many times', async () => {
  const uses = Array.from(
    { length: 900 },
    (_, index) => `a${index}: shop_author(where: {name: {_eq: $n}}, offset: ${index}) { id }`,
  );
  expect(await answerSoon(`query ($n: String!) { ${uses.join(' ')} }`, { n: 'x'.repeat(400_000) })).toMatchObject(
    failure(/the parameters of the request are longer than/),
  );
});

test('the schema, many times', async () => {
  const schemas = Array.from({ length: 3 }, (_, index) => `a${index}: __schema { types { name } }`).join(' ');
  expect(await answerSoon(`{ ${schemas} }`)).toMatchObject(failure(/asks for the schema more than 2 times/));
});

test('columns to be distinct on, ten thousands of times', async () => {
  const query = `{ shop_author(distinct_on: [${'name,'.repeat(40_000)}], order_by: {name: asc}) { id } }`;
  expect(await answerSoon(query)).toHaveProperty('data');
});

test('conditions within conditions', async () => {
  const depth = 900;
  const conditions = '{id: {_eq: 1}},'.repeat(3_000);
  const query = `{ shop_author(where: ${'{_not: '.repeat(depth)}{_or: [${conditions}]}${'}'.repeat(depth)}) { id } }`;
  expect(await answerSoon(query)).toHaveProperty('data');
});

test('values that nest too deeply', async () => {
  const depth = 100_000;
  const query = `{ shop_author(where: ${'{_not: '.repeat(depth)}{}${'}'.repeat(depth)}) { id } }`;
  expect(await answerSoon(query)).toMatchObject({ errors: [{ extensions: { code: 'validation-failed' } }] });
});

test.each([
  ['an argument twice', '{ shop_author(limit: 1, limit: 2) { id } }', /only one argument named 'limit'/],
  ['an argument twice, once null', '{ shop_author(limit: null, limit: 2) { id } }', /only one argument named 'limit'/],
  ['a key twice', '{ shop_author(where: {id: {_eq: 1}, id: {_gt: 0}}) { id } }', /only one input field named 'id'/],
  ['an operator twice', '{ shop_author(where: {id: {_eq: 1, _eq: 2}}) { id } }', /only one input field named '_eq'/],
  ['an argument called toString', '{ shop_author(toString: 1) { id } }', /no argument named 'toString'/],
  ['an argument called __proto__', '{ shop_author(__proto__: 1) { id } }', /no argument named '__proto__'/],
  ['a variable for it', 'query ($a: Int) { shop_author(toString: $a) { id } }', /no argument named 'toString'/],
  ['a directive called constructor', '{ shop_author { id @constructor } }', /directive 'constructor' is not defined/],
  ['a count by constructor', '{ shop_author_aggregate { aggregate { count(constructor: 1) } } }', /no argument named/],
  [
    'an upsert with toString',
    'mutation { insert_note(objects: {id: 1}, on_conflict: {constraint: note_pkey, toString: 1}) { affected_rows } }',
    /field 'toString' not found/,
  ],
  ['arguments of nodes', '{ shop_author_aggregate { nodes(limit: 1) { id } } }', /'nodes' has no argument named 'limit'/],
  ['arguments of an aggregate', '{ shop_author_aggregate { aggregate(x: 1) { count } } }', /'aggregate' has no argument/],
  [
    'arguments of returning',
    'mutation { delete_note(where: {id: {_eq: 0}}) { returning(limit: 1) { id } } }',
    /'returning' has no argument named 'limit'/,
  ],
  ['fields of __typename', '{ shop_author_aggregate { __typename { x } } }', /unexpected subselection set/],
])('%s is refused', async (_, query, message) => {
  expect(await answerSoon(query)).toMatchObject(failure(message));
});

test('two operations of one name are refused', async () => {
  expect(await ask(engine, 'query a { note { id } } query a { note { text } }', null, 'a')).toMatchObject(
    failure(/multiple definitions for operation "a"/, 'parse-failed'),
  );
});
