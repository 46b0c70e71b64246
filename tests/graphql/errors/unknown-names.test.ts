import type { Fixture } from '../database';
import { shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('what the schema does not have', () => {
  test.each<[string, Case]>([
    ['root field', { query: '{ x }', message: "field 'x' not found in type: 'query_root'", path: '$.selectionSet.x' }],
    [
      'mutation root field',
      { query: 'mutation { x }', message: "field 'x' not found in type: 'mutation_root'", path: '$.selectionSet.x' },
    ],
    [
      'field',
      {
        query: '{ shop_author { x } }',
        message: "field 'x' not found in type: 'shop_author'",
        path: '$.selectionSet.shop_author.selectionSet.x',
      },
    ],
    [
      'input field',
      {
        query: 'mutation { insert_shop_author(objects: [{x: 1}]) { affected_rows } }',
        message: "field 'x' not found in type: 'shop_author_insert_input'",
        path: '$.selectionSet.insert_shop_author.args.objects[0].x',
      },
    ],
    [
      'input field in a variable',
      {
        query: 'mutation ($o: [shop_author_insert_input!]!) { insert_shop_author(objects: $o) { affected_rows } }',
        variables: { o: [{ name: 'a' }, { x: 1 }] },
        message: "field 'x' not found in type: 'shop_author_insert_input'",
        path: '$.selectionSet.insert_shop_author.args.objects[1].x',
      },
    ],
    [
      'argument',
      {
        query: '{ shop_author(x: 1) { id } }',
        message: "'shop_author' has no argument named 'x'",
        path: '$.selectionSet.shop_author',
      },
    ],
    [
      'operator',
      {
        query: '{ shop_author(where: {name: {_ne: "a"}}) { id } }',
        message: "field '_ne' not found in type: 'String_comparison_exp'",
        path: '$.selectionSet.shop_author.args.where.name._ne',
      },
    ],
    [
      'key of an object in a variable',
      {
        query: 'query ($w: shop_author_bool_exp) { shop_author(where: $w) { id } }',
        variables: { w: { 'a b': {} } },
        message: 'variable value contains object with key "a b", which is not a legal GraphQL name',
        path: '$.selectionSet.shop_author.args.where',
      },
    ],
    [
      'field of an aggregate',
      {
        query: '{ shop_author_aggregate { x } }',
        message: "field 'x' not found in type: 'shop_author_aggregate'",
        path: '$.selectionSet.shop_author_aggregate.selectionSet.x',
      },
    ],
    [
      'aggregate function',
      {
        query: '{ shop_author_aggregate { aggregate { median { id } } } }',
        message: "field 'median' not found in type: 'shop_author_aggregate_fields'",
        path: '$.selectionSet.shop_author_aggregate.selectionSet.aggregate.selectionSet.median',
      },
    ],
    [
      'column of an aggregate function',
      {
        query: '{ shop_author_aggregate { aggregate { sum { name } } } }',
        message: "field 'name' not found in type: 'shop_author_sum_fields'",
        path: '$.selectionSet.shop_author_aggregate.selectionSet.aggregate.selectionSet.sum.selectionSet.name',
      },
    ],
    [
      'field of a mutation response',
      {
        query: 'mutation { delete_shop_log(where: {}) { x } }',
        message: "field 'x' not found in type: 'shop_log_mutation_response'",
        path: '$.selectionSet.delete_shop_log.selectionSet.x',
      },
    ],
    [
      'argument of a relationship',
      {
        query: '{ shop_article { author(limit: 1) { id } } }',
        message: "'author' has no argument named 'limit'",
        path: '$.selectionSet.shop_article.selectionSet.author',
      },
    ],
    [
      'argument of a column',
      {
        query: '{ shop_article { title(path: "a") } }',
        message: "'title' has no argument named 'path'",
        path: '$.selectionSet.shop_article.selectionSet.title',
      },
    ],
    [
      'update operator of the table',
      {
        query: 'mutation { update_shop_log(where: {}, _inc: {line: 1}) { affected_rows } }',
        message: "'update_shop_log' has no argument named '_inc'",
        path: '$.selectionSet.update_shop_log',
      },
    ],
    [
      'column of an update operator',
      {
        query: 'mutation { update_shop_author(where: {}, _inc: {name: 1}) { affected_rows } }',
        message: "field 'name' not found in type: 'shop_author_inc_input'",
        path: '$.selectionSet.update_shop_author.args._inc.name',
      },
    ],
    [
      'on_conflict of a table without a constraint',
      {
        query: 'mutation { insert_shop_log(objects: {}, on_conflict: {}) { affected_rows } }',
        message: "'insert_shop_log' has no argument named 'on_conflict'",
        path: '$.selectionSet.insert_shop_log',
      },
    ],
    [
      'key of a table without one',
      {
        query: '{ shop_log_by_pk(line: "one") { line } }',
        message: "field 'shop_log_by_pk' not found in type: 'query_root'",
        path: '$.selectionSet.shop_log_by_pk',
      },
    ],
    [
      'constraint',
      {
        query: 'mutation { insert_shop_author(objects: {name: "q"}, on_conflict: {constraint: nope}) { affected_rows } }',
        message:
          "expected one of the values ['author_name_key', 'author_pkey'] for type 'shop_author_constraint', but found 'nope'",
        path: '$.selectionSet.insert_shop_author.args.on_conflict.constraint',
      },
    ],
    [
      'column to distinguish by',
      {
        query: '{ shop_log(distinct_on: [line, nope]) { line } }',
        message: "expected one of the values ['line'] for type 'shop_log_select_column', but found 'nope'",
        path: '$.selectionSet.shop_log.args.distinct_on[1]',
      },
    ],
    [
      'column to order by',
      {
        query: '{ shop_log(order_by: [{nope: asc}]) { line } }',
        message: "field 'nope' not found in type: 'shop_log_order_by'",
        path: '$.selectionSet.shop_log.args.order_by[0].nope',
      },
    ],
    [
      'a table without columns',
      {
        query: '{ shop_nothing { __typename } }',
        message: "field 'shop_nothing' not found in type: 'query_root'",
        path: '$.selectionSet.shop_nothing',
      },
    ],
    [
      'field of introspection',
      {
        query: '{ __schema { types { x } } }',
        message: "field 'x' not found in type: '__Type'",
        path: '$.selectionSet.__schema.selectionSet.types.selectionSet.x',
      },
    ],
    [
      'argument of introspection',
      {
        query: '{ __schema { types { fields(x: 1) { name } } } }',
        message: "'fields' has no argument named 'x'",
        path: '$.selectionSet.__schema.selectionSet.types.selectionSet.fields',
      },
    ],
    [
      'name of a type to introspect',
      { query: '{ __type { name } }', message: "missing required field 'name'", path: '$.selectionSet.__type.args.name' },
    ],
    [
      'string for the name of a type to introspect',
      {
        query: '{ __type(name: 1) { name } }',
        message: "expected a string for type 'String', but found an integer",
        path: '$.selectionSet.__type.args.name',
      },
    ],
    [
      'introspection of mutations',
      {
        query: 'mutation { __schema { queryType { name } } }',
        message: "field '__schema' not found in type: 'mutation_root'",
        path: '$.selectionSet.__schema',
      },
    ],
    [
      'directive',
      {
        query: '{ shop_author { id @x } }',
        message: "directive 'x' is not defined in the schema",
        path: '$.selectionSet.shop_author.selectionSet',
      },
    ],
    [
      'a generated column to write',
      {
        query: 'mutation { insert_shop_rectangle(objects: {area: 1}) { affected_rows } }',
        message: "field 'area' not found in type: 'shop_rectangle_insert_input'",
        path: '$.selectionSet.insert_shop_rectangle.args.objects[0].area',
      },
    ],
    [
      'a mutation of a view that cannot be written',
      {
        query: 'mutation { delete_shop_productivity(where: {}) { affected_rows } }',
        message: "field 'delete_shop_productivity' not found in type: 'mutation_root'",
        path: '$.selectionSet.delete_shop_productivity',
      },
    ],
    [
      'a table whose name GraphQL cannot say',
      {
        query: '{ shop_odd_table { id } }',
        message: "field 'shop_odd_table' not found in type: 'query_root'",
        path: '$.selectionSet.shop_odd_table',
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));
});
