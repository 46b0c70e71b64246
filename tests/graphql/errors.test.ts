import type { Fixture } from './database';
import { ask, shopFixture } from './database';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

interface Case {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  message: string;
  path: string;
  code?: string;
}

async function expectError({ query, variables, operationName, message, path, code = 'validation-failed' }: Case): Promise<void> {
  const answer = await ask(shop.engine, query, variables, operationName);
  expect(answer).toEqual({ errors: [{ message, extensions: expect.objectContaining({ path, code }) as unknown }] });
}

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
        path: '$.selectionSet.insert_shop_rectangle.args.objects.area',
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
  ])('%s', (_, each) => expectError(each));
});

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
    ['an undefined fragment', { query: '{ shop_author { ...x } }', message: 'reference to undefined fragment "x"', path: '$' }],
    [
      'a cycle of fragments',
      {
        query:
          '{ shop_author { ...authorFragment } } fragment authorFragment on shop_author { articles_by_author { ...articleFragment } } fragment articleFragment on shop_article { author { ...authorFragment } }',
        message: 'the fragment definition(s) authorFragment and articleFragment form a cycle',
        path: '$',
      },
    ],
  ])('%s', (_, each) => expectError(each));
});

describe('arguments', () => {
  const where = (inner: string): string => `{ shop_author(where: ${inner}) { id } }`;
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
        message: "unexpected null value for type 'Boolean'",
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
      'an unknown enum value',
      {
        query: '{ shop_author(order_by: {id: up}) { id } }',
        message:
          "expected one of the values ['asc', 'asc_nulls_first', 'asc_nulls_last', 'desc', 'desc_nulls_first', 'desc_nulls_last'] for type 'order_by', but found 'up'",
        path: at('order_by.id'),
      },
    ],
    [
      'a string for an enum',
      {
        query: '{ shop_author(order_by: {id: "asc"}) { id } }',
        message: "expected an enum value for type 'order_by', but found a string",
        path: at('order_by.id'),
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
        message: "expected a non-negative 32-bit integer for type 'Int', but found a number",
        path: at('limit'),
      },
    ],
    [
      'a negative offset',
      { query: '{ shop_author(offset: -1) { id } }', message: 'OFFSET must not be negative', path: '$', code: 'data-exception' },
    ],
    [
      'a path into JSON that is none',
      {
        query: '{ shop_author { bio(path: "$.a[") } }',
        message: 'parse json path error: unexpected text at "[" in "$.a["',
        path: '$.selectionSet.shop_author.selectionSet.bio.args.path',
      },
    ],
  ])('%s', (_, each) => expectError(each));
});

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
  ])('%s', (_, each) => expectError(each));

  test('declared and not used, or not reached, are no error', async () => {
    expect(await ask(shop.engine, 'query ($v: Int) { shop_log { line } } fragment f on shop_log { line }')).toHaveProperty(
      'data',
    );
  });
});

