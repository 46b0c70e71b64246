import { buildSchema, validateSchema } from 'graphql';
import type { GraphQLEngine, Metadata } from '../../../src/graphql';
import { ask } from '../database';
import { RawSocket } from '../live/raw-socket';
import { serve } from '../served';
import type { OddDatabase } from './database';
import { oddDatabase } from './database';

let odd: OddDatabase;
let engine: GraphQLEngine;
beforeAll(async () => {
  odd = await oddDatabase('types.sql');
  engine = await odd.serve(['odd']);
});
afterAll(() => odd.drop());

/** The first column of a statement's rows, with the types of extensions on the search path. */
async function bySql(statement: string): Promise<unknown[]> {
  const client = await odd.pool.connect();
  try {
    await client.query('SET search_path TO ext, odd');
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return rows.map(([value]) => value);
  } finally {
    await client.query('RESET search_path');
    client.release();
  }
}

async function data(query: string, variables?: Record<string, unknown>, on = engine): Promise<Record<string, unknown>> {
  const answer = await ask(on, query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
}

/** The keys of the rows that a filter finds. */
async function found(table: string, key: string, where: string): Promise<unknown> {
  const rows = (await data(`{ rows: ${table}(where: ${where}, order_by: {${key}: asc}) { ${key} } }`)).rows;
  return (rows as Record<string, unknown>[]).map((row) => row[key]);
}

test('the schema is a sound one', () => {
  expect(validateSchema(buildSchema(engine.printSchema()))).toEqual([]);
});

describe('a type of an extension that the search path does not lead to', () => {
  test.each([
    ['{name: {_eq: "ANN"}}', `name = 'ANN'::citext`],
    ['{name: {_neq: "ANN"}}', `name <> 'ANN'::citext`],
    ['{name: {_gt: "B"}}', `name > 'B'::citext`],
    ['{name: {_gte: "BOB"}}', `name >= 'BOB'::citext`],
    ['{name: {_lt: "b"}}', `name < 'b'::citext`],
    ['{name: {_lte: "BOB"}}', `name <= 'BOB'::citext`],
    ['{name: {_in: ["ANN", "cy"]}}', `name = ANY ('{ANN,cy}'::citext[])`],
    ['{name: {_nin: ["ANN", "cy"]}}', `name <> ALL ('{ANN,cy}'::citext[])`],
    ['{name: {_like: "A%"}}', `name LIKE 'A%'::citext`],
    ['{name: {_nlike: "A%"}}', `name NOT LIKE 'A%'::citext`],
    ['{name: {_ilike: "A%"}}', `name ILIKE 'A%'::citext`],
    ['{name: {_nilike: "A%"}}', `name NOT ILIKE 'A%'::citext`],
    ['{name: {_similar: "(A|B)%"}}', `name SIMILAR TO '(A|B)%'::citext`],
    ['{name: {_nsimilar: "(A|B)%"}}', `name NOT SIMILAR TO '(A|B)%'::citext`],
    ['{name: {_regex: "^A"}}', `name ~ '^A'::citext`],
    ['{name: {_nregex: "^A"}}', `name !~ '^A'::citext`],
    ['{name: {_iregex: "^A"}}', `name ~* '^A'::citext`],
    ['{name: {_niregex: "^A"}}', `name !~* '^A'::citext`],
    ['{names: {_eq: ["ANN", "anna"]}}', `names = '{ANN,anna}'::citext[]`],
    ['{names: {_contains: ["ANNA"]}}', `names @> '{ANNA}'::citext[]`],
    ['{tags: {_eq: "a=>1"}}', `tags = 'a=>1'::hstore`],
    ['{tags: {_neq: "a=>1"}}', `tags <> 'a=>1'::hstore`],
    ['{tags: {_in: ["a=>1"]}}', `tags = ANY ('{"a=>1"}'::hstore[])`],
    ['{friend_person: {name: {_eq: "ANN"}}}', `friend = 'ANN'::citext`],
    ['{persons_aggregate: {count: {predicate: {_eq: 1}}}}', `(SELECT count(*) FROM person p WHERE p.friend = person.name) = 1`],
  ])('is compared as its own: %s', async (where, condition) => {
    const expected = await bySql(`SELECT name FROM person WHERE ${condition} ORDER BY name`);
    expect(await found('odd_person', 'name', where)).toEqual(expected);
  });

  test('is the key, the largest and the smallest, and related as its own', async () => {
    const query = `{
      key: odd_person_by_pk(name: "BOB") { name friend_person { name } persons { name } }
      all: odd_person_aggregate { aggregate { max { name names } min { name } count(columns: name, distinct: true) } }
      sorted: odd_person(order_by: [{persons_aggregate: {max: {name: desc_nulls_last}}}, {name: asc}]) { name }
    }`;
    expect(await data(query)).toEqual({
      key: { name: 'Bob', friend_person: { name: 'ann' }, persons: [{ name: 'CY' }] },
      all: { aggregate: { max: { name: 'CY', names: ['Bob'] }, min: { name: 'ann' }, count: 3 } },
      sorted: [{ name: 'Bob' }, { name: 'ann' }, { name: 'CY' }],
    });
    const update =
      'mutation { update_odd_person_by_pk(pk_columns: {name: "CY"}, _set: {tags: "x=>y"}) { name tags friend_person { name tags } } }';
    expect(await data(update)).toEqual({
      update_odd_person_by_pk: { name: 'CY', tags: { x: 'y' }, friend_person: { name: 'Bob', tags: { a: '1', b: null } } },
    });
    expect(await bySql("SELECT tags FROM person WHERE name = 'cy'")).toEqual(['"x"=>"y"']);
  });
});

describe('a domain over an enum, and an array of a domain', () => {
  test.each([
    ['{feeling: {_eq: "ok"}}', `feeling::mood = 'ok'`],
    ['{feeling: {_neq: "ok"}}', `feeling::mood <> 'ok'`],
    ['{feeling: {_gt: "sad"}}', `feeling::mood > 'sad'`],
    ['{feeling: {_lte: "ok"}}', `feeling::mood <= 'ok'`],
    ['{feeling: {_in: ["ok", "sad"]}}', `feeling::mood IN ('ok', 'sad')`],
    ['{feeling: {_nin: ["ok", "sad"]}}', `feeling::mood NOT IN ('ok', 'sad')`],
    ['{later: {_eq: "ok"}}', `later::mood = 'ok'`],
    ['{later: {_is_null: true}}', `later IS NULL`],
    ['{feelings: {_eq: ["sad", "ok"]}}', `feelings::mood[] = '{sad,ok}'`],
    ['{feelings: {_contains: ["sad"]}}', `feelings::mood[] @> '{sad}'`],
    ['{numbers: {_eq: [2]}}', `numbers::int[] = '{2}'`],
    ['{numbers: {_gt: [1, 1]}}', `numbers::int[] > '{1,1}'`],
    ['{numbers: {_in: [[2], [3]]}}', `numbers::int[] = '{2}'`],
    ['{numbers: {_nin: [[2]]}}', `numbers::int[] <> '{2}'`],
    ['{numbers: {_contains: [1]}}', `numbers::int[] @> '{1}'`],
    ['{numbers: {_contained_in: [1, 2, 3]}}', `numbers::int[] <@ '{1,2,3}'`],
    ['{more: {_eq: [2]}}', `more::int[] = '{2}'`],
    ['{nick: {_eq: "y"}}', `nick = 'y'::citext`],
    ['{nicks: {_eq: ["y"]}}', `nicks::citext[] = '{y}'`],
  ])('is compared: %s', async (where, condition) => {
    const expected = await bySql(`SELECT feeling FROM day WHERE ${condition} ORDER BY feeling::mood`);
    expect(await found('odd_day', 'feeling', where)).toEqual(expected);
  });

  test('is the key, the largest and the smallest, sorted and related', async () => {
    const query = `{
      key: odd_day_by_pk(feeling: "sad") { later numbers }
      all: odd_day_aggregate { aggregate { max { feeling later feelings numbers more nick } min { feeling } } }
      unique: odd_day(distinct_on: [feeling], order_by: {feeling: desc}) { feeling }
    }`;
    expect(await data(query)).toEqual({
      key: { later: 'ok', numbers: [1, 2] },
      all: {
        aggregate: {
          max: { feeling: 'happy', later: 'ok', feelings: ['ok'], numbers: [2], more: [2], nick: 'Y' },
          min: { feeling: 'sad' },
        },
      },
      unique: [{ feeling: 'happy' }, { feeling: 'ok' }, { feeling: 'sad' }],
    });
    const day = { schema: 'odd', name: 'day' };
    const following = { remote_table: day, column_mapping: { later: 'feeling' } };
    const metadata: Metadata = {
      tables: [
        {
          table: day,
          object_relationships: [{ name: 'following', using: { manual_configuration: following } }],
          array_relationships: [
            { name: 'before', using: { manual_configuration: { remote_table: day, column_mapping: { feeling: 'later' } } } },
          ],
        },
      ],
    };
    const related = await odd.serve(['odd'], { metadata });
    const chain =
      '{ odd_day(where: {following: {feeling: {_eq: "sad"}}}) { feeling following { feeling following { feeling } } } }';
    expect(await data(chain, {}, related)).toEqual({
      odd_day: [{ feeling: 'happy', following: { feeling: 'sad', following: { feeling: 'ok' } } }],
    });
    const sorted = '{ odd_day(order_by: [{before_aggregate: {max: {feeling: desc_nulls_last}}}]) { feeling } }';
    expect(await data(sorted, {}, related)).toEqual({ odd_day: [{ feeling: 'sad' }, { feeling: 'ok' }, { feeling: 'happy' }] });
  });

  test('is written and updated', async () => {
    const update = `mutation ($more: [Int!]) {
      update_odd_day_by_pk(pk_columns: {feeling: "happy"}, _set: {later: "ok", feelings: ["sad"], numbers: [3], more: $more, nicks: ["a"]}) {
        feeling later feelings numbers more nicks
      }
    }`;
    const row = { feeling: 'happy', later: 'ok', feelings: ['sad'], numbers: [3], more: [4, 5], nicks: ['a'] };
    expect(await data(update, { more: [4, 5] })).toEqual({ update_odd_day_by_pk: row });
    const refused = 'mutation { update_odd_day_by_pk(pk_columns: {feeling: "happy"}, _set: {numbers: [-1]}) { feeling } }';
    expect((await ask(engine, refused)).errors?.[0]?.message).toMatch(/violates check constraint "positive_check"/);
  });
});

test("a stream goes on by the order of the column's own type", async () => {
  const served = await serve(await odd.serve(['odd'], { pollMs: 50 }));
  const socket = await RawSocket.connect(served.url, 'graphql-transport-ws');
  try {
    const stream = (id: string, table: string, cursor: string, key: string): void => {
      const query = `subscription { rows: ${table}_stream(batch_size: 5, cursor: {initial_value: ${cursor}}) { ${key} } }`;
      socket.send({ type: 'subscribe', id, payload: { query } });
    };
    stream('a', 'odd_person', '{name: "ANN"}', 'name');
    expect(await socket.take()).toMatchObject({ payload: { data: { rows: [{ name: 'Bob' }, { name: 'CY' }] } } });
    socket.send({ type: 'complete', id: 'a' });
    stream('b', 'odd_day', '{feeling: "sad"}', 'feeling');
    expect(await socket.take()).toMatchObject({ payload: { data: { rows: [{ feeling: 'ok' }, { feeling: 'happy' }] } } });
  } finally {
    socket.close();
    await served.close();
  }
});

test('an array has the delimiter of its type', async () => {
  const boxes = ['(1,1),(0,0)', '(3,3),(2,2)'];
  const insert = 'mutation ($b: [box!]) { insert_odd_shape_one(object: {id: 2, boxes: $b, one: "(3,3),(1,1)"}) { boxes } }';
  expect(await data(insert, { b: boxes })).toEqual({ insert_odd_shape_one: { boxes } });
  expect(await bySql('SELECT cardinality(boxes) FROM shape ORDER BY id')).toEqual([2, 2]);
  expect(await found('odd_shape', 'id', '{one: {_in: ["(3,3),(1,1)", "(9,9),(1,1)"]}}')).toEqual([2]);
});

test('columns are aggregated each by itself, however long their names are', async () => {
  const name = 'a_name_of_a_column_that_is_nearly_as_long_as_postgres_has_nam';
  await odd.pool.query('INSERT INTO odd.long VALUES (1, 1, 100), (2, 2, 200)');
  const fields = `x: ${name}_1 y: ${name}_2`;
  const query = `{ odd_long_aggregate { aggregate { max { ${fields} } sum { ${fields} } } } }`;
  expect(await data(query)).toEqual({
    odd_long_aggregate: { aggregate: { max: { x: 2, y: 200 }, sum: { x: 3, y: 300 } } },
  });
});

describe('rows that were written and are shown with what is related to them', () => {
  const columns = async (table: string): Promise<string> => {
    const query = 'SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped';
    const { rows } = await odd.pool.query<{ attname: string }>(query, [`odd.${table}`]);
    return rows.map(({ attname }) => attname).join(' ');
  };

  test('are as they are in the table, whatever their types are', async () => {
    const all = await columns('owner');
    expect(all.split(' ')).toHaveLength(24);
    const { rows } = await data(`{ rows: odd_owner(order_by: {id: asc}) { ${all} things { id } } }`);
    const update = `mutation { update_odd_owner(where: {}, _set: {late: 7}) { affected_rows returning { ${all} things { id } } } }`;
    expect(await data(update)).toEqual({ update_odd_owner: { affected_rows: 2, returning: rows } });
    const many = `mutation { update_odd_owner_many(updates: [{where: {id: {_eq: 2}}, _set: {late: 7}}, {where: {id: {_eq: 1}}, _set: {late: 7}}]) { returning { ${all} things { id } } } }`;
    const [first, second] = rows as unknown[];
    expect(await data(many)).toEqual({ update_odd_owner_many: [{ returning: [second] }, { returning: [first] }] });
  });

  test('are so when an insert of several statements wrote them', async () => {
    const insert = `mutation { insert_odd_owner(objects: [
      {id: 3, c_hstore: "k=>v", c_json: {b: 1}, c_feeling: "ok", c_texts: ["a,b", null, "NULL"], c_text: "x", things: {data: [{id: 3}]}},
      {id: 4, c_hstore: "k=>NULL", c_double: "-Infinity", things: {data: [{id: 4}]}}
    ]) { returning { id late c_hstore c_json c_feeling c_texts c_double stored things { id } } } }`;
    const empty = { c_hstore: null, c_json: null, c_feeling: null, c_texts: null, c_double: null, stored: null, late: 7 };
    expect(await data(insert)).toEqual({
      insert_odd_owner: {
        returning: [
          {
            ...empty,
            id: 3,
            c_hstore: { k: 'v' },
            c_json: { b: 1 },
            c_feeling: 'ok',
            c_texts: ['a,b', null, 'NULL'],
            stored: 'X',
            things: [{ id: 3 }],
          },
          { ...empty, id: 4, c_hstore: { k: null }, c_double: '-Infinity', things: [{ id: 4 }] },
        ],
      },
    });
    const one =
      'mutation { insert_odd_thing_one(object: {id: 9, owner: {data: {id: 9, c_hstore: "q=>r"}}}) { owner { c_hstore } } }';
    expect(await data(one)).toEqual({ insert_odd_thing_one: { owner: { c_hstore: { q: 'r' } } } });
  });

  test('may be those of a view', async () => {
    const table = (name: string): { schema: string; name: string } => ({ schema: 'odd', name });
    const using = { manual_configuration: { remote_table: table('thing'), column_mapping: { id: 'owner_id' } } };
    const metadata: Metadata = {
      tables: [{ table: table('owned'), array_relationships: [{ name: 'things', using }] }, { table: table('thing') }],
    };
    const views = await odd.serve(['odd'], { metadata });
    const update =
      'mutation { update_odd_owned(where: {id: {_eq: 1}}, _set: {c_numbers: [5]}) { returning { id c_hstore c_feeling c_pair c_numbers loud things { id } } } }';
    const returning = [
      {
        id: 1,
        c_hstore: { a: '1', 'b c': null },
        c_feeling: 'happy',
        c_pair: { x: 1.5, 'two words': 'a "b", \\c' },
        c_numbers: [5],
        loud: 'LINE\n"Q" \\ (,) {}',
        things: [{ id: 1 }],
      },
    ];
    expect(await data(update, {}, views)).toEqual({ update_odd_owned: { returning } });
  });
});
