import { buildClientSchema, buildSchema, getIntrospectionQuery, validateSchema } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import type { GraphQLEngine, Metadata } from '../../../src/graphql';
import { load } from '../../../src/graphql/load';
import { parseMetadata } from '../../../src/graphql/model';
import { ask } from '../database';
import type { OddDatabase } from './database';
import { oddDatabase } from './database';

let odd: OddDatabase;
beforeAll(async () => {
  odd = await oddDatabase('names.sql');
});
afterAll(() => odd.drop());

type Tables = Metadata['tables'];
const refusing = (name: string, reason: string): string => `cannot include "${name}" in the GraphQL schema because ${reason}`;

async function served(schemas: readonly string[], tables?: Tables): Promise<{ names: string[]; refused: readonly string[] }> {
  const { model, refused } = await load({ pool: odd.pool, schemas, metadata: tables && { tables } });
  return { names: model.tables.map(({ name }) => name), refused };
}

async function expectSound(engine: GraphQLEngine): Promise<void> {
  expect(validateSchema(buildSchema(engine.printSchema()))).toEqual([]);
  const answer = (await ask(engine, getIntrospectionQuery())) as unknown as { data: IntrospectionQuery };
  expect(validateSchema(buildClientSchema(answer.data))).toEqual([]);
}

describe('a name of two tables', () => {
  test('is that of the first by schema and name; the other is left out with the reason', async () => {
    const { names, refused } = await served(['a', 'public']);
    expect(names).toEqual(['a_b', 'zoo']);
    expect(refused).toContain(refusing('a_b', 'the type "a_b" of "public"."a_b" is already one of "a"."b"'));
    const engine = await odd.serve(['a', 'public']);
    expect(await ask(engine, '{ a_b { here } }')).toEqual({ data: { a_b: [] } });
    await expectSound(engine);
  });

  test('may be a type or a root field that the first one derives', async () => {
    const { names, refused } = await served(['derived']);
    expect(names).toEqual(['derived_author', 'derived_author_role', 'derived_total', 'derived_total_updates']);
    const reason = (suffix: string): string =>
      refusing(
        `derived_author_${suffix}`,
        `the type "derived_author_${suffix}" of "derived"."author_${suffix}" is already one of "derived"."author"`,
      );
    const stream = 'the field "derived_author_stream" of subscription_root of "derived"."author_stream"';
    expect(refused).toEqual([
      reason('aggregate'),
      refusing('derived_author_stream', `${stream} is already one of "derived"."author"`),
      reason('updates'),
    ]);
    const engine = await odd.serve(['derived']);
    expect(await ask(engine, '{ derived_author_aggregate { aggregate { count } } }')).toHaveProperty('data');
    await expectSound(engine);
  });

  test('is cured by a custom name, and made by one', async () => {
    const table = (name: string, custom_name?: string): Tables[number] => ({
      table: { schema: 'derived', name },
      configuration: { custom_name },
    });
    expect(await served(['derived'], [table('author'), table('author_aggregate', 'sum')])).toEqual({
      names: ['derived_author', 'sum'],
      refused: [],
    });
    expect(await served(['derived'], [table('author', 'x'), table('author_role', 'x')])).toEqual({
      names: ['x'],
      refused: [refusing('x', 'the type "x" of "derived"."author_role" is already one of "derived"."author"')],
    });
  });

  test('may be a root field that the metadata names', async () => {
    const tables = (custom_root_fields: Record<string, string>): Tables => [
      { table: { schema: 'derived', name: 'author' } },
      { table: { schema: 'derived', name: 'author_role' }, configuration: { custom_root_fields } },
    ];
    const field = (name: string, root: string, owner: string): string =>
      refusing('derived_author_role', `the field "${name}" of ${root} of "derived"."author_role" is already one of ${owner}`);
    expect(await served(['derived'], tables({ select: 'derived_author_by_pk' }))).toEqual({
      names: ['derived_author'],
      refused: [field('derived_author_by_pk', 'query_root', '"derived"."author"')],
    });
    expect(await served(['derived'], tables({ select: 'x', select_aggregate: 'x' }))).toMatchObject({
      refused: [field('x', 'query_root', '"derived"."author_role"')],
    });
    expect(await served(['derived'], tables({ delete: 'insert_derived_author_one' }))).toMatchObject({
      refused: [field('insert_derived_author_one', 'mutation_root', '"derived"."author"')],
    });
    // A query and a mutation of one name are two fields.
    expect(await served(['derived'], tables({ select: 'insert_derived_author' }))).toMatchObject({ refused: [] });
  });
});

