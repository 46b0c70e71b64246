import type { Fixture } from './database';
import { ask, libraryFixture } from './database';

// Every column of library.every_type written, sorted, counted and aggregated, compared with plain SQL.

const TABLE = 'library.every_type';
let library: Fixture;
let columns: string[];
/** The columns of row 1: as the API gives them, and as Postgres writes them. */
let values: Map<string, { json: unknown; text: string }>;
beforeAll(async () => {
  library = await libraryFixture({ stringifyNumerics: true });
  const { rows } = await library.pool.query<{ column: string }>(
    `SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 1`,
    [TABLE],
  );
  columns = rows.map(({ column }) => column);
  const answer = await ask(library.engine, `{ row: library_every_type_by_pk(id: 1) { ${columns.join(' ')} } }`);
  const row = answer.data?.row as Record<string, unknown>;
  const texts = await textOf(1);
  values = new Map(columns.map((column) => [column, { json: row[column], text: texts[column] ?? '' }]));
});
afterAll(() => library.drop());
afterEach(() => library.reset());

async function textOf(id: number): Promise<Record<string, string | null>> {
  const list = columns.map((column) => `${column}::text`).join(', ');
  const { rows } = await library.pool.query<Record<string, string | null>>(`SELECT ${list} FROM ${TABLE} WHERE id = $1`, [id]);
  const [row = {}] = rows;
  // A json keeps its white space.
  return { ...row, c_json: row.c_json?.replaceAll(' ', '') ?? null };
}

/** Composites and matrices are given in Postgres' own notation only. */
function given(column: string): unknown {
  const value = values.get(column);
  return /composite|row|matrix/.test(column) ? value?.text : value?.json;
}

