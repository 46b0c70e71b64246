import { buildSchema, isInputObjectType, isObjectType, validateSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { GraphQLEngine } from '../../../src/graphql';
import { load } from '../../../src/graphql/load';
import { ask } from '../database';
import type { OddDatabase } from './database';
import { oddDatabase } from './database';

let odd: OddDatabase;
let engine: GraphQLEngine;
let schema: GraphQLSchema;
beforeAll(async () => {
  odd = await oddDatabase('relations.sql');
  engine = await odd.serve(['odd']);
  schema = buildSchema(engine.printSchema());
});
afterAll(() => odd.drop());

function fieldsOf(name: string): Record<string, string> {
  const type = schema.getType(name);
  const fields = isObjectType(type) || isInputObjectType(type) ? type.getFields() : {};
  return Object.fromEntries(Object.values(fields).map((field) => [field.name, String(field.type)]));
}

test('the schema is a sound one', () => {
  expect(validateSchema(schema)).toEqual([]);
});

describe('a foreign key', () => {
  test.each(['late_check', 'no_check'])('that not every row obeys gives a relationship that may be null: %s', async (name) => {
    expect(fieldsOf(`odd_${name}`)).toMatchObject({ parent_id: 'Int!', parent: 'odd_parent' });
    expect(await ask(engine, `{ odd_${name} { parent_id parent { name } } }`)).toEqual({
      data: { [`odd_${name}`]: [{ parent_id: 99, parent: null }] },
    });
  });

  test('by period gives none, since several rows together match', async () => {
    expect(Object.keys(fieldsOf('odd_stay'))).toEqual(['during', 'id', 'no']);
    expect(Object.keys(fieldsOf('odd_room'))).toEqual(['during', 'no']);
    expect((await ask(engine, '{ odd_stay { id } odd_room { no } }')).errors).toBeUndefined();
  });
});

test('a column that is not null for new rows only may be null', async () => {
  expect(fieldsOf('odd_late_not_null')).toMatchObject({ what: 'String' });
  expect(await ask(engine, '{ odd_late_not_null { what } }')).toEqual({ data: { odd_late_not_null: [{ what: null }] } });
});

describe('a view', () => {
  test('takes values for the columns that can be written, and none for an expression', async () => {
    expect(fieldsOf('odd_shown_insert_input')).toEqual({ id: 'Int', name: 'String' });
    expect(fieldsOf('odd_shown_set_input')).toEqual({ id: 'Int', name: 'String' });
    const insert = 'mutation { insert_odd_shown_one(object: {id: 50, name: "x"}) { loud } }';
    expect(await ask(engine, insert)).toEqual({ data: { insert_odd_shown_one: { loud: 'X' } } });
  });

  test('takes objects without columns, one or several', async () => {
    const one = 'mutation { insert_odd_shown_one(object: {}) { loud name } }';
    expect(await ask(engine, one)).toEqual({ data: { insert_odd_shown_one: { loud: null, name: null } } });
    const two = 'mutation { insert_odd_shown(objects: [{}, {}]) { affected_rows returning { name } } }';
    expect(await ask(engine, two)).toEqual({
      data: { insert_odd_shown: { affected_rows: 2, returning: [{ name: null }, { name: null }] } },
    });
  });

  test.each(['spoken', 'ruled'])('that a trigger or a rule writes takes a value for every column: %s', async (name) => {
    const insert = `mutation { insert_odd_${name}_one(object: {soft: "Hi"}) { soft } }`;
    expect((await ask(engine, insert)).errors).toBeUndefined();
    expect((await odd.pool.query('DELETE FROM odd.heard RETURNING what')).rows).toEqual([{ what: 'Hi' }]);
  });
});

test('an upsert takes an object without columns', async () => {
  const upsert =
    'mutation { insert_odd_parent_one(object: {}, on_conflict: {constraint: parent_pkey, update_columns: [name]}) { name } }';
  expect(await ask(engine, upsert)).toEqual({ data: { insert_odd_parent_one: { name: null } } });
});

describe('an error in a partition', () => {
  const insert = (data: string): string =>
    `mutation { insert_odd_parent(objects: [{name: "p", events: {data: [${data}]}}]) { returning { events { id } } } }`;
  const events = '$.selectionSet.insert_odd_parent.args.objects[0].events.data';

  test.each([
    ['a check', '{id: 1, what: ""}', 'permission-error', events],
    ['a check in a partition of a partition', '{id: 500, what: ""}', 'permission-error', events],
    ['a key', '{id: 2}, {id: 2}', 'constraint-violation', events],
    ['a check beside it', '{id: 3, marks: {data: [{id: 1, stars: 0}]}}', 'permission-error', `${events}[0].marks.data`],
    ['no partition at all', '{id: 5000}', 'permission-error', events],
  ])('is said to be where its table is written: %s', async (_, data, code, path) => {
    expect((await ask(engine, insert(data))).errors?.[0]?.extensions).toEqual({ code, path });
  });

  test('leaves rows that are shown with what is related to them as they are', async () => {
    const created =
      'mutation { insert_odd_event(objects: [{id: 7, what: "a", parent_id: 1}, {id: 700, what: "b", parent_id: 1}]) { returning { id what parent { name } } } }';
    expect(await ask(engine, created)).toEqual({
      data: {
        insert_odd_event: {
          returning: [
            { id: 7, what: 'a', parent: { name: 'one' } },
            { id: 700, what: 'b', parent: { name: 'one' } },
          ],
        },
      },
    });
  });
});

test('partitions are parts of their table and no tables of their own', async () => {
  const { model } = await load({ pool: odd.pool, schemas: ['odd', 'parts'] });
  expect(model.tables.filter(({ name }) => name.includes('event')).map(({ name }) => name)).toEqual(['odd_event']);
});
