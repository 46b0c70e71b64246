import type { Fixture } from '../database';
import { shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

const BOUNDS = 'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';

describe('arguments', () => {
  const at = (rest: string): string => `$.selectionSet.shop_author.args.${rest}`;
  test.each<[string, Case]>([
    [
      'a missing key',
      {
        query: '{ shop_author_by_pk { id } }',
        message: "missing required field 'id'",
        path: '$.selectionSet.shop_author_by_pk.args.id',
      },
    ],
    [
      'a null key',
      {
        query: '{ shop_author_by_pk(id: null) { id } }',
        message: "unexpected null value for type 'Int'",
        path: '$.selectionSet.shop_author_by_pk.args.id',
      },
    ],
    [
      'a missing where',
      {
        query: 'mutation { delete_shop_author { affected_rows } }',
        message: "missing required field 'where'",
        path: '$.selectionSet.delete_shop_author.args.where',
      },
    ],
    [
      'a null where',
      {
        query: 'mutation { update_shop_author(where: null, _set: {level: 1}) { affected_rows } }',
        message: "expected an object for type 'shop_author_bool_exp', but found null",
        path: '$.selectionSet.update_shop_author.args.where',
      },
    ],
    [
      'an unknown enum value',
      {
        query: '{ shop_author(order_by: {id: up}) { id } }',
        message:
          "expected one of the values ['asc', 'asc_nulls_first', 'asc_nulls_last', 'desc', 'desc_nulls_first', 'desc_nulls_last'] for type 'order_by', but found 'up'",
        path: at('order_by[0].id'),
      },
    ],
    [
      'a string for an enum',
      {
        query: '{ shop_author(order_by: {id: "asc"}) { id } }',
        message: "expected an enum value for type 'order_by', but found a string",
        path: at('order_by[0].id'),
      },
    ],
    [
      'distinct_on that does not lead the order',
      {
        query: '{ shop_author(distinct_on: name, order_by: {id: asc}) { id } }',
        message: '"distinct_on" columns must match initial "order_by" columns',
        path: '$.selectionSet.shop_author.args',
      },
    ],
    [
      'a negative limit',
      {
        query: '{ shop_author(limit: -1) { id } }',
        message: "expected a non-negative 32-bit integer for type 'Int', but found an integer",
        path: at('limit'),
      },
    ],
    [
      'a string as limit',
      {
        query: '{ shop_author(limit: "1") { id } }',
        message: "expected a non-negative 32-bit integer for type 'Int', but found a string",
        path: at('limit'),
      },
    ],
    [
      'a fraction as limit, in a variable',
      {
        query: 'query ($n: Int) { shop_author(limit: $n) { id } }',
        variables: { n: 1.5 },
        message: `The value 1.5 ${BOUNDS}`,
        path: at('limit'),
        code: 'parse-failed',
      },
    ],
    [
      'a negative limit, in a variable',
      {
        query: 'query ($n: Int) { shop_author(limit: $n) { id } }',
        variables: { n: -1 },
        message: "expected a non-negative 32-bit integer for type 'Int', but found a number",
        path: at('limit'),
      },
    ],
    [
      'a string as limit, in a variable',
      {
        query: 'query ($n: Int) { shop_author(limit: $n) { id } }',
        variables: { n: '1' },
        message: "expected a non-negative 32-bit integer for type 'Int', but found a string",
        path: at('limit'),
      },
    ],
    [
      'a fraction as limit',
      {
        query: '{ shop_author(limit: 1.5) { id } }',
        message: "expected a non-negative 32-bit integer for type 'Int', but found a float",
        path: at('limit'),
      },
    ],
    [
      'a limit of more than 32 bits',
      {
        query: '{ shop_author(limit: 2147483648) { id } }',
        message: `The value 2.147483648e9 ${BOUNDS}`,
        path: at('limit'),
        code: 'parse-failed',
      },
    ],
    [
      'a text as offset',
      {
        query: '{ shop_author(offset: "one") { id } }',
        message: "expected a 32-bit integer, or a 64-bit integer represented as a string for type 'Int', but found a string",
        path: at('offset'),
      },
    ],
    [
      'an offset of more than 64 bits',
      {
        query: '{ shop_author(offset: 9223372036854775808) { id } }',
        message: `The value 9.223372036854775808e18 ${BOUNDS}`,
        path: at('offset'),
        code: 'parse-failed',
      },
    ],
    [
      'null in order_by',
      {
        query: '{ shop_author(order_by: [null]) { id } }',
        message: "expected an object for type 'shop_author_order_by', but found null",
        path: at('order_by[0]'),
      },
    ],
    [
      'null for a function in order_by',
      {
        query: '{ shop_author(order_by: {articles_by_author_aggregate: {max: null}}) { id } }',
        message: "expected an object for type 'shop_article_max_order_by', but found null",
        path: at('order_by[0].articles_by_author_aggregate.max'),
      },
    ],
    [
      'distinct_on that a relationship leads',
      {
        query: '{ shop_article(distinct_on: id, order_by: [{author: {name: asc}}, {id: asc}]) { id } }',
        message: '"distinct_on" columns must match initial "order_by" columns',
        path: '$.selectionSet.shop_article.args',
      },
    ],
    [
      'distinct_on of fewer columns in order_by',
      {
        query: '{ shop_article(distinct_on: [id, title], order_by: {id: asc}) { id } }',
        message: '"distinct_on" columns must match initial "order_by" columns',
        path: '$.selectionSet.shop_article.args',
      },
    ],
    [
      'null for what count takes',
      {
        query: '{ shop_author_aggregate { aggregate { count(columns: null) } } }',
        message: 'expected a list, but found null',
        path: '$.selectionSet.shop_author_aggregate.selectionSet.aggregate.selectionSet.count.args.columns',
      },
    ],
    [
      'null for distinct of count',
      {
        query: '{ shop_author_aggregate { aggregate { count(columns: id, distinct: null) } } }',
        message: "expected a boolean for type 'Boolean', but found null",
        path: '$.selectionSet.shop_author_aggregate.selectionSet.aggregate.selectionSet.count.args.distinct',
      },
    ],
    [
      'null for an operator of an update',
      {
        query: 'mutation { update_shop_author(where: {}, _set: null) { affected_rows } }',
        message: "expected an object for type 'shop_author_set_input', but found null",
        path: '$.selectionSet.update_shop_author.args._set',
      },
    ],
    [
      'null for the objects of an insert',
      {
        query: 'mutation { insert_shop_author(objects: null) { affected_rows } }',
        message: 'expected a list, but found null',
        path: '$.selectionSet.insert_shop_author.args.objects',
      },
    ],
    [
      'null for the object of an insert',
      {
        query: 'mutation { insert_shop_author_one(object: null) { id } }',
        message: "expected an object for type 'shop_author_insert_input', but found null",
        path: '$.selectionSet.insert_shop_author_one.args.object',
      },
    ],
    [
      'no objects for an insert',
      {
        query: 'mutation { insert_shop_author { affected_rows } }',
        message: "missing required field 'objects'",
        path: '$.selectionSet.insert_shop_author.args.objects',
      },
    ],
    [
      'no key for an update',
      {
        query: 'mutation { update_shop_author_by_pk(_set: {level: 1}) { id } }',
        message: "missing required field 'pk_columns'",
        path: '$.selectionSet.update_shop_author_by_pk.args.pk_columns',
      },
    ],
    [
      'half a key',
      {
        query: 'mutation { update_shop_item_by_pk(pk_columns: {warehouse: "a", position: 1}, _set: {what: "x"}) { what } }',
        message: "missing required field 'shipment_no'",
        path: '$.selectionSet.update_shop_item_by_pk.args.pk_columns.shipment_no',
      },
    ],
    [
      'no where in one of many updates',
      {
        query: 'mutation { update_shop_author_many(updates: [{where: {}}, {_set: {level: 1}}]) { affected_rows } }',
        message: "missing required field 'where'",
        path: '$.selectionSet.update_shop_author_many.args.updates[1].where',
      },
    ],
    [
      'one column in two operators of one of many updates',
      {
        query:
          'mutation { update_shop_author_many(updates: [{where: {}, _set: {level: 1}, _inc: {level: 1}}]) { affected_rows } }',
        message: "Column found in multiple operators: ['level'].",
        path: '$.selectionSet.update_shop_author_many.args.updates[0]',
      },
    ],
    [
      'a negative offset',
      { query: '{ shop_author(offset: -1) { id } }', message: 'OFFSET must not be negative', path: '$', code: 'data-exception' },
    ],
    [
      'null as a path into JSON',
      {
        query: '{ shop_author { bio(path: null) } }',
        message: "expected a string for type 'String', but found null",
        path: '$.selectionSet.shop_author.selectionSet.bio.args.path',
      },
    ],
    [
      'a path into JSON that is none',
      {
        query: '{ shop_author { bio(path: "$.a[") } }',
        message: 'parse json path error: unexpected text at "[" in "$.a["',
        path: '$.selectionSet.shop_author.selectionSet.bio.args.path',
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));
});