/** A JSON value as a literal of GraphQL. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => `${key}: ${literal(each)}`);
  return `{${fields.join(', ')}}`;
}

describe('what is written is what is read', () => {
  test('by an insert with a variable, and by one with literals', async () => {
    const object = Object.fromEntries(columns.map((column) => [column, given(column)]));
    const insert = (declared: string, value: string): string =>
      `mutation ${declared} { insert_library_every_type_one(object: ${value}) { id } }`;
    const byVariable = await ask(library.engine, insert('($o: library_every_type_insert_input!)', '$o'), { o: object });
    const byLiteral = await ask(library.engine, insert('', literal(object)));
    const original = await textOf(1);
    for (const { data, errors } of [byVariable, byLiteral]) {
      expect(errors).toBeUndefined();
      expect(await textOf((data?.insert_library_every_type_one as { id: number }).id)).toEqual(original);
    }
  });

  test('by an update of each column, and of each column to null', async () => {
    for (const column of columns) {
      const update =
        'mutation ($set: library_every_type_set_input) { update_library_every_type_by_pk(pk_columns: {id: 3}, _set: $set) { id } }';
      expect(await ask(library.engine, update, { set: { [column]: given(column) } })).toHaveProperty('data');
      expect([column, (await textOf(3))[column]]).toEqual([column, values.get(column)?.text]);
      expect(await ask(library.engine, update, { set: { [column]: null } })).toHaveProperty('data');
      expect([column, (await textOf(3))[column]]).toEqual([column, null]);
    }
  });

  test('by a list with nulls in it', async () => {
    const update =
      'mutation { update_library_every_type_by_pk(pk_columns: {id: 1}, _set: {c_texts: ["a", null], c_bigints: [null], c_booleans: []}) { c_texts c_bigints c_booleans } }';
    expect(await ask(library.engine, update)).toEqual({
      data: { update_library_every_type_by_pk: { c_texts: ['a', null], c_bigints: [null], c_booleans: [] } },
    });
  });
});

/** The first column of a statement's rows as text, or the state of its error. */
async function bySql(statement: string): Promise<unknown> {
  try {
    return (await library.pool.query<unknown[]>({ text: statement, rowMode: 'array' })).rows.map(([value]) => value);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

async function byGraphQL(selection: string, read: (data: Record<string, unknown>) => unknown): Promise<unknown> {
  const { data, errors } = await ask(library.engine, `{ ${selection} }`);
  if (data) return read(data);
  return (errors?.[0]?.extensions.internal as { error: { status_code: string } } | undefined)?.error.status_code ?? errors;
}

const idsOf = (data: Record<string, unknown>): unknown => (data.rows as { id: number }[]).map(({ id }) => id);

test.each([
  ['asc', 'ASC NULLS LAST'],
  ['asc_nulls_first', 'ASC NULLS FIRST'],
  ['asc_nulls_last', 'ASC NULLS LAST'],
  ['desc', 'DESC NULLS FIRST'],
  ['desc_nulls_first', 'DESC NULLS FIRST'],
  ['desc_nulls_last', 'DESC NULLS LAST'],
])('sorted %s by each column', async (direction, sql) => {
  for (const column of columns) {
    const rows = `rows: library_every_type(order_by: [{${column}: ${direction}}, {id: asc}]) { id }`;
    const expected = await bySql(`SELECT id FROM ${TABLE} ORDER BY ${column} ${sql}, id`);
    expect([column, await byGraphQL(rows, idsOf)]).toEqual([column, expected]);
  }
});

test('distinct and counted by each column', async () => {
  for (const column of columns) {
    const rows = `rows: library_every_type(distinct_on: ${column}) { id }`;
    const ids = await bySql(`SELECT DISTINCT ON (${column}) id FROM ${TABLE} ORDER BY ${column}, id`);
    expect([column, await byGraphQL(rows, idsOf)]).toEqual([column, ids]);
    const count = `rows: library_every_type_aggregate { aggregate { all: count(columns: ${column}) different: count(columns: ${column}, distinct: true) } }`;
    const expected = await bySql(`SELECT json_build_array(count(${column}), count(DISTINCT ${column})) FROM ${TABLE}`);
    const counted = await byGraphQL(count, ({ rows }) => {
      const { all, different } = (rows as { aggregate: { all: number; different: number } }).aggregate;
      return [[all, different]];
    });
    expect([column, counted]).toEqual([column, expected]);
  }
});

test('aggregated by every function that is offered for each column', async () => {
  const fields = (name: string): string => `__type(name: "library_every_type_${name}_fields") { fields { name } }`;
  const functions = 'avg max min stddev stddev_pop stddev_samp sum var_pop var_samp variance'.split(' ');
  const offered = (await ask(library.engine, `{ ${functions.map((name) => `${name}: ${fields(name)}`).join(' ')} }`))
    .data as Record<string, { fields: { name: string }[] }>;
  const numeric = ['c_smallint', 'c_integer', 'c_bigint', 'c_real', 'c_double', 'c_numeric', 'c_money', 'c_domain', 'id'].sort();
  for (const name of functions) {
    const names = offered[name]?.fields.map((field) => field.name) ?? [];
    if (name !== 'max' && name !== 'min') expect([name, names]).toEqual([name, numeric]);
    for (const column of names) {
      const selection = `rows: library_every_type_aggregate { aggregate { ${name} { ${column} } } }`;
      const found = await byGraphQL(selection, ({ rows }) => [
        (rows as { aggregate: Record<string, Record<string, unknown>> }).aggregate[name]?.[column],
      ]);
      const isText = /^c_(bigint|double|numeric|money)s?$/.test(column);
      const type = column.endsWith('s') ? '::text[]' : '::text';
      const expected = await bySql(`SELECT to_json(${name}(${column})${isText ? type : ''}) FROM ${TABLE}`);
      expect([name, column, found]).toEqual([name, column, expected]);
    }
  }
});

test('max and min are offered for what Hasura compares', async () => {
  const query = '{ __type(name: "library_every_type_max_fields") { fields { name } } }';
  const { fields } = (await ask(library.engine, query)).data?.__type as { fields: { name: string }[] };
  const unknown =
    'name time interval json jsonb bytea inet cidr macaddr bit varbit point box int4range numrange tstzrange int4multirange tsvector xml oid boolean daterange tsrange int8range tsquery jsonpath macaddr8 lsn line lseg path polygon circle';
  const left = columns.filter((column) => !unknown.split(' ').includes(column.slice(2)));
  expect(fields.map(({ name }) => name)).toEqual([...left, 'id'].sort());
});
