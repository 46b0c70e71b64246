import type { Fixture } from '../database';
import { shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('selections', () => {
  test.each<[string, Case]>([
    [
      'missing',
      {
        query: '{ shop_author }',
        message: "missing selection set for 'shop_author'",
        path: '$.selectionSet.shop_author.selectionSet',
      },
    ],
    [
      'missing on a relationship, which says its type',
      {
        query: '{ shop_author { articles_by_author } }',
        message: "missing selection set for 'shop_article'",
        path: '$.selectionSet.shop_author.selectionSet.articles_by_author.selectionSet',
      },
    ],
    [
      'missing on a mutation',
      {
        query: 'mutation { delete_shop_log(where: {}) }',
        message: "missing selection set for 'shop_log_mutation_response'",
        path: '$.selectionSet.delete_shop_log.selectionSet',
      },
    ],
    [
      'missing on what a mutation returns',
      {
        query: 'mutation { delete_shop_log(where: {}) { returning } }',
        message: "missing selection set for 'shop_log'",
        path: '$.selectionSet.delete_shop_log.selectionSet.returning.selectionSet',
      },
    ],
    [
      'missing on an aggregate',
      {
        query: '{ shop_log_aggregate { aggregate } }',
        message: "missing selection set for 'shop_log_aggregate_fields'",
        path: '$.selectionSet.shop_log_aggregate.selectionSet.aggregate.selectionSet',
      },
    ],
    [
      'missing on introspection',
      { query: '{ __schema }', message: "missing selection set for '__Schema'", path: '$.selectionSet.__schema.selectionSet' },
    ],
    [
      'on a scalar',
      {
        query: '{ shop_author { name { x } } }',
        message: 'unexpected subselection set for non-object field',
        path: '$.selectionSet.shop_author.selectionSet.name',
      },
    ],
    [
      'one key for two fields',
      {
        query: '{ shop_author { a: name a: id } }',
        message: "selection of both 'name' and 'id' specify the same response name, 'a'",
        path: '$.selectionSet.shop_author.selectionSet',
      },
    ],
    [
      'one key for two argument lists',
      {
        query: '{ shop_author(limit: 1) { id } shop_author(limit: 2) { id } }',
        message: "inconsistent arguments between multiple selections of field 'shop_author'",
        path: '$.selectionSet',
      },
    ],
    [
      'a repeated directive',
      {
        query: '{ shop_author { id @include(if: true) @include(if: true) } }',
        message: "the following directives are used more than once: ['include']",
        path: '$.selectionSet.shop_author.selectionSet',
      },
    ],
    [
      'a misplaced directive',
      {
        query: 'query @include(if: true) { shop_author { id } }',
        message: "directive 'include' is not allowed on a query",
        path: '$',
      },
    ],
    [
      'a directive without its argument',
      {
        query: '{ shop_author { id @skip } }',
        message: "missing required field 'if'",
        path: '$.selectionSet.shop_author.selectionSet.skip.args.if',
      },
    ],
    [
      'a directive with another argument',
      {
        query: '{ shop_author { id @skip(unless: true) } }',
        message: "'skip' has no argument named 'unless'",
        path: '$.selectionSet.shop_author.selectionSet.skip',
      },
    ],
    [
      'a directive with a string for its boolean',
      {
        query: '{ shop_author { id @include(if: "true") } }',
        message: "expected a boolean for type 'Boolean', but found a string",
        path: '$.selectionSet.shop_author.selectionSet.include.args.if',
      },
    ],
    [
      'a directive with a variable that may be null',
      {
        query: 'query ($b: Boolean) { shop_author { id @include(if: $b) } }',
        variables: { b: true },
        message: "variable 'b' is declared as 'Boolean', but used where 'Boolean!' is expected",
        path: '$.selectionSet.shop_author.selectionSet.include.args.if',
      },
    ],
    [
      'a directive of operations on a fragment',
      {
        query: '{ shop_author { ... @cached { id } } }',
        message: "directive 'cached' is not allowed on an inline fragment",
        path: '$.selectionSet.shop_author.selectionSet',
      },
    ],
    [
      'a directive of operations on a field',
      {
        query: '{ shop_author @cached { id } }',
        message: "directive 'cached' is not allowed on a field",
        path: '$.selectionSet',
      },
    ],
    [
      'a directive of queries on a mutation',
      {
        query: 'mutation @cached { delete_shop_log(where: {}) { affected_rows } }',
        message: "directive 'cached' is not allowed on a mutation",
        path: '$',
      },
    ],
    [
      'a cycle of three fragments',
      {
        query: '{ ...a } fragment a on query_root { ...b } fragment b on query_root { ...c } fragment c on query_root { ...a }',
        message: 'the fragment definition(s) a, b, and c form a cycle',
        path: '$.selectionSet.a.selectionSet.b.selectionSet.c.selectionSet',
      },
    ],
    [
      'two fragments of one name',
      {
        query: '{ shop_log { ...a } } fragment a on shop_log { line } fragment a on shop_log { line }',
        message: 'multiple definitions for fragment "a"',
        path: '$',
        code: 'parse-failed',
      },
    ],
    [
      'an undefined fragment',
      {
        query: '{ shop_author { ...x } }',
        message: 'reference to undefined fragment "x"',
        path: '$.selectionSet.shop_author.selectionSet',
      },
    ],
    [
      'a cycle of fragments',
      {
        query:
          '{ shop_author { ...authorFragment } } fragment authorFragment on shop_author { articles_by_author { ...articleFragment } } fragment articleFragment on shop_article { author { ...authorFragment } }',
        message: 'the fragment definition(s) authorFragment and articleFragment form a cycle',
        path: '$.selectionSet.shop_author.selectionSet.authorFragment.selectionSet.articles_by_author.selectionSet.articleFragment.selectionSet.author.selectionSet',
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));
});
