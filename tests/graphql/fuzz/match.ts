import { Decimal } from './data/decimal';
import { isList, isSame, JsonObject, jsonText } from './data/json';
import type { Digits, Json } from './data/json';
import { cellAt, rowsIn } from './data/rows';
import type { Row, State } from './data/rows';
import { jsonOf } from './data/types';
import type { Expected, ExpectedError } from './reference/expected';
import type { TableModel } from './schema/model';

/** How far a rounded number may be off, relative to what it was computed from. */
const TOLERANCE = 1e-9;

/** Where an answer is not what it has to be, and how; undefined when it is. */
export function difference(expected: Expected, actual: Json, digits: Digits, path = '$'): string | undefined {
  switch (expected.kind) {
    case 'exactly':
      return isSame(expected.json, actual, digits) ? undefined : wrong(path, jsonText(expected.json), actual);
    case 'number':
      return isNumber(expected.value, actual) ? undefined : wrong(path, String(expected.value), actual);
    case 'about':
      return isAbout(expected.value, expected.size, actual) ? undefined : wrong(path, `about ${expected.value}`, actual);
    case 'text':
      if (typeof actual !== 'string') return wrong(path, 'a string', actual);
      return difference(expected.of, /^-?[\d.]+(e[+-]?\d+)?$/.test(actual) ? Decimal.parse(actual) : actual, digits, path);
    case 'object':
      return objectDifference(expected.fields, actual, digits, path);
    case 'list':
      return listDifference(expected.groups, actual, digits, path);
  }
}

function wrong(path: string, expected: string, actual: Json): string {
  return `${path}: expected ${expected}, found ${jsonText(actual).slice(0, 500)}`;
}

/** A number of JSON, where NaN and the infinities are strings; undefined for anything else. */
function numberOf(actual: Json): number | undefined {
  if (actual instanceof Decimal) return actual.toNumber();
  return actual === 'NaN' || actual === 'Infinity' || actual === '-Infinity' ? Number(actual) : undefined;
}

function isNumber(expected: Decimal | number, actual: Json): boolean {
  if (expected instanceof Decimal) return actual instanceof Decimal && expected.compare(actual) === 0;
  const found = numberOf(actual);
  return found === expected || (Number.isNaN(expected) && Number.isNaN(found));
}

function isAbout(expected: number, size: number, actual: Json): boolean {
  const found = numberOf(actual);
  if (found === undefined || !Number.isFinite(expected)) return isNumber(expected, actual);
  return Math.abs(found - expected) <= TOLERANCE * (Math.abs(expected) + size);
}

/** The keys too, in their order. */
function objectDifference(
  fields: readonly (readonly [string, Expected])[],
  actual: Json,
  digits: Digits,
  path: string,
): string | undefined {
  if (!(actual instanceof JsonObject)) return wrong(path, 'an object', actual);
  const keys = fields.map(([key]) => key);
  if (keys.join() !== actual.keys.join()) return `${path}: expected the keys ${keys.join()}, found ${actual.keys.join()}`;
  for (const [index, [key, value]] of fields.entries()) {
    const found = difference(value, actual.entries[index]?.[1] ?? null, digits, `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

function listDifference(
  groups: readonly (readonly Expected[])[],
  actual: Json,
  digits: Digits,
  path: string,
): string | undefined {
  if (!isList(actual)) return wrong(path, 'a list', actual);
  const length = groups.flat().length;
  if (actual.length !== length)
    return `${path}: expected ${length} items, found ${actual.length}: ${jsonText(actual).slice(0, 500)}`;
  let start = 0;
  for (const group of groups) {
    const left = [...actual.slice(start, start + group.length)];
    for (const [index, item] of group.entries()) {
      const place = left.findIndex((each) => difference(item, each, digits) === undefined);
      if (place < 0) return difference(item, left[0] ?? null, digits, `${path}[${start + index}]`);
      left.splice(place, 1);
    }
    start += group.length;
  }
  return undefined;
}

/** Whether an answer is just the error that is expected. */
export function errorDifference({ codes }: ExpectedError, actual: Json): string | undefined {
  const errors = actual instanceof JsonObject && actual.keys.join() === 'errors' ? actual.get('errors') : undefined;
  const [only, ...others] = isList(errors) ? errors : [];
  const extensions = only instanceof JsonObject ? only.get('extensions') : undefined;
  const code = extensions instanceof JsonObject ? extensions.get('code') : undefined;
  if (others.length === 0 && typeof code === 'string' && codes.includes(code)) return undefined;
  return `expected the error ${codes.join(' or ')}, found ${jsonText(actual).slice(0, 500)}`;
}

/** Where the rows of a database are not those expected, in whatever order. */
export function stateDifference(expected: State, actual: State): string | undefined {
  for (const [table, rows] of expected) {
    const [wanted, found] = [rows, rowsIn(actual, table)].map((each) => each.map((row) => rowText(table, row)).sort());
    if (wanted?.join() !== found?.join())
      return `${table.name}: expected the rows\n${wanted?.join('\n')}\nfound\n${found?.join('\n')}`;
  }
  return undefined;
}

function rowText({ columns }: TableModel, row: Row): string {
  const cells = columns.map((column) => [column.name, jsonOf(column.type, cellAt(row, column))] as const);
  return jsonText(new JsonObject(cells), 'value');
}
