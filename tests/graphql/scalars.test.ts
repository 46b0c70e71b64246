import pg from 'pg';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { ask, libraryFixture, log } from './database';

let library: Fixture;
let asText: Fixture;
let collapsing: Fixture;
beforeAll(async () => {
  [library, asText, collapsing] = await Promise.all([
    libraryFixture(),
    libraryFixture({ stringifyNumerics: true }),
    libraryFixture({ nullCollapse: true }),
  ]);
});
afterAll(() => Promise.all([library.drop(), asText.drop(), collapsing.drop()]));

const text = async ({ engine }: Fixture, query: string) => (await engine.execute({ query })).body;

describe('numbers that JavaScript rounds', () => {
  const ROW = '{ books(where: {id: {_eq: "9007199254740993"}}) { id price weight shelf } }';
  test('are numbers with all their digits by default', async () => {
    expect(await text(library, ROW)).toBe(
      '{"data":{"books":[{"id":9007199254740993,"price":12.3456789012,"weight":0.1,"shelf":1}]}}',
    );
  });

  test('are strings when that is set, in columns, arrays, aggregates and what mutations return', async () => {
    expect(await text(asText, ROW)).toBe(
      '{"data":{"books":[{"id":"9007199254740993","price":"12.3456789012","weight":"0.1","shelf":1}]}}',
    );
    expect(
      await text(
        asText,
        '{ library_every_type(where: {id: {_eq: 1}}) { c_bigints c_numerics c_money c_real c_smallint c_double } }',
      ),
    ).toBe(
      '{"data":{"library_every_type":[{"c_bigints":["1","9007199254740993"],"c_numerics":["1.50","2.25"],"c_money":"$12.34","c_real":1.5,"c_smallint":1,"c_double":"2.5"}]}}',
    );
    expect(
      await text(asText, '{ countBooks { aggregate { count max { id shelf } sum { price shelf } avg { shelf id } } } }'),
    ).toBe(
      '{"data":{"countBooks":{"aggregate":{"count":3,"max":{"id":"9007199254740993","shelf":2},"sum":{"price":"100000000000000000011.8456789012","shelf":3},"avg":{"shelf":1.5000000000000000,"id":"3002399751580332.6667"}}}}}',
    );
    expect(
      await text(
        asText,
        'mutation { changeBook(pk_columns: {id: 2}, _set: {weight: 2.25}) { id weight reviews(limit: 1) { book_id } } }',
      ),
    ).toBe('{"data":{"changeBook":{"id":"2","weight":"2.25","reviews":[{"book_id":"2"}]}}}');
  });
});

describe('an enum table', () => {
  const choices = "['novel', 'poetry', 'travel']";
  test.each([
    [
      'a string literal',
      '{ books(where: {genre: {_eq: "novel"}}) { id } }',
      {},
      "expected an enum value for type 'library_genre_enum', but found a string",
      '_eq',
    ],
    [
      'a string in a list',
      '{ books(where: {genre: {_in: [novel, "poetry"]}}) { id } }',
      {},
      "expected an enum value for type 'library_genre_enum', but found a string",
      '_in[1]',
    ],
    [
      'another value',
      '{ books(where: {genre: {_eq: prose}}) { id } }',
      {},
      `expected one of the values ${choices} for type 'library_genre_enum', but found 'prose'`,
      '_eq',
    ],
    [
      'another value in a variable',
      'query ($g: library_genre_enum) { books(where: {genre: {_eq: $g}}) { id } }',
      { g: 'prose' },
      `expected one of the values ${choices} for type 'library_genre_enum', but found 'prose'`,
      '_eq',
    ],
    [
      'a number in a variable',
      'query ($g: [library_genre_enum!]) { books(where: {genre: {_in: $g}}) { id } }',
      { g: ['novel', 1] },
      "expected an enum value for type 'library_genre_enum', but found a number",
      '_in[1]',
    ],
    [
      'null',
      '{ books(where: {genre: {_eq: null}}) { id } }',
      {},
      "expected an enum value for type 'library_genre_enum', but found null",
      '_eq',
    ],
    [
      'null in a list',
      'query ($g: [library_genre_enum!]) { books(where: {genre: {_nin: $g}}) { id } }',
      { g: ['novel', null] },
      "expected an enum value for type 'library_genre_enum', but found null",
      '_nin[1]',
    ],
    [
      'a string, alone for a list',
      '{ books(where: {genre: {_in: "novel"}}) { id } }',
      {},
      "expected an enum value for type 'library_genre_enum', but found a string",
      '_in[0]',
    ],
    [
      'an order',
      '{ books(where: {genre: {_gt: novel}}) { id } }',
      {},
      "field '_gt' not found in type: 'library_genre_enum_comparison_exp'",
      '_gt',
    ],
    [
      "a variable of the column's own type",
      'query ($g: String) { books(where: {genre: {_eq: $g}}) { id } }',
      { g: 'novel' },
      "variable 'g' is declared as 'String', but used where 'library_genre_enum' is expected",
      '_eq',
    ],
  ])('refuses %s', async (_, query, variables, message, operator) => {
    const path = `$.selectionSet.books.args.where.genre.${operator}`;
    expect(await ask(library.engine, query, variables)).toEqual({
      errors: [{ message, extensions: { path, code: 'validation-failed' } }],
    });
  });

  test("is a GraphQL enum of its rows, under the table's name", async () => {
    const type = (name: string) => `__type(name: "${name}") { kind enumValues { name description } inputFields { name } }`;
    expect(
      await ask(
        library.engine,
        `{ genre: ${type('library_genre_enum')} state: ${type('state_enum')} compare: ${type('state_enum_comparison_exp')} }`,
      ),
    ).toEqual({
      data: {
        genre: {
          kind: 'ENUM',
          enumValues: [
            { name: 'novel', description: 'A long story' },
            { name: 'poetry', description: null },
            { name: 'travel', description: 'Elsewhere' },
          ],
          inputFields: null,
        },
        state: {
          kind: 'ENUM',
          enumValues: [
            { name: 'lent', description: null },
            { name: 'lost', description: null },
          ],
          inputFields: null,
        },
        compare: {
          kind: 'INPUT_OBJECT',
          enumValues: null,
          inputFields: ['_eq', '_in', '_is_null', '_neq', '_nin'].map((name) => ({ name })),
        },
      },
    });
  });
});

