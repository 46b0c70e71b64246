import { createGraphQL } from '../../src/graphql';
import type { GraphQLEngine, Metadata } from '../../src/graphql';
import { load } from '../../src/graphql/load';
import type { Fixture } from './database';
import { ask, log, shopFixture } from './database';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

const table = (name: string) => ({ schema: 'shop', name });
const create = (metadata: Metadata): Promise<GraphQLEngine> =>
  createGraphQL({ pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 1000, log, metadata });

test('names and relationships of the metadata replace those by rule', async () => {
  const engine = await create({
    tables: [
      {
        table: table('author'),
        configuration: { custom_name: 'writer', column_config: { name: { custom_name: 'fullName' } } },
        array_relationships: [
          { name: 'works', using: { foreign_key_constraint_on: { table: table('article'), column: 'author_id' } } },
          {
            name: 'titles',
            using: { manual_configuration: { remote_table: table('title'), column_mapping: { id: 'author_id' } } },
          },
        ],
        object_relationships: [
          {
            name: 'productivity',
            using: { manual_configuration: { remote_table: table('productivity'), column_mapping: { id: 'author_id' } } },
          },
        ],
      },
      { table: table('article'), object_relationships: [{ name: 'by', using: { foreign_key_constraint_on: 'author_id' } }] },
      { table: table('odd table'), configuration: { custom_name: 'odd' } },
      { table: table('title') },
      { table: table('productivity') },
    ],
  });
  const query = `{
    writer(where: {fullName: {_eq: "Ann"}}, order_by: {fullName: asc}) {
      fullName works { title by { fullName } editor { fullName } } titles(limit: 1) { title } productivity { articles } articles_by_editor { id }
    }
    odd { id }
  }`;
  expect(await ask(engine, query)).toEqual({
    data: {
      writer: [
        {
          fullName: 'Ann',
          works: [
            { title: 'Alpha', by: { fullName: 'Ann' }, editor: { fullName: 'Bob' } },
            { title: 'Beta', by: { fullName: 'Ann' }, editor: null },
            { title: 'Gamma 100%', by: { fullName: 'Ann' }, editor: { fullName: 'Cy' } },
          ],
          titles: [{ title: 'Alpha' }],
          productivity: { articles: 3 },
          articles_by_editor: [{ id: 4 }],
        },
      ],
      odd: [],
    },
  });
  expect((await ask(engine, '{ writer { articles_by_author { id } } }')).errors?.[0]?.message).toBe(
    "field 'articles_by_author' not found in type: 'writer'",
  );
  const upsert =
    'mutation { insert_writer_one(object: {fullName: "Ann"}, on_conflict: {constraint: author_name_key, update_columns: [fullName]}) { fullName works { title } } }';
  expect(await ask(engine, upsert)).toMatchObject({ data: { insert_writer_one: { fullName: 'Ann' } } });
});

test('what GraphQL cannot say is left out with the reason, and metadata cures it', async () => {
  await shop.pool.query(`
    CREATE TYPE shop."odd-kind" AS ENUM ('a');
    CREATE TABLE shop.odd_column (id integer, "two words" text);
    CREATE TABLE shop.odd_constraint (id integer CONSTRAINT "odd-key" PRIMARY KEY);
    CREATE TABLE shop.odd_type (id integer, kind shop."odd-kind")`);
  const reasonFor = (name: string, bad: string): string =>
    `cannot include "shop_${name}" in the GraphQL schema because "${bad}" is not a valid GraphQL identifier`;
  const { model, refused } = await load({ pool: shop.pool, schemas: ['shop'] });
  expect(refused).toEqual(
    expect.arrayContaining([
      reasonFor('odd table', 'shop_odd table'),
      reasonFor('odd_column', 'two words'),
      reasonFor('odd_constraint', 'odd-key'),
      reasonFor('odd_type', 'odd-kind'),
      'cannot include "shop_nothing" in the GraphQL schema because it has no columns',
    ]),
  );
  expect(model.tables.some(({ name }) => name.startsWith('shop_odd'))).toBe(false);
  const cured = await create({
    tables: [
      {
        table: table('odd_column'),
        configuration: { custom_column_names: { 'two words': 'words' } },
      },
    ],
  });
  expect(await ask(cured, '{ shop_odd_column { id words } }')).toEqual({ data: { shop_odd_column: [] } });
});

test('relationships by composite keys and by hand on several columns', async () => {
  const pair = { warehouse: 'warehouse', no: 'shipment_no' };
  const engine = await create({
    tables: [
      {
        table: table('shipment'),
        array_relationships: [
          {
            name: 'things',
            using: { foreign_key_constraint_on: { table: table('item'), columns: ['warehouse', 'shipment_no'] } },
          },
          { name: 'boxes', using: { manual_configuration: { remote_table: table('parcel'), column_mapping: pair } } },
        ],
        object_relationships: [
          { name: 'tag', using: { foreign_key_constraint_on: { table: table('label'), columns: ['warehouse', 'no'] } } },
        ],
      },
      {
        table: table('item'),
        object_relationships: [{ name: 'of', using: { foreign_key_constraint_on: ['warehouse', 'shipment_no'] } }],
      },
      { table: table('label') },
      { table: table('parcel') },
    ],
  });
  const query =
    '{ shop_shipment(where: {things: {}}, order_by: {warehouse: asc}) { things(order_by: {position: asc}) { what of { no tag { text } } } boxes { id } } }';
  expect(await ask(engine, query)).toEqual({
    data: {
      shop_shipment: [
        {
          things: [
            { what: 'bolt', of: { no: 1, tag: { text: 'fragile' } } },
            { what: 'nut', of: { no: 1, tag: { text: 'fragile' } } },
          ],
          boxes: [{ id: 1 }],
        },
        { things: [{ what: 'screw', of: { no: 1, tag: null } }], boxes: [] },
      ],
    },
  });
});

test.each<[string, Metadata['tables'][number], string]>([
  [
    'a column without a foreign key',
    { table: table('article'), object_relationships: [{ name: 'x', using: { foreign_key_constraint_on: 'rank' } }] },
    'metadata: relationship "x": article has no foreign key on (rank)',
  ],
  [
    'a table that is not served',
    {
      table: table('article'),
      array_relationships: [
        { name: 'x', using: { manual_configuration: { remote_table: 'nope', column_mapping: { id: 'id' } } } },
      ],
    },
    'metadata: table "public"."nope" is not served',
  ],
  [
    'a column that does not exist',
    {
      table: table('article'),
      array_relationships: [
        { name: 'x', using: { manual_configuration: { remote_table: 'note', column_mapping: { id: 'y' } } } },
      ],
    },
    'metadata: relationship "x" maps a column that does not exist: id to y',
  ],
])('%s in the metadata is a clear error', async (_, entry, message) => {
  await expect(create({ tables: [entry, { table: 'note' }] })).rejects.toThrow(message);
});