describe('operations and documents', () => {
  const two = 'query a { shop_log { line } } query b { shop_log { line } }';
  test.each<[string, Case]>([
    ['an unknown name', { query: two, operationName: 'x', message: 'no such operation found in the document: "x"', path: '$' }],
    [
      'a name beside an anonymous operation',
      {
        query: '{ shop_log { line } }',
        operationName: 'x',
        message: 'operationName cannot be used when an anonymous operation exists in the document',
        path: '$',
      },
    ],
    [
      'no name for several',
      {
        query: two,
        message: 'exactly one operation has to be present in the document when operationName is not specified',
        path: '$',
      },
    ],
    ['a syntax error', { query: '{ shop_log { line }', message: 'not a valid graphql query', path: '$.query' }],
    ['an empty document', { query: '', message: 'not a valid graphql query', path: '$.query' }],
    ['a type definition', { query: 'type a { b: Int }', message: 'not a valid graphql query', path: '$.query' }],
    [
      'a subscription by HTTP',
      {
        query: 'subscription { shop_log { line } }',
        message: 'subscriptions are not supported over HTTP, use websockets instead',
        path: '$',
        code: 'unexpected-payload',
      },
    ],
    [
      'fields nested too deep',
      {
        query: `{ shop_employee ${'{ manager '.repeat(60)}{ id } ${'}'.repeat(60)} }`,
        message: 'the query nests fields deeper than 50 levels',
        path: '$.query',
      },
    ],
    [
      'too many fields, by fragments',
      {
        query: `{ ...f0 } ${Array.from({ length: 16 }, (_, i) => `fragment f${i} on query_root { a${i}: shop_employee { ...e${i} } } fragment e${i} on shop_employee { ${i < 15 ? `x: manager { ...e${i + 1} } y: manager { ...e${i + 1} }` : 'id'} }`).join(' ')}`,
        message: 'the query asks for more than 10000 fields',
        path: expect.stringContaining('$.selectionSet.shop_employee') as unknown as string,
      },
    ],
  ])('%s', (_, each) => expectError(each));

  test('only the chosen operation is validated', async () => {
    expect(await ask(shop.engine, 'query a { shop_log { line } } query b { nonsense }', null, 'a')).toHaveProperty('data');
  });

  test('brackets without end are a syntax error, not a crash', async () => {
    await expectError({ query: '{'.repeat(100_000), message: 'not a valid graphql query', path: '$.query' });
    const deep = `{ shop_author(where: ${'{_not: '.repeat(50_000)}{}${'}'.repeat(50_000)}) { id } }`;
    expect(await ask(shop.engine, deep)).toHaveProperty('errors');
  });
});

describe('values', () => {
  const set = (assignment: string): string =>
    `mutation { update_shop_author(where: {id: {_eq: 1}}, _set: {${assignment}}) { affected_rows } }`;
  const at = (column: string): string => `$.selectionSet.update_shop_author.args._set.${column}`;
  const bounds = 'lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?';
  test.each<[string, Case]>([
    [
      'null for a column that is not null',
      { query: set('name: null'), message: "unexpected null value for type 'String'", path: at('name') },
    ],
    [
      'null in a variable for such a column',
      {
        query: 'mutation ($n: String) { update_shop_author(where: {}, _set: {name: $n}) { affected_rows } }',
        message: "unexpected null value for type 'String'",
        path: at('name'),
      },
    ],
    [
      'an Int out of range',
      {
        query: '{ shop_author(where: {id: {_eq: 2147483648}}) { id } }',
        message: `The value 2.147483648e9 ${bounds}`,
        path: '$.selectionSet.shop_author.args.where.id._eq',
        code: 'parse-failed',
      },
    ],
    [
      'a smallint out of range',
      { query: set('level: 40000'), message: `The value 40000.0 ${bounds}`, path: at('level'), code: 'parse-failed' },
    ],
    [
      'a fraction for an integer',
      { query: set('visits: 1.5'), message: `The value 1.5 ${bounds}`, path: at('visits'), code: 'parse-failed' },
    ],
    [
      'a number for a text',
      {
        query: set('name: 1'),
        message: 'parsing Text failed, expected String, but encountered Number',
        path: at('name'),
        code: 'parse-failed',
      },
    ],
    [
      'an object for a uuid',
      {
        query: set('code: {}'),
        message: 'parsing UUID failed, expected String, but encountered Object',
        path: at('code'),
        code: 'parse-failed',
      },
    ],
    [
      'a boolean for an integer',
      {
        query: set('level: true'),
        message: 'parsing Int16 failed, expected Number, but encountered Boolean',
        path: at('level'),
        code: 'parse-failed',
      },
    ],
    [
      'a number for a type that is not known',
      { query: set('home: 1'), message: 'A string is expected for type: inet', path: at('home'), code: 'parse-failed' },
    ],
    [
      'text that is no integer',
      {
        query: '{ shop_author(where: {id: {_eq: "x"}}) { id } }',
        message: 'invalid input syntax for type integer: "x"',
        path: '$',
        code: 'data-exception',
      },
    ],
    [
      'text that is no uuid',
      {
        query: '{ shop_author(where: {code: {_eq: "x"}}) { id } }',
        message: 'invalid input syntax for type uuid: "x"',
        path: '$',
        code: 'data-exception',
      },
    ],
    [
      'one column in two operators',
      {
        query:
          'mutation { update_shop_author(where: {}, _set: {visits: 1, level: 1}, _inc: {visits: 1, level: 1}) { affected_rows } }',
        message: "Column found in multiple operators: ['visits', 'level'].",
        path: '$.selectionSet.update_shop_author.args',
      },
    ],
  ])('%s', (_, each) => expectError(each));
});