test("times and intervals are in the session's zone and style", async () => {
  const pool = new pg.Pool({ connectionString: library.url, options: '-c TimeZone=Asia/Tokyo -c IntervalStyle=iso_8601' });
  const engine = await createGraphQL({ pool, schemas: ['library'], maxBodyBytes: 1000, log });
  const query = '{ library_every_type_by_pk(id: 1) { c_timestamptz c_timestamp c_timetz c_interval c_timestamptzs } }';
  expect(await ask(engine, query)).toEqual({
    data: {
      library_every_type_by_pk: {
        c_timestamptz: '2020-02-29T19:34:56+09:00',
        c_timestamp: '2020-02-29T12:34:56.789',
        c_timetz: '12:34:56+02',
        c_interval: 'P1DT2H3M4S',
        c_timestamptzs: ['2020-02-29T19:34:56+09:00'],
      },
    },
  });
  await pool.end();
});

test('an integer literal is good for every type of number, and a string too', async () => {
  const columns = ['c_smallint', 'c_integer', 'c_bigint', 'c_real', 'c_double', 'c_numeric', 'c_money', 'c_domain'];
  for (const value of ['12', '"12"']) {
    const set = columns.map((column) => `${column}: ${value}`).join(', ');
    const update = `mutation { update_library_every_type_by_pk(pk_columns: {id: 2}, _set: {${set}}) { ${columns.join(' ')} } }`;
    expect(await ask(library.engine, update)).toEqual({
      data: {
        update_library_every_type_by_pk: Object.fromEntries(
          columns.map((column) => [column, column === 'c_money' ? '$12.00' : 12]),
        ),
      },
    });
  }
  await library.reset();
});

test("Hasura's first version softens comparisons only", async () => {
  for (const [filter, message] of [
    ['{title: null}', "expected an object for type 'citext_comparison_exp', but found null"],
    ['{_and: null}', 'expected a list, but found null'],
    ['{_not: null}', "expected an object for type 'book_bool_exp', but found null"],
    ['{reviews: null}', "expected an object for type 'library_review_bool_exp', but found null"],
    ['{id: {_in: [null]}}', "unexpected null value for type 'bigint'"],
  ]) {
    const answer = await ask(collapsing.engine, `{ books(where: ${filter}) { id } }`);
    expect(answer).toMatchObject({ errors: [{ message }] });
  }
});

test("a comparison with null is an error, or left out where Hasura's first version is asked for", async () => {
  const query = 'query ($t: citext) { books(where: {title: {_eq: $t}, id: {_eq: 2}}) { id } }';
  expect(await ask(library.engine, query)).toMatchObject({ errors: [{ message: "unexpected null value for type 'citext'" }] });
  expect(await ask(collapsing.engine, query)).toEqual({ data: { books: [{ id: 2 }] } });
  expect(await ask(collapsing.engine, query, { t: 'none' })).toEqual({ data: { books: [] } });
  expect(await ask(collapsing.engine, '{ books(where: {status: {_is_null: null, _in: null}}) { id } }')).toMatchObject({
    data: { books: { length: 3 } },
  });
});
