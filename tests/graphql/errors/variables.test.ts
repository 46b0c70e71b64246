import type { Fixture } from '../database';
import { ask, shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('variables', () => {
  test.each<[string, Case]>([
    [
      'of another type',
      {
        query: 'query ($v: Int!) { shop_author(where: {name: {_eq: $v}}) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Int!', but used where 'String' is expected",
        path: '$.selectionSet.shop_author.args.where.name._eq',
      },
    ],
    [
      'Int for bigint',
      {
        query: 'query ($v: Int!) { shop_author(where: {visits: {_eq: $v}}) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Int!', but used where 'bigint' is expected",
        path: '$.selectionSet.shop_author.args.where.visits._eq',
      },
    ],
    [
      'nullable where null is not allowed',
      {
        query: 'query ($v: Int) { shop_author_by_pk(id: $v) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Int', but used where 'Int!' is expected",
        path: '$.selectionSet.shop_author_by_pk.args.id',
      },
    ],
    [
      'null for a non-null type',
      {
        query: 'query ($v: Int!) { shop_author_by_pk(id: $v) { id } }',
        variables: { v: null },
        message: 'null value found for non-nullable type: "Int!"',
        path: '$',
      },
    ],
    [
      'not given',
      {
        query: 'query ($v: Int!) { shop_author_by_pk(id: $v) { id } }',
        message: 'expecting a value for non-nullable variable: "v"',
        path: '$',
      },
    ],
    [
      'not used',
      {
        query: 'query ($v: Int) { shop_author { id } }',
        variables: { v: 1 },
        message: 'unexpected variables in variableValues: v',
        path: '$',
      },
    ],
    [
      'null for columns to update',
      {
        query:
          'mutation ($c: [note_update_column!]) { insert_note_one(object: {id: 8}, on_conflict: {constraint: note_pkey, update_columns: $c}) { id } }',
        message: 'expected a list, but found null',
        path: '$.selectionSet.insert_note_one.args.on_conflict.update_columns',
      },
    ],
    [
      'Float for Int',
      {
        query: 'query ($v: Float!) { shop_author(where: {id: {_eq: $v}}) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Float!', but used where 'Int' is expected",
        path: '$.selectionSet.shop_author.args.where.id._eq',
      },
    ],
    [
      'Int for Float',
      {
        query: 'query ($v: Int!) { shop_author(where: {weight: {_eq: $v}}) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Int!', but used where 'Float' is expected",
        path: '$.selectionSet.shop_author.args.where.weight._eq',
      },
    ],
    [
      'one for a list',
      {
        query: 'query ($v: Int!) { shop_author(where: {id: {_in: $v}}) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Int!', but used where '[Int!]' is expected",
        path: '$.selectionSet.shop_author.args.where.id._in',
      },
    ],
    [
      'a list of nullables for a list of values',
      {
        query: 'query ($v: [Int]) { shop_author(where: {id: {_in: $v}}) { id } }',
        variables: { v: [1] },
        message: "variable 'v' is declared as '[Int]', but used where '[Int!]' is expected",
        path: '$.selectionSet.shop_author.args.where.id._in',
      },
    ],
    [
      'nullable with the default null where null is not allowed',
      {
        query: 'query ($v: Int = null) { shop_author_by_pk(id: $v) { id } }',
        variables: { v: 1 },
        message: "variable 'v' is declared as 'Int', but used where 'Int!' is expected",
        path: '$.selectionSet.shop_author_by_pk.args.id',
      },
    ],
    [
      'null for a nullable variable whose default let it in',
      {
        query: 'query ($v: Int = 1) { shop_author_by_pk(id: $v) { id } }',
        variables: { v: null },
        message: "unexpected null value for type 'Int'",
        path: '$.selectionSet.shop_author_by_pk.args.id',
      },
    ],
    [
      'of an unknown type',
      {
        query: 'query ($v: nonsense) { shop_author(where: $v) { id } }',
        message: "variable 'v' is declared as 'nonsense', but used where 'shop_author_bool_exp' is expected",
        path: '$.selectionSet.shop_author.args.where',
      },
    ],
    [
      'several that are not used',
      {
        query: '{ note { id } }',
        variables: { a: 1, b: 2 },
        message: 'unexpected variables in variableValues: a, b',
        path: '$',
      },
    ],
    ['not declared', { query: '{ shop_author_by_pk(id: $v) { id } }', message: 'unbound variable "v"', path: '$' }],
    [
      'declared twice',
      {
        query: 'query ($v: Int, $v: Int) { shop_author { id } }',
        message: 'multiple definitions for variable "v"',
        path: '$',
        code: 'parse-failed',
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));

  test('declared and not used, or not reached, are no error', async () => {
    expect(await ask(shop.engine, 'query ($v: Int) { shop_log { line } } fragment f on shop_log { line }')).toHaveProperty(
      'data',
    );
  });
});