test('a table with the name of a type that is not of a table is left out', async () => {
  const { names, refused } = await served(['public']);
  expect(names).toEqual(['a_b', 'zoo']);
  const type = (name: string, owner: string): string =>
    refusing(name, `the type "${name}" of "public"."${name}" is already one of ${owner}`);
  expect([...refused].sort()).toEqual(
    [
      type('date', 'the Postgres type date'),
      type('Float', 'every schema'),
      type('Int_comparison_exp', 'the Postgres type int4'),
      type('lquery', 'the Postgres type "a"."ltree"'),
      type('order_by', 'every schema'),
      type('query_root', 'every schema'),
      refusing('__secret', '"__secret", "__secret_pkey" is not a valid GraphQL identifier'),
    ].sort(),
  );
  await expectSound(await odd.serve(['public']));
});

test('a type of Postgres with the name of another one is not taken for it', async () => {
  const { names, refused } = await served(['types']);
  expect(names).toEqual(['types_a_purse', 'types_c_document']);
  expect(refused).toEqual([
    refusing(
      'types_b_document',
      'the type "jsonb_comparison_exp" of the Postgres type "types"."jsonb" is already one of the Postgres type jsonb',
    ),
    refusing('types_d_text', 'the type "String" of the Postgres type "types"."String" is already one of every schema'),
  ]);
  const engine = await odd.serve(['types']);
  const insert = 'mutation { insert_types_a_purse_one(object: {id: "1", holds: "coin", inside: "x"}) { holds inside } }';
  expect(await ask(engine, insert)).toEqual({ data: { insert_types_a_purse_one: { holds: 'coin', inside: 'x' } } });
  expect(await ask(engine, '{ types_a_purse(where: {holds: {_gt: "coin"}}) { id } }')).toEqual({ data: { types_a_purse: [] } });
  expect(engine.printSchema()).not.toMatch(/types_a_purse_(inc_input|sum)|input citext_comparison_exp {[^}]*_like/);
  await expectSound(engine);
});

test('a table with columns that GraphQL cannot tell apart or name is left out', async () => {
  const schemas = ['columns'];
  const { names, refused } = await served(schemas);
  expect(names).toEqual(['columns_deferred', 'columns_same']);
  expect(refused).toEqual([
    refusing('columns_constrained', '"null" is not a valid value of a GraphQL enum'),
    refusing('columns_filters', '"_and", "_or" has a meaning of its own in filters'),
    refusing('columns_hidden', '"__x" is not a valid GraphQL identifier'),
    refusing('columns_words', '"true" is not a valid value of a GraphQL enum'),
  ]);
  await expectSound(await odd.serve(schemas));
  const custom = (name: string, custom_column_names: Record<string, string>): Tables => [
    { table: { schema: 'columns', name }, configuration: { custom_column_names } },
  ];
  expect(await served(schemas, custom('same', { a: 'x', b: 'x' }))).toEqual({
    names: [],
    refused: [
      refusing(
        'columns_same',
        'the definitions of columns "a" and "b" are in conflict: they are mapped to the same field name, "x"',
      ),
    ],
  });
  expect(await served(schemas, custom('same', { a: 'b', b: 'a' }))).toMatchObject({ refused: [] });
  expect(await served(schemas, custom('filters', { _and: 'both', _or: 'either' }))).toMatchObject({ refused: [] });
  expect(await served(schemas, custom('words', { true: 'yes' }))).toMatchObject({ refused: [] });
});

test('a constraint that can be checked late is not offered for upserts', async () => {
  const engine = await odd.serve(['columns']);
  const query = '{ __type(name: "columns_deferred_constraint") { enumValues { name } } }';
  expect((await ask(engine, query)).data).toEqual({ __type: { enumValues: [{ name: 'deferred_pkey' }] } });
});

