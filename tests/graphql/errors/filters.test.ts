import type { Fixture } from '../database';
import { shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('filters', () => {
  const where = (inner: string): string => `{ shop_author(where: ${inner}) { id } }`;
  const at = (rest: string): string => `$.selectionSet.shop_author.args.${rest}`;
  test.each<[string, Case]>([
    [
      'null compared',
      { query: where('{id: {_eq: null}}'), message: "unexpected null value for type 'Int'", path: at('where.id._eq') },
    ],
    [
      'a variable without a value compared',
      {
        query: 'query ($id: Int) { shop_author(where: {id: {_eq: $id}}) { id } }',
        message: "unexpected null value for type 'Int'",
        path: at('where.id._eq'),
      },
    ],
    [
      'null in a list',
      { query: where('{id: {_in: [1, null]}}'), message: "unexpected null value for type 'Int'", path: at('where.id._in[1]') },
    ],
    ['a null list', { query: where('{id: {_in: null}}'), message: 'expected a list, but found null', path: at('where.id._in') }],
    [
      'null for _is_null',
      {
        query: where('{id: {_is_null: null}}'),
        message: "expected a boolean for type 'Boolean', but found null",
        path: at('where.id._is_null'),
      },
    ],
    [
      'a null column',
      {
        query: where('{id: null}'),
        message: "expected an object for type 'Int_comparison_exp', but found null",
        path: at('where.id'),
      },
    ],
    ['null for _and', { query: where('{_and: null}'), message: 'expected a list, but found null', path: at('where._and') }],
    [
      'null inside _or',
      {
        query: where('{_or: [null]}'),
        message: "expected an object for type 'shop_author_bool_exp', but found null",
        path: at('where._or[0]'),
      },
    ],
    [
      'null for _not',
      {
        query: where('{_not: null}'),
        message: "expected an object for type 'shop_author_bool_exp', but found null",
        path: at('where._not'),
      },
    ],
    [
      'a null relationship',
      {
        query: where('{articles_by_author: null}'),
        message: "expected an object for type 'shop_article_bool_exp', but found null",
        path: at('where.articles_by_author'),
      },
    ],
    [
      'a string for an object',
      {
        query: where('"x"'),
        message: "expected an object for type 'shop_author_bool_exp', but found a string",
        path: at('where'),
      },
    ],
    [
      'a number in a variable for an object',
      {
        query: 'query ($w: shop_author_bool_exp) { shop_author(where: $w) { id } }',
        variables: { w: 1 },
        message: "expected an object for type 'shop_author_bool_exp', but found a number",
        path: at('where'),
      },
    ],
    [
      'two aggregate predicates',
      {
        query: where('{articles_by_author_aggregate: {}}'),
        message: 'exactly one predicate should be specified',
        path: at('where.articles_by_author_aggregate'),
      },
    ],
    [
      'two predicates on an aggregate',
      {
        query: where('{articles_by_author_aggregate: {count: {predicate: {}}, bool_or: {arguments: published, predicate: {}}}}'),
        message: 'exactly one predicate should be specified',
        path: at('where.articles_by_author_aggregate'),
      },
    ],
    [
      'a predicate without its comparison',
      {
        query: where('{articles_by_author_aggregate: {count: {}}}'),
        message: "missing required field 'predicate'",
        path: at('where.articles_by_author_aggregate.count.predicate'),
      },
    ],
    [
      'a predicate on no column',
      {
        query: where('{articles_by_author_aggregate: {bool_or: {predicate: {}}}}'),
        message: "missing required field 'arguments'",
        path: at('where.articles_by_author_aggregate.bool_or.arguments'),
      },
    ],
    [
      'a predicate on a column of another type',
      {
        query: where('{articles_by_author_aggregate: {bool_or: {arguments: rank, predicate: {}}}}'),
        message:
          "expected one of the values ['published'] for type 'shop_article_select_column_shop_article_aggregate_bool_exp_bool_or_arguments_columns', but found 'rank'",
        path: at('where.articles_by_author_aggregate.bool_or.arguments'),
      },
    ],
    [
      'null for distinct of a predicate',
      {
        query: where('{articles_by_author_aggregate: {count: {distinct: null, predicate: {}}}}'),
        message: "expected a boolean for type 'Boolean', but found null",
        path: at('where.articles_by_author_aggregate.count.distinct'),
      },
    ],
    [
      'null for the columns of a predicate',
      {
        query: where('{articles_by_author_aggregate: {count: {arguments: null, predicate: {}}}}'),
        message: 'expected a list, but found null',
        path: at('where.articles_by_author_aggregate.count.arguments'),
      },
    ],
    [
      'null for the filter of a predicate',
      {
        query: where('{articles_by_author_aggregate: {count: {filter: null, predicate: {}}}}'),
        message: "expected an object for type 'shop_article_bool_exp', but found null",
        path: at('where.articles_by_author_aggregate.count.filter'),
      },
    ],
    ['null for _or', { query: where('{_or: null}'), message: 'expected a list, but found null', path: at('where._or') }],
    [
      'null inside _and',
      {
        query: where('{_and: [{}, null]}'),
        message: "expected an object for type 'shop_author_bool_exp', but found null",
        path: at('where._and[1]'),
      },
    ],
    [
      'null for _cast',
      {
        query: where('{bio: {_cast: null}}'),
        message: "expected an object for type 'jsonb_cast_exp', but found null",
        path: at('where.bio._cast'),
      },
    ],
    [
      'null for a key',
      {
        query: where('{bio: {_has_key: null}}'),
        message: "unexpected null value for type 'String'",
        path: at('where.bio._has_key'),
      },
    ],
    [
      'null in keys',
      {
        query: where('{bio: {_has_keys_all: ["a", null]}}'),
        message: "unexpected null value for type 'String'",
        path: at('where.bio._has_keys_all[1]'),
      },
    ],
    [
      'a variable of another type in a list',
      {
        query: 'query ($t: String!) { shop_author(where: {id: {_in: [1, $t]}}) { id } }',
        variables: { t: '2' },
        message: "variable 't' is declared as 'String!', but used where 'Int!' is expected",
        path: at('where.id._in[1]'),
      },
    ],
    [
      'a value that does not fit, alone for a list',
      {
        query: where('{id: {_in: true}}'),
        message: 'parsing Integer expected for input type: PGInteger failed, expected Number, but encountered Boolean',
        path: at('where.id._in[0]'),
        code: 'parse-failed',
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));
});
