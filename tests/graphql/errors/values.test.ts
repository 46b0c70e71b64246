import type { Fixture } from '../database';
import { libraryFixture, shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
let library: Fixture;
beforeAll(async () => {
  [shop, library] = await Promise.all([shopFixture(), libraryFixture()]);
});
afterAll(() => Promise.all([shop.drop(), library.drop()]));

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
      'null for such a column of an insert',
      {
        query: 'mutation { insert_shop_author(objects: [{name: "a"}, {name: null}]) { affected_rows } }',
        message: "unexpected null value for type 'String'",
        path: '$.selectionSet.insert_shop_author.args.objects[1].name',
      },
    ],
    [
      'a variable without a value for such a column of an insert',
      {
        query: 'mutation ($v: bigint) { insert_shop_author_one(object: {name: "a", visits: $v}) { id } }',
        message: "unexpected null value for type 'bigint'",
        path: '$.selectionSet.insert_shop_author_one.args.object.visits',
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
        message: 'parsing Integer expected for input type: PGSmallInt failed, expected Number, but encountered Boolean',
        path: at('level'),
        code: 'parse-failed',
      },
    ],
    [
      'a number for a type that is not known',
      { query: set('home: 1'), message: 'A string is expected for type: inet', path: at('home'), code: 'parse-failed' },
    ],
    [
      'an integer with an exponent, out of range by one',
      {
        query: '{ shop_author(where: {visits: {_eq: 9.223372036854775808e18}}) { id } }',
        message: `The value 9.223372036854775808e18 ${bounds}`,
        path: '$.selectionSet.shop_author.args.where.visits._eq',
        code: 'parse-failed',
      },
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
  ])('%s', (_, each) => expectError(shop, each));

  test.each([
    ['level', 'true', 'parsing Integer expected for input type: PGSmallInt failed, expected Number, but encountered Boolean'],
    ['visits', '[1]', 'parsing Integer expected for input type: PGBigInt failed, expected Number, but encountered Array'],
    ['weight', '{}', 'parsing Float expected for input type: PGFloat failed, expected Number, but encountered Object'],
    ['height', 'true', 'parsing Float expected for input type: PGDouble failed, expected Number, but encountered Boolean'],
    ['rating', 'false', 'parsing Scientific failed, expected Number, but encountered Boolean'],
    ['salary', 'false', 'parsing Scientific failed, expected Number, but encountered Boolean'],
    ['active', '1', 'expected Bool, but encountered Number'],
    ['name', 'true', 'parsing Text failed, expected String, but encountered Boolean'],
    ['initials', '7', 'parsing Char failed, expected String, but encountered Number'],
    ['code', '7', 'parsing UUID failed, expected String, but encountered Number'],
    ['born', '7', 'parsing Day failed, expected String, but encountered Number'],
    ['local', '7', 'parsing LocalTime failed, expected String, but encountered Number'],
    ['joined', '7', 'parsing UTCTime failed, expected String, but encountered Number'],
    ['mood', '7', 'A string is expected for type: mood'],
    ['alarm', '7', 'A string is expected for type: time'],
    ['wait', '{}', 'A string is expected for type: interval'],
    ['seats', '[1, 2]', 'A string is expected for type: int4range'],
    ['photo', 'true', 'A string is expected for type: bytea'],
    ['email', '7', 'parsing Text failed, expected String, but encountered Number'],
    ['tags', '["a", 1]', 'parsing Text failed, expected String, but encountered Number'],
    [
      'scores',
      '[1, true]',
      'parsing Integer expected for input type: PGInteger failed, expected Number, but encountered Boolean',
    ],
    ['scores', '[2147483648]', `The value 2.147483648e9 ${bounds}`],
  ])('%s: %s is of no kind that its decoder takes', async (column, value, message) => {
    const path = at(column);
    await expectError(shop, { query: set(`${column}: ${value}`), message, path, code: 'parse-failed' });
  });

  test.each([
    ['level', '"many"', 'invalid input syntax for type smallint: "many"'],
    ['visits', '"9223372036854775808"', 'value "9223372036854775808" is out of range for type bigint'],
    ['height', '"tall"', 'invalid input syntax for type double precision: "tall"'],
    ['weight', '1e39', '"1e39" is out of range for type real'],
    ['rating', '12345.678', 'numeric field overflow'],
    ['salary', '"much"', 'invalid input syntax for type money: "much"'],
    ['active', '"maybe"', 'invalid input syntax for type boolean: "maybe"'],
    ['code', '"x"', 'invalid input syntax for type uuid: "x"'],
    ['born', '"2021-02-29"', 'date/time field value out of range: "2021-02-29"'],
    ['joined', '"yesterday evening"', 'invalid input syntax for type timestamp with time zone: "yesterday evening"'],
    ['mood', '"angry"', 'invalid input value for enum shop.mood: "angry"'],
    ['home', '"here"', 'invalid input syntax for type inet: "here"'],
    ['seats', '"[5,1)"', 'range lower bound must be less than or equal to range upper bound'],
    ['tags', '"{a"', 'malformed array literal: "{a"'],
    ['initials', '"long"', 'value too long for type character(3)'],
    ['name', String.raw`"a\u0000b"`, 'invalid byte sequence for encoding "UTF8": 0x00'],
  ])('%s: %s is refused by Postgres in its own words', async (column, value, message) => {
    await expectError(shop, { query: set(`${column}: ${value}`), message, path: '$', code: 'data-exception' });
  });

  test.each(['"a..b"', '""', '"a."', '7'])('an ltree that is %s is refused before Postgres sees it', async (value) => {
    const query = `mutation { update_library_every_type(where: {id: {_eq: 1}}, _set: {c_ltree: ${value}}) { affected_rows } }`;
    const message = 'Expecting label path: a sequence of zero or more labels separated by dots, for example L1.L2.L3';
    await expectError(library, {
      query,
      message,
      path: '$.selectionSet.update_library_every_type.args._set.c_ltree',
      code: 'parse-failed',
    });
  });

  test('a composite that is given as an object is refused by its name in Postgres', async () => {
    const query = 'mutation { update_library_every_type(where: {}, _set: {c_composite: {x: 1}}) { affected_rows } }';
    const path = '$.selectionSet.update_library_every_type.args._set.c_composite';
    await expectError(library, { query, message: 'A string is expected for type: point3', path, code: 'parse-failed' });
  });
});
