import { Decimal } from './decimal';
import { isList } from './json';
import type { Json } from './json';
import { compareJsonb, jsonbText, normalize } from './jsonb';

/** The column types that are generated. `enum` is the one enum of the schema. */
export const TYPE_NAMES = [
  'int4',
  'text',
  'bool',
  'int8',
  'numeric',
  'float8',
  'date',
  'timestamptz',
  'uuid',
  'jsonb',
  'text[]',
  'int4[]',
  'enum',
  'int2',
  'float4',
  'varchar',
  'timestamp',
] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

export const ENUM_LABELS = ['sad', 'ok', `h'a"p\\py`, 'Ok, too'];

/** A value of jsonb, so that JSON's null is not SQL's. */
export class Jsonb {
  constructor(readonly value: Json) {}
}

/** A value of a column; null is SQL's. Texts, dates, times, uuids and enums are strings; floats are numbers. */
export type Cell = null | Decimal | number | string | boolean | Jsonb | readonly Cell[];

const GRAPHQL_NAMES: Readonly<Record<TypeName, string>> = {
  int4: 'Int',
  int8: 'bigint',
  numeric: 'numeric',
  float8: 'float8',
  text: 'String',
  bool: 'Boolean',
  date: 'date',
  timestamptz: 'timestamptz',
  uuid: 'uuid',
  jsonb: 'jsonb',
  'text[]': '[String!]',
  'int4[]': '[Int!]',
  enum: 'mood',
  int2: 'smallint',
  float4: 'Float',
  varchar: 'String',
  timestamp: 'timestamp',
};

export function graphqlType(type: TypeName): string {
  return GRAPHQL_NAMES[type];
}

/** `Int_comparison_exp`, `String_array_comparison_exp`. */
export function comparisonType(type: TypeName): string {
  const element = elementOf(type);
  return element ? `${GRAPHQL_NAMES[element]}_array_comparison_exp` : `${GRAPHQL_NAMES[type]}_comparison_exp`;
}

export function elementOf(type: TypeName): TypeName | undefined {
  return type === 'text[]' ? 'text' : type === 'int4[]' ? 'int4' : undefined;
}

export const isInteger = (type: TypeName): boolean => ['int2', 'int4', 'int8'].includes(type);
export const isFloat = (type: TypeName): boolean => type === 'float4' || type === 'float8';
export const isNumeric = (type: TypeName): boolean => isInteger(type) || isFloat(type) || type === 'numeric';
export const isText = (type: TypeName): boolean => type === 'text' || type === 'varchar';

/** Has `max` and `min`: everything but booleans and JSON (contract 5), and uuids, for which they fail in Postgres. */
export const isOrdered = (type: TypeName): boolean => !['bool', 'jsonb', 'uuid'].includes(type);

/**
 * The cell that a JSON value of the request, or of Postgres' own `to_json`, stands for (contract 2): numbers may come as
 * strings, arrays as Postgres' literals.
 */
export function cellOf(type: TypeName, value: Json): Cell {
  if (value === null) return null;
  if (type === 'jsonb') return new Jsonb(normalize(value));
  const element = elementOf(type);
  if (element) {
    const items = isList(value) ? value : typeof value === 'string' ? arrayItems(value) : [value];
    return items.map((item) => cellOf(element, item));
  }
  const text = value instanceof Decimal ? value.toString() : value;
  if (type === 'bool') return typeof text === 'string' ? /^(t|true|yes|on|1)$/i.test(text) : text === true;
  if (typeof text !== 'string') throw new Error(`${String(value)} is no ${type}`);
  if (isInteger(type)) return Decimal.of(integer(text));
  if (type === 'numeric') return Decimal.parse(text);
  if (isFloat(type)) return Number(text);
  if (type === 'timestamptz') return timestampOf(text);
  return type === 'uuid' ? uuidOf(text) : text;
}

function integer(text: string): bigint {
  const { unscaled, scale } = Decimal.parse(text);
  return unscaled / 10n ** BigInt(scale);
}

function uuidOf(text: string): string {
  const digits = text.toLowerCase().replaceAll(/[{}-]/g, '');
  return [0, 8, 12, 16, 20].map((start, index) => digits.slice(start, [8, 12, 16, 20, 32][index])).join('-');
}

/** In UTC, with six digits of the second, so that the order of the texts is that of the times. */
function timestampOf(text: string): string {
  const [, seconds = '', fraction = '', zone = ''] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text) ?? [];
  const utc = new Date(`${seconds.replace(' ', 'T')}${zone}`).toISOString();
  return `${utc.slice(0, 19)}.${fraction.padEnd(6, '0')}+00:00`;
}

/** The elements of a Postgres array literal of one dimension. */
function arrayItems(literal: string): Json[] {
  const tokens = [...literal.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,"]+)/g)];
  return tokens.map(([, quoted, bare]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/gs, '$1');
    return bare?.toUpperCase() === 'NULL' ? null : (bare ?? '');
  });
}

/** The JSON that Postgres makes of a cell. Numbers of floats differ in form only, and are compared as numbers elsewhere. */
export function jsonOf(type: TypeName, cell: Cell): Json {
  if (cell === null) return null;
  if (cell instanceof Jsonb) return cell.value;
  const element = elementOf(type);
  if (element && isList(cell as Json)) return (cell as readonly Cell[]).map((item) => jsonOf(element, item));
  if (type === 'timestamptz') return String(cell).replace(/\.?0*(?=\+00:00$)/, '');
  if (typeof cell === 'number') return Number.isFinite(cell) ? Decimal.parse(String(cell)) : String(cell);
  return cell as Json;
}

/** The text that Postgres reads as this cell. */
export function textOf(type: TypeName, cell: Cell): string | null {
  if (cell === null) return null;
  if (cell instanceof Jsonb) return jsonbText(cell.value);
  const element = elementOf(type);
  if (!element || !Array.isArray(cell)) return String(cell as Decimal | string | number | boolean);
  const items = (cell as readonly Cell[]).map((item) => {
    const text = textOf(element, item);
    return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}

/** The order of a type's btree, nulls above everything (which only arrays let through). */
export function compareCells(type: TypeName, a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b);
  if (typeof a === 'number' && typeof b === 'number') return compareFloats(a, b);
  if (a instanceof Jsonb && b instanceof Jsonb) return compareJsonb(a.value, b.value);
  if (type === 'enum') return ENUM_LABELS.indexOf(String(a)) - ENUM_LABELS.indexOf(String(b));
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const element = elementOf(type);
  if (element && Array.isArray(a) && Array.isArray(b)) return compareArrays(element, a as Cell[], b as Cell[]);
  throw new Error(`a ${type} cannot be compared: ${jsonbText(jsonOf(type, a))} and ${jsonbText(jsonOf(type, b))}`);
}

function compareArrays(element: TypeName, a: readonly Cell[], b: readonly Cell[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const result = compareCells(element, a[index] ?? null, b[index] ?? null);
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

/** NaN equals itself and is above all others. */
export function compareFloats(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Equal as SQL's `=` between two values that are not null. */
export function isEqual(type: TypeName, a: Cell, b: Cell): boolean {
  return compareCells(type, a, b) === 0;
}