describe('what the database refuses', () => {
  const insertArticle = (object: string): string => `mutation { insert_shop_article(objects: [${object}]) { affected_rows } }`;
  const path = '$.selectionSet.insert_shop_article.args.objects';
  test.each<[string, Case]>([
    [
      'a missing value',
      {
        query: insertArticle('{author_id: 1}'),
        message: 'Not-NULL violation. null value in column "title" of relation "article" violates not-null constraint',
        path,
        code: 'constraint-violation',
      },
    ],
    [
      'a parent that is not there',
      {
        query: insertArticle('{author_id: 99, title: "t"}'),
        message:
          'Foreign key violation. insert or update on table "article" violates foreign key constraint "article_author_id_fkey"',
        path,
        code: 'constraint-violation',
      },
    ],
    [
      'a duplicate',
      {
        query: 'mutation { insert_shop_author_one(object: {name: "Ann"}) { id } }',
        message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        path: '$.selectionSet.insert_shop_author_one.args.object',
        code: 'constraint-violation',
      },
    ],
    [
      'a check',
      {
        query: insertArticle('{author_id: 1, title: "t", rank: -1}'),
        message: 'Check constraint violation. new row for relation "article" violates check constraint "article_rank_check"',
        path,
        code: 'permission-error',
      },
    ],
    [
      'a delete of what others refer to',
      {
        query: 'mutation { delete_shop_author(where: {id: {_eq: 1}}) { affected_rows } }',
        message:
          'Foreign key violation. update or delete on table "author" violates foreign key constraint "article_author_id_fkey" on table "article"',
        path: '$',
        code: 'constraint-violation',
      },
    ],
    [
      'a text that is too long',
      {
        query: insertArticle(`{author_id: 1, title: "${'x'.repeat(41)}"}`),
        message: 'value too long for type character varying(40)',
        path,
        code: 'data-exception',
      },
    ],
    [
      'a bad value in a nested insert, at its place',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "Z", articles_by_author: {data: [{title: "t", rank: "x"}]}}) { affected_rows } }',
        message: 'invalid input syntax for type integer: "x"',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data',
        code: 'data-exception',
      },
    ],
    [
      'a duplicate in a nested insert, at its place',
      {
        query: 'mutation { insert_shop_article_one(object: {title: "t", author: {data: {name: "Ann"}}}) { id } }',
        message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        path: '$.selectionSet.insert_shop_article_one.args.object[0].author.data',
        code: 'constraint-violation',
      },
    ],
    [
      'a deferred constraint, at the commit',
      {
        query: 'mutation { insert_shop_label_one(object: {warehouse: "none", no: 1}) { no } }',
        message:
          'Foreign key violation. insert or update on table "label" violates foreign key constraint "label_warehouse_no_fkey"',
        path: '$.selectionSet.insert_shop_label_one.args.object',
        code: 'constraint-violation',
      },
    ],
    [
      'what Hasura does not name',
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "twice"}, {name: "twice"}], on_conflict: {constraint: author_name_key, update_columns: [level]}) { affected_rows } }',
        message: 'database query error',
        path: '$.selectionSet.insert_shop_author.args.objects',
        code: 'unexpected',
      },
    ],
  ])('%s', (_, each) => expectError(each));

  test('an unexpected error says more inside', async () => {
    const answer = await ask(
      shop.engine,
      '{ shop_author(where: {tags: {_contains: "{"}}) { id } shop_author_aggregate { aggregate { max { code } } } }',
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('data-exception');
    const inside = await ask(shop.engine, '{ shop_author(where: {raw: {_eq: 1}}) { id } }');
    expect(inside.errors?.[0]?.extensions.internal).toMatchObject({
      error: { status_code: '42883' },
      statement: expect.stringContaining('SELECT') as string,
    });
  });

  test('the failure says state and constraint to callers inside', async () => {
    const { error } = await shop.engine.execute({ query: 'mutation { insert_shop_author_one(object: {name: "Ann"}) { id } }' });
    expect(error).toMatchObject({
      sqlState: '23505',
      constraint: 'author_name_key',
      unavailable: false,
      code: 'constraint-violation',
    });
  });
});

