import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildClientSchema, buildSchema, getIntrospectionQuery, printSchema, validateSchema } from 'graphql';
import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLType, IntrospectionQuery } from 'graphql';
import { ROOT } from '../../src/root';
import type { Fixture } from './database';
import { ask, gatewayFixture, libraryFixture, shopFixture } from './database';

let shop: Fixture;
let gateway: Fixture;
let library: Fixture;
beforeAll(async () => {
  [shop, gateway, library] = await Promise.all([shopFixture(), gatewayFixture(), libraryFixture()]);
});
afterAll(() => Promise.all([shop.drop(), gateway.drop(), library.drop()]));

function expectFile(file: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
}

test('schema.graphql is the schema that is served', () => {
  expectFile(path.join(ROOT, 'schema.graphql'), gateway.engine.printSchema());
});

test.each([
  ['shop', () => shop],
  ['library', () => library],
])('the schema of another database: %s', (name, fixture) => {
  expectFile(path.join(__dirname, 'golden', `${name}.graphql`), fixture().engine.printSchema());
});

test('introspection gives clients the whole schema, sorted, without what came after June 2018', async () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: false, specifiedByUrl: false, directiveIsRepeatable: true });
  const answer = (await ask(shop.engine, query)) as unknown as { data: IntrospectionQuery };
  expect(`${printSchema(buildClientSchema(answer.data))}\n`).toBe(shop.engine.printSchema());
  const names = answer.data.__schema.types.map(({ name }) => name);
  expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)));
});

test('graphql-js finds nothing wrong with the schemas, however odd their tables are', () => {
  for (const { engine } of [shop, library, gateway]) expect(validateSchema(buildSchema(engine.printSchema()))).toEqual([]);
});

test('introspection shows the directives, in the order of Hasura', async () => {
  const type = '{ kind name ofType { kind name } }';
  const query = `{ __schema { directives { name description locations isRepeatable args { name description type ${type} defaultValue } } } }`;
  const condition = {
    name: 'if',
    description: null,
    type: { kind: 'NON_NULL', name: null, ofType: { kind: 'SCALAR', name: 'Boolean' } },
    defaultValue: null,
  };
  const where = ['FIELD', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'];
  const describe = (verb: string): string => `whether this query should be ${verb}`;
  expect((await ask(shop.engine, query)).data).toEqual({
    __schema: {
      directives: [
        { name: 'include', description: describe('included'), locations: where, isRepeatable: false, args: [condition] },
        { name: 'skip', description: describe('skipped'), locations: where, isRepeatable: false, args: [condition] },
        {
          name: 'cached',
          description: describe('cached (Hasura Cloud only)'),
          locations: ['QUERY'],
          isRepeatable: false,
          args: [
            {
              name: 'ttl',
              description: 'measured in seconds',
              type: { kind: 'NON_NULL', name: null, ofType: { kind: 'SCALAR', name: 'Int' } },
              defaultValue: '60',
            },
            {
              name: 'refresh',
              description: 'refresh the cache entry',
              type: { kind: 'NON_NULL', name: null, ofType: { kind: 'SCALAR', name: 'Boolean' } },
              defaultValue: 'false',
            },
          ],
        },
      ],
    },
  });
});

test('introspection shows fields, arguments, input fields and enum values by name, none of them deprecated', async () => {
  const query = `{ __schema { types { name
    fields(includeDeprecated: true) { name isDeprecated deprecationReason args { name } }
    inputFields { name }
    enumValues(includeDeprecated: true) { name isDeprecated deprecationReason }
    interfaces { name } possibleTypes { name } kind } } }`;
  interface Named {
    name: string;
    isDeprecated?: boolean;
    deprecationReason?: string | null;
    args?: Named[];
  }
  interface Shown extends Named {
    kind: string;
    fields: Named[] | null;
    inputFields: Named[] | null;
    enumValues: Named[] | null;
    interfaces: Named[] | null;
    possibleTypes: Named[] | null;
  }
  const { __schema } = (await ask(library.engine, query)).data as { __schema: { types: Shown[] } };
  const sorted = (list: Named[]): void => {
    const names = list.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)));
  };
  for (const type of __schema.types) {
    sorted(type.inputFields ?? []);
    if (type.name.startsWith('__')) continue;
    sorted(type.enumValues ?? []);
    sorted(type.fields ?? []);
    for (const field of type.fields ?? []) sorted(field.args ?? []);
    for (const each of [...(type.fields ?? []), ...(type.enumValues ?? [])]) {
      expect(each).toMatchObject({ isDeprecated: false, deprecationReason: null });
    }
    expect(type.interfaces).toEqual(type.kind === 'OBJECT' ? [] : null);
    expect(type.possibleTypes).toBeNull();
  }
});

