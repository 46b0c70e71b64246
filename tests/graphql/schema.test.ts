import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildClientSchema, buildSchema, getIntrospectionQuery, printSchema } from 'graphql';
import type { GraphQLObjectType, GraphQLInputObjectType, GraphQLEnumType, IntrospectionQuery } from 'graphql';
import { ROOT } from '../../src/root';
import type { Fixture } from './database';
import { ask, gatewayFixture, shopFixture } from './database';

let shop: Fixture;
let gateway: Fixture;
beforeAll(async () => {
  [shop, gateway] = await Promise.all([shopFixture(), gatewayFixture()]);
});
afterAll(() => Promise.all([shop.drop(), gateway.drop()]));

function expectFile(file: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
}

test('schema.graphql is the schema that is served', () => {
  expectFile(path.join(ROOT, 'schema.graphql'), gateway.engine.printSchema());
});

test('the schema of another database', () => {
  expectFile(path.join(__dirname, 'golden', 'shop.graphql'), shop.engine.printSchema());
});

test('introspection gives clients the whole schema, sorted, without what came after June 2018', async () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: false, specifiedByUrl: false, directiveIsRepeatable: true });
  const answer = (await ask(shop.engine, query)) as unknown as { data: IntrospectionQuery };
  expect(`${printSchema(buildClientSchema(answer.data))}\n`).toBe(shop.engine.printSchema());
  const names = answer.data.__schema.types.map(({ name }) => name);
  expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)));
});

test('introspection takes aliases, fragments, variables and other fields beside it', async () => {
  const query = `query ($name: String!) {
    a: __type(name: $name) { ...t }
    note { id }
    b: __type(name: "order_by") { ...t enumValues { name } }
    none: __type(name: "x") { name }
    __typename
  }
  fragment t on __Type { kind name }`;
  expect(await ask(shop.engine, query, { name: 'note' })).toEqual({
    data: {
      a: { kind: 'OBJECT', name: 'note' },
      note: [{ id: 1 }],
      b: {
        kind: 'ENUM',
        name: 'order_by',
        enumValues: ['asc', 'asc_nulls_first', 'asc_nulls_last', 'desc', 'desc_nulls_first', 'desc_nulls_last'].map((name) => ({
          name,
        })),
      },
      none: null,
      __typename: 'query_root',
    },
  });
  expect(await ask(shop.engine, query, { name: 'shop_log' })).toMatchObject({ data: { a: { name: 'shop_log' } } });
  expect((await ask(shop.engine, '{ __schema { x } }')).errors?.[0]?.extensions.code).toBe('validation-failed');
  expect(
    (
      await ask(
        shop.engine,
        '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
      )
    ).errors?.[0]?.message,
  ).toBe('Maximum introspection depth exceeded');
});

describe('the relationships of the gateway have the names that its clients ask for', () => {
  test.each([
    ['proxy', ['proxy_globalconfigs', 'proxy_services']],
    ['service', ['proxy_services', 'routes', 'service_filters', 'service_secrets']],
    ['route', ['route_filters', 'route_upstreams', 'service']],
    ['upstream', ['filter_upstreams', 'route_upstreams']],
    ['secret', ['artifacts', 'service_secrets']],
    ['artifact', ['secret']],
    ['filter', ['filter_upstreams', 'route_filters', 'service_filters']],
    ['globalconfig', ['proxy_globalconfigs']],
    ['proxy_service', ['proxy', 'service']],
    ['proxy_globalconfig', ['globalconfig', 'proxy']],
    ['route_upstream', ['route', 'upstream']],
    ['route_filter', ['filter', 'route']],
    ['service_filter', ['filter', 'service']],
    ['service_secret', ['secret', 'service']],
    ['filter_upstream', ['filter', 'upstream']],
    ['org', []],
  ])('%s', async (table, relationships) => {
    const schema = buildSchema(gateway.engine.printSchema());
    const fields = Object.values((schema.getType(`saaras_db_${table}`) as GraphQLObjectType).getFields());
    const found = fields.filter(({ type, name }) => String(type).includes('saaras_db_') && !name.endsWith('_aggregate'));
    expect(found.map(({ name }) => name)).toEqual(relationships);
    await Promise.resolve();
  });
});

test('private schemas are not served', () => {
  expect(gateway.engine.printSchema()).not.toContain('gateway_private');
});

describe('nullability and contents of types', () => {
  const type = <T>(name: string): T => buildSchema(shop.engine.printSchema()).getType(name) as T;
  const fieldTypes = (name: string): Record<string, string> =>
    Object.fromEntries(
      Object.values(type<GraphQLObjectType | GraphQLInputObjectType>(name).getFields()).map((field) => [
        field.name,
        String(field.type),
      ]),
    );

  test('columns and relationships', () => {
    expect(fieldTypes('shop_article')).toEqual({
      author: 'shop_author!',
      author_id: 'Int!',
      editor: 'shop_author',
      editor_id: 'Int',
      id: 'Int!',
      published: 'Boolean',
      rank: 'Int',
      title: 'String!',
      words: 'bigint',
    });
    expect(fieldTypes('shop_shipment')).toEqual({
      items: '[shop_item!]!',
      items_aggregate: 'shop_item_aggregate!',
      label: 'shop_label',
      no: 'Int!',
      sent: 'date',
      warehouse: 'String!',
    });
    expect(fieldTypes('shop_employee')).toMatchObject({ manager: 'shop_employee', employees: '[shop_employee!]!' });
  });

  test('scalars', () => {
    expect(fieldTypes('shop_author')).toMatchObject({
      mood: 'mood',
      tags: '[String!]',
      scores: '[Int!]',
      home: 'inet',
      height: 'float8',
      weight: 'Float',
      level: 'smallint',
      initials: 'bpchar',
      rating: 'numeric',
      email: 'String',
      seats: 'int4range',
    });
  });

  test('inputs are all nullable, and leave out what is generated', () => {
    expect(fieldTypes('shop_rectangle_insert_input')).toEqual({ height: 'Int', width: 'Int' });
    expect(fieldTypes('shop_author_insert_input')).toMatchObject({
      name: 'String',
      articles_by_author: 'shop_article_arr_rel_insert_input',
    });
    expect(fieldTypes('shop_article_insert_input')).toMatchObject({ author: 'shop_author_obj_rel_insert_input' });
  });

  test('constraints are named without a prefix', () => {
    expect(
      type<GraphQLEnumType>('shop_article_constraint')
        .getValues()
        .map(({ name }) => name),
    ).toEqual(['article_author_id_title_key', 'article_pkey']);
  });

  test('max and min leave out what Hasura cannot compare, and sums keep their type', () => {
    expect(Object.keys(fieldTypes('shop_author_max_fields'))).not.toEqual(
      expect.arrayContaining(['home', 'active', 'bio', 'wait', 'alarm', 'photo']),
    );
    expect(fieldTypes('shop_author_max_fields')).toMatchObject({ scores: '[Int!]', mood: 'mood', code: 'uuid' });
    expect(fieldTypes('shop_author_sum_fields')).toMatchObject({ visits: 'bigint', rating: 'numeric', level: 'smallint' });
    expect(fieldTypes('shop_author_avg_fields')).toMatchObject({ visits: 'Float' });
  });
});
