import { Decimal } from './decimal';
import { isList, JsonObject } from './json';
import type { Json } from './json';

// What Postgres' documentation says of jsonb (8.14, 9.16), in the plainest form.

/** As jsonb keeps it: keys once, the last one given, the shorter ones first. */
export function normalize(value: Json): Json {
  if (isList(value)) return value.map(normalize);
  if (!(value instanceof JsonObject)) return value;
  const last = new Map(value.entries.map(([key, item]) => [key, normalize(item)]));
  return new JsonObject([...last].sort(([a], [b]) => byLength(a, b)));
}

function byLength(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length - right.length || Buffer.compare(left, right);
}

/** jsonb::text. */
export function jsonbText(value: Json): string {
  if (value instanceof Decimal) return value.toString();
  if (isList(value)) return `[${value.map(jsonbText).join(', ')}]`;
  if (value instanceof JsonObject)
    return `{${value.entries.map(([key, item]) => `${JSON.stringify(key)}: ${jsonbText(item)}`).join(', ')}}`;
  return JSON.stringify(value);
}

const RANKS = ['null', 'string', 'number', 'boolean', 'array', 'object'];

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof Decimal) return 'number';
  if (isList(value)) return 'array';
  return value instanceof JsonObject ? 'object' : typeof value;
}

/** The order of jsonb: Object > Array > Boolean > Number > String > null, and a top-level empty array below them all. */
export function compareJsonb(a: Json, b: Json, isTop = true): number {
  const empty = (value: Json): boolean => isTop && isList(value) && value.length === 0;
  const scalar = (value: Json): boolean => !isList(value) && !(value instanceof JsonObject);
  if (empty(a) && scalar(b)) return -1;
  if (empty(b) && scalar(a)) return 1;
  const rank = RANKS.indexOf(kindOf(a)) - RANKS.indexOf(kindOf(b));
  if (rank !== 0) return rank;
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const [left, right] = [partsOf(a), partsOf(b)];
  const size = left.length - right.length;
  return size !== 0 ? size : firstDifference(left, right, (x, y) => compareJsonb(x, y, false));
}

/** Elements of an array; of an object each key with its value. */
function partsOf(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return value instanceof JsonObject ? value.entries.flat() : [];
}

export function firstDifference<T>(a: readonly T[], b: readonly T[], compare: (x: T, y: T) => number): number {
  for (const [index, item] of a.entries()) {
    const other = b[index];
    const result = other === undefined ? 0 : compare(item, other);
    if (result !== 0) return result;
  }
  return 0;
}

/** `a @> b`. */
export function contains(a: Json, b: Json): boolean {
  if (isList(a) && !isList(b) && !(b instanceof JsonObject)) return a.some((item) => compareJsonb(item, b) === 0);
  if (isList(a) && isList(b)) return b.every((item) => a.some((own) => containsInside(own, item)));
  return containsInside(a, b);
}

/** Below the top an array does not contain a bare element. */
function containsInside(a: Json, b: Json): boolean {
  if (isList(a) || isList(b)) return isList(a) && isList(b) && contains(a, b);
  if (a instanceof JsonObject && b instanceof JsonObject)
    return b.entries.every(([key, item]) => {
      const own = a.get(key);
      return own !== undefined && containsInside(own, item);
    });
  return compareJsonb(a, b) === 0;
}

/** `value ? key`. */
export function hasKey(value: Json, key: string): boolean {
  if (value instanceof JsonObject) return value.get(key) !== undefined;
  return isList(value) ? value.includes(key) : value === key;
}

/** `value #> path`; undefined where there is nothing. */
export function atPath(value: Json, path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) {
    if (current instanceof JsonObject) current = current.get(step);
    else if (isList(current) && /^-?\d+$/.test(step)) current = current.at(Number(step));
    else return undefined;
  }
  return current;
}

/** `a || b`. */
export function concatenate(a: Json, b: Json): Json {
  if (a instanceof JsonObject && b instanceof JsonObject) return normalize(new JsonObject([...a.entries, ...b.entries]));
  const list = (value: Json): readonly Json[] => (isList(value) ? value : [value]);
  return [...list(a), ...list(b)];
}

/** What an operator refuses. */
export class JsonbError extends Error {}

/** `value - key`, `value - index`. */
export function without(value: Json, key: string | number): Json {
  if (typeof key === 'string') {
    if (value instanceof JsonObject) return new JsonObject(value.entries.filter(([name]) => name !== key));
    if (isList(value)) return value.filter((item) => item !== key);
    throw new JsonbError('cannot delete from scalar');
  }
  if (!isList(value)) throw new JsonbError('cannot delete from object or scalar by index');
  const index = key < 0 ? value.length + key : key;
  return value.filter((_, position) => position !== index);
}

/** `value #- path`. */
export function withoutPath(value: Json, path: readonly string[]): Json {
  if (!isList(value) && !(value instanceof JsonObject)) throw new JsonbError('cannot delete path in scalar');
  return isList(value) && value.length === 0 ? value : deleteAt(value, path);
}

function deleteAt(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (value instanceof JsonObject) {
    if (rest.length === 0) return without(value, step);
    return new JsonObject(value.entries.map(([key, item]) => [key, key === step ? deleteAt(item, rest) : item] as const));
  }
  if (!isList(value)) return value;
  if (!/^-?\d+$/.test(step)) throw new JsonbError('path element is not an integer');
  const index = Number(step) < 0 ? value.length + Number(step) : Number(step);
  if (rest.length === 0) return value.filter((_, position) => position !== index);
  return value.map((item, position) => (position === index ? deleteAt(item, rest) : item));
}
