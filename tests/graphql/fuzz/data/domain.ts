import type { Draw } from '../draw';
import { Decimal } from './decimal';
import { JsonObject } from './json';
import type { Json } from './json';
import { ENUM_LABELS, elementOf } from './types';
import type { TypeName } from './types';

/** Where the values of rows and requests come from. */
export interface Domain {
  readonly hasMarks: boolean;
  /** A JSON value of a type, never null. */
  value(draw: Draw, type: TypeName): Json;
  /** A non-negative number for `limit` and `offset`. */
  count(draw: Draw): Decimal;
}

/** Texts that trip what does not bind its values, quotes arrays wrongly or mistakes a pattern; plain ones come first. */
const TEXTS = [
  'a',
  'b',
  'A',
  '',
  'ab',
  `it's`,
  '"q"',
  'back\\slash',
  '$1',
  '%',
  '_',
  '50%',
  'a_b',
  'é',
  'É',
  '日本',
  '\u{1f600}',
  '{',
  '}',
  ',',
  '{a,b}',
  'null',
  'NULL',
  ' a',
  'a\nb\t\u0001',
  `'; DROP TABLE a; --`,
  '\\',
  '__proto__',
  '0',
  'true',
];

const NUMBERS: Readonly<Record<'int2' | 'int4' | 'int8' | 'numeric' | 'float4' | 'float8', readonly string[]>> = {
  int2: ['1', '2', '0', '-1', '32767'],
  int4: ['1', '2', '0', '3', '-1', '7', '2147483647', '-2147483648'],
  int8: ['1', '2', '0', '-3', '9007199254740993', '9223372036854775807', '-9223372036854775808'],
  numeric: ['1', '1.0', '0', '1.50', '-2.25', '0.001', '12345678901234567890.123456789', '100'],
  float4: ['1', '1.5', '0', '-2.5', '0.25', '16.75'],
  float8: ['1', '1.5', '0', '-2.5', '0.1', '123456.789', '-0.25'],
};

const STRINGS: Readonly<Record<'date' | 'timestamp' | 'timestamptz' | 'uuid', readonly string[]>> = {
  date: ['2020-01-01', '2020-02-29', '1999-12-31', '0001-01-01', '9999-12-31'],
  timestamp: ['2020-01-01T00:00:00', '2020-01-01T00:00:00.5', '1999-12-31T23:59:59'],
  timestamptz: [
    '2020-01-01T00:00:00+00:00',
    '2020-01-01T00:00:00.5+00:00',
    '2019-12-31T23:59:59.999999+00:00',
    '1970-01-01T00:00:00+00:00',
  ],
  uuid: [
    '00000000-0000-0000-0000-000000000001',
    'ffffffff-ffff-4fff-8fff-ffffffffffff',
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12',
  ],
};

/** Few values, so that joins, duplicates and matches happen often. */
export const SMALL: Domain = {
  hasMarks: false,
  value(draw, type) {
    const element = elementOf(type);
    if (element) return draw.times(0, 3, () => this.value(draw, element));
    switch (type) {
      case 'bool':
        return draw.chance(50);
      case 'text':
      case 'varchar':
        return draw.chance(60) ? draw.pick(TEXTS.slice(0, 5)) : draw.pick(TEXTS);
      case 'enum':
        return draw.pick(ENUM_LABELS);
      case 'jsonb':
        return jsonValue(draw, 2) ?? new JsonObject([]);
      case 'float8':
        if (draw.chance(5)) return draw.pick(['Infinity', 'NaN', '-Infinity']);
        return Decimal.parse(draw.pick(NUMBERS.float8));
      case 'int2':
      case 'int4':
      case 'int8':
      case 'numeric':
      case 'float4':
        return Decimal.parse(draw.chance(70) ? draw.pick(NUMBERS[type].slice(0, 4)) : draw.pick(NUMBERS[type]));
      case 'date':
      case 'timestamp':
      case 'timestamptz':
      case 'uuid':
        return draw.pick(STRINGS[type]);
      case 'text[]':
      case 'int4[]':
        return [];
    }
  },
  count: (draw) => Decimal.of(draw.int(0, 5)),
};