describe('a relationship by rule', () => {
  const fieldsOf = async (name: string, tables?: Tables): Promise<string[]> => {
    const { model } = await load({ pool: odd.pool, schemas: ['related'], metadata: tables && { tables } });
    return [...(model.tables.find((table) => table.name === name)?.relationships.keys() ?? [])];
  };

  test('leaves the names of columns, and what ends in _aggregate, to them', async () => {
    expect(await fieldsOf('related_author')).toEqual(['books_by_author', 'twices']);
    const engine = await odd.serve(['related']);
    const query =
      '{ related_author_by_pk(id: 1) { books_aggregate books_by_author(order_by: {id: asc}) { id } books_by_author_aggregate { aggregate { count } } } }';
    expect(await ask(engine, query)).toEqual({
      data: {
        related_author_by_pk: {
          books_aggregate: 7,
          books_by_author: [{ id: 1 }, { id: 2 }],
          books_by_author_aggregate: { aggregate: { count: 2 } },
        },
      },
    });
    await expectSound(engine);
  });

  test('looks at the names that columns have in GraphQL', async () => {
    const named = (author: Record<string, string>, book: Record<string, string>): Tables => [
      { table: { schema: 'related', name: 'author' }, configuration: { custom_column_names: author } },
      { table: { schema: 'related', name: 'book' }, configuration: { custom_column_names: book } },
    ];
    // `author_id` without its end is `author` too, so that the longest form is what remains.
    expect(await fieldsOf('related_book', named({}, { written_by: 'author' }))).toEqual(['author_author']);
    expect(await fieldsOf('related_author', named({ books_aggregate: 'x' }, {}))).toEqual(['books']);
    expect(await fieldsOf('related_author', named({ books_aggregate: 'x', name: 'books' }, {}))).toEqual(['books_by_author']);
  });

  test('has another name where the first one is not one of GraphQL', async () => {
    const tables: Tables = [
      { table: { schema: 'related', name: 'odd parent' }, configuration: { custom_name: 'parent' } },
      { table: { schema: 'related', name: 'child' } },
    ];
    expect(await fieldsOf('related_child', tables)).toEqual(['boss']);
  });

  test('is one for keys that say the same, and never null if one of them holds', async () => {
    expect(await fieldsOf('related_twice')).toEqual(['author']);
    const engine = await odd.serve(['related']);
    expect(engine.printSchema()).toMatch(/author: related_author!/);
    expect(await ask(engine, '{ related_author_by_pk(id: 1) { twices { author { name } } } }')).toEqual({
      data: { related_author_by_pk: { twices: [{ author: { name: 'Ann' } }] } },
    });
  });
});

describe('a relationship of the metadata', () => {
  const book = { schema: 'related', name: 'book' };
  const works = (name: string): NonNullable<Tables[number]['array_relationships']>[number] => ({
    name,
    using: { foreign_key_constraint_on: { table: book, column: 'author_id' } },
  });
  const loadWith = (author: Partial<Tables[number]>): Promise<unknown> =>
    load({
      pool: odd.pool,
      schemas: ['related'],
      metadata: { tables: [{ table: { schema: 'related', name: 'author' }, ...author }, { table: book }] },
    });

  test.each<[string, Partial<Tables[number]>, string]>([
    ['that is called as a column', { array_relationships: [works('name')] }, '"name" is a column already'],
    ['whose aggregate is', { array_relationships: [works('books')] }, '"books_aggregate" is a column already'],
    [
      'that is called as a column by its custom name',
      { array_relationships: [works('called')], configuration: { custom_column_names: { name: 'called' } } },
      '"called" is a column already',
    ],
    [
      'that is called as another one',
      { array_relationships: [works('x'), works('x')] },
      '"x" is a field of a relationship already',
    ],
    ['that is called as a key of filters', { array_relationships: [works('_and')] }, '"_and" is a key of the filters already'],
    ['that is no name', { array_relationships: [works('__x')] }, '"__x" is not a valid GraphQL identifier'],
  ])('%s is a clear error', async (_, author, message) => {
    await expect(loadWith(author)).rejects.toThrow(/metadata: relationship ".*" of author: /);
    await expect(loadWith(author)).rejects.toThrow(message);
  });

  test('maps a column at least', async () => {
    const using = { manual_configuration: { remote_table: book, column_mapping: {} } };
    await expect(loadWith({ array_relationships: [{ name: 'all', using }] })).rejects.toThrow(
      'metadata: relationship "all" of author has a column mapping without columns',
    );
    expect(() => parseMetadata([{ table: 'author', array_relationships: [{ name: 'all', using }] }])).toThrow(
      'tables[0].array_relationships[0].using.manual_configuration.column_mapping: must map a column',
    );
  });

  test('may have the name of a column that is called otherwise', async () => {
    await loadWith({ array_relationships: [works('name')], configuration: { custom_column_names: { name: 'called' } } });
  });
});