describe('nested inserts that cannot be', () => {
  test.each<[string, Case]>([
    [
      'the key of an object relationship given as well',
      {
        query:
          'mutation { insert_shop_article(objects: [{author_id: 1, title: "t", author: {data: {name: "a"}}}]) { affected_rows } }',
        message: 'cannot insert object relationship "author" as "author_id" column values are already determined',
        path: '$.selectionSet.insert_shop_article.args.objects[0].author',
      },
    ],
    [
      "the child's key given as well",
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "a", articles_by_author: {data: [{author_id: 1, title: "t"}]}}]) { affected_rows } }',
        message: 'cannot insert "author_id" columns as their values are already being determined by parent insert',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data[0]',
      },
    ],
    [
      'children of a row that was left alone',
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "Ann", articles_by_author: {data: [{title: "t"}]}}], on_conflict: {constraint: author_name_key}) { affected_rows } }',
        message: 'cannot proceed to insert array relations since insert to table "shop.author" affects zero rows',
        path: '$.selectionSet.insert_shop_author.args.objects[0]',
        code: 'not-supported',
      },
    ],
    [
      'a parent that was left alone',
      {
        query:
          'mutation { insert_shop_article(objects: [{title: "t", author: {data: {name: "Ann"}, on_conflict: {constraint: author_name_key}}}]) { affected_rows } }',
        message: 'cannot proceed to insert object relation "author" since insert to table "shop.author" affects zero rows',
        path: '$.selectionSet.insert_shop_article.args.objects[0].author.data',
        code: 'not-supported',
      },
    ],
    [
      'a conflict without its constraint',
      {
        query: 'mutation { insert_shop_author(objects: [], on_conflict: {}) { affected_rows } }'.replace('[]', '{name: "q"}'),
        message: "missing required field 'constraint'",
        path: '$.selectionSet.insert_shop_author.args.on_conflict.constraint',
      },
    ],
    [
      'a null conflict',
      {
        query: 'mutation { insert_shop_author(objects: {name: "q"}, on_conflict: null) { affected_rows } }',
        message: "expected an object for type 'shop_author_on_conflict', but found null",
        path: '$.selectionSet.insert_shop_author.args.on_conflict',
      },
    ],
    [
      'no data',
      {
        query: 'mutation { insert_shop_author(objects: {name: "q", articles_by_author: {}}) { affected_rows } }',
        message: "missing required field 'data'",
        path: '$.selectionSet.insert_shop_author.args.objects.articles_by_author.data',
      },
    ],
  ])('%s', async (_, each) => {
    await expectError(each);
    expect(
      await ask(shop.engine, '{ shop_author_aggregate { aggregate { count } } shop_article_aggregate { aggregate { count } } }'),
    ).toEqual({
      data: { shop_author_aggregate: { aggregate: { count: 3 } }, shop_article_aggregate: { aggregate: { count: 4 } } },
    });
  });
});