function jsonValue(draw: Draw, depth: number): Json {
  const kind = draw.int(0, depth > 0 ? 7 : 4);
  if (kind === 0) return Decimal.parse(draw.pick(['1', '2', '1.0', '-1.50', '12345678901234567890.5']));
  if (kind === 1) return draw.chance(70) ? draw.pick(TEXTS.slice(0, 3)) : draw.pick(TEXTS);
  if (kind === 2) return draw.chance(50);
  if (kind === 3) return null;
  if (kind === 4) return draw.pick([[], new JsonObject([])]);
  if (kind < 6) return draw.times(1, 3, () => jsonValue(draw, depth - 1));
  const keys = draw.some(draw.chance(80) ? ['a', 'b', 'ab'] : TEXTS, 1, 3);
  return new JsonObject(keys.map((key) => [key, jsonValue(draw, depth - 1)]));
}

/** What every value of `MARKED` holds somewhere, and no SQL may. */
export const MARKS = ['Zq9', '7351', `h'a"p`, `Ok, too`];

/** Values that would be recognised in the text of a statement. */
export const MARKED: Domain = {
  hasMarks: true,
  value(draw, type) {
    const element = elementOf(type);
    if (element) return draw.times(1, 2, () => this.value(draw, element));
    const digit = draw.int(0, 9);
    switch (type) {
      case 'bool':
        return draw.chance(50);
      case 'text':
      case 'varchar':
        return draw.pick([`Zq9'"\\${digit}`, `'; DROP Zq9 --`, `$1Zq9$$`, `Zq9\u{1f600}\n`, `{Zq9,"}`]);
      case 'enum':
        return draw.pick(ENUM_LABELS.slice(2));
      case 'jsonb':
        return draw.pick<Json>([
          new JsonObject([[`Zq9'${digit}`, `"Zq9`]]),
          [Decimal.of(735_190 + digit), `'Zq9`],
          `Zq9'"`,
          Decimal.of(73_519),
        ]);
      case 'int2':
        return Decimal.of(7351);
      case 'int4':
        return Decimal.of(735_190_000 + digit);
      case 'int8':
        return Decimal.of(7_351_900_000_000_000_000n + BigInt(digit));
      case 'numeric':
      case 'float4':
      case 'float8':
        return Decimal.parse(`7351.${digit}`);
      case 'date':
        return `7351-01-0${digit + 1}`.slice(0, 10);
      case 'timestamp':
        return `7351-01-01T00:00:0${digit}`;
      case 'timestamptz':
        return `7351-01-01T00:00:0${digit}+00:00`;
      case 'uuid':
        return `73517351-0000-0000-0000-00000000000${digit}`;
      case 'text[]':
      case 'int4[]':
        return [];
    }
  },
  count: (draw) => Decimal.of(735_100 + draw.int(0, 99)),
};

/** The same value in another of the forms that the contract allows for its type. */
export function inAnotherForm(draw: Draw, type: TypeName, value: Json): Json {
  if (value instanceof Decimal) return draw.chance(70) || type === 'jsonb' ? value : value.toString();
  if (type === 'uuid' && typeof value === 'string') return draw.pick([value, value.toUpperCase(), value.replaceAll('-', '')]);
  if (type === 'bool') return draw.chance(80) ? value : String(value as boolean);
  if (type === 'timestamptz' && typeof value === 'string')
    return draw.pick([value, value.replace('+00:00', 'Z'), shifted(value)]);
  return value;
}

/** The same time as clocks two hours ahead show it. */
function shifted(utc: string): string {
  const ahead = new Date(Date.parse(utc) + 7_200_000).toISOString().slice(0, 19);
  return `${ahead}${/\.\d+/.exec(utc)?.[0] ?? ''}+02:00`;
}