test('introspection shows its own types as they were in June 2018', async () => {
  const query =
    '{ type: __type(name: "__Type") { ...f } value: __type(name: "__InputValue") { ...f } directive: __type(name: "__Directive") { ...f } schema: __type(name: "__Schema") { ...f } } fragment f on __Type { fields { name args { name } } }';
  const answer = (await ask(shop.engine, query)).data as Record<string, { fields: { name: string; args: unknown[] }[] }>;
  const names = Object.fromEntries(Object.entries(answer).map(([key, { fields }]) => [key, fields.map(({ name }) => name)]));
  expect(names).toEqual({
    type: ['description', 'enumValues', 'fields', 'inputFields', 'interfaces', 'kind', 'name', 'ofType', 'possibleTypes'],
    value: ['defaultValue', 'description', 'name', 'type'],
    directive: ['args', 'description', 'isRepeatable', 'locations', 'name'],
    schema: ['description', 'directives', 'mutationType', 'queryType', 'subscriptionType', 'types'],
  });
  expect(answer.type?.fields.filter(({ args }) => args.length > 0).map(({ name }) => name)).toEqual(['enumValues', 'fields']);
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

describe('the mutations of a table are those that it can take', () => {
  const kinds = ['insert', 'insert_one', 'update', 'update_by_pk', 'update_many', 'delete', 'delete_by_pk'];
  test.each([
    ['shop_author', kinds],
    ['shop_log', ['insert', 'insert_one', 'update', 'update_many', 'delete']],
    ['shop_ticket', ['insert', 'insert_one', 'delete', 'delete_by_pk']],
    ['shop_event', kinds],
    ['shop_title', ['insert', 'insert_one', 'update', 'update_many', 'delete']],
    ['shop_productivity', []],
    ['shop_census', []],
    ['shop_shout', ['insert', 'insert_one', 'delete']],
  ])('%s', (table, expected) => {
    const mutations = Object.keys(buildSchema(shop.engine.printSchema()).getMutationType()?.getFields() ?? {});
    const names = kinds.map((kind) => {
      const [verb = '', ...suffix] = kind.split('_');
      return [kind, [verb, table, ...suffix].join('_')] as const;
    });
    expect(names.filter(([, name]) => mutations.includes(name)).map(([kind]) => kind)).toEqual(expected);
  });

  test('and its queries too', () => {
    const queries = Object.keys(buildSchema(shop.engine.printSchema()).getQueryType()?.getFields() ?? {});
    expect(queries.filter((name) => /^shop_(log|author|census)(_by_pk|_aggregate)?$/.test(name))).toEqual([
      'shop_author',
      'shop_author_aggregate',
      'shop_author_by_pk',
      'shop_census',
      'shop_census_aggregate',
      'shop_log',
      'shop_log_aggregate',
    ]);
  });
});

test('types that no root field reaches are absent', () => {
  const schema = buildSchema(shop.engine.printSchema());
  const reached = new Set<string>();
  const reach = (type: GraphQLType | null | undefined): void => {
    const named = getNamedType(type);
    if (!named || reached.has(named.name)) return;
    reached.add(named.name);
    if (!isObjectType(named) && !isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) {
      reach(field.type);
      if ('args' in field) for (const { type: argument } of field.args) reach(argument);
    }
  };
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) reach(root);
  const all = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
  expect(all.filter((name) => !reached.has(name))).toEqual([]);
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
      remarks: '[shop_remark!]!',
      remarks_aggregate: 'shop_remark_aggregate!',
      title: 'String!',
      words: 'bigint',
    });
    expect(fieldTypes('shop_shipment')).toEqual({
      items: '[shop_item!]!',
      items_aggregate: 'shop_item_aggregate!',
      label: 'shop_label',
      no: 'Int!',
      parcels: '[shop_parcel!]!',
      parcels_aggregate: 'shop_parcel_aggregate!',
      sent: 'date',
      warehouse: 'String!',
    });
    expect(fieldTypes('shop_item')).toMatchObject({ shipment: 'shop_shipment!' });
    expect(fieldTypes('shop_label')).toMatchObject({ shipment: 'shop_shipment!' });
    expect(fieldTypes('shop_parcel')).toMatchObject({ shipment: 'shop_shipment' });
    expect(fieldTypes('shop_productivity')).toEqual({ articles: 'bigint', author_id: 'Int' });
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
