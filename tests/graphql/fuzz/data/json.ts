import { Decimal } from './decimal';

/** JSON with exact numbers, and objects that keep the order of their keys. */
export type Json = null | boolean | string | Decimal | readonly Json[] | JsonObject;

export class JsonObject {
  constructor(readonly entries: readonly (readonly [string, Json])[]) {}

  get(key: string): Json | undefined {
    return this.entries.find(([name]) => name === key)?.[1];
  }

  get keys(): string[] {
    return this.entries.map(([name]) => name);
  }
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

const TOKEN = /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false|null))\s*/y;

/** Reads JSON text; JSON.parse decides what is valid. */
export function parseJson(text: string): Json {
  JSON.parse(text);
  let at = 0;
  const next = (): RegExpExecArray => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`no JSON token at ${at}`);
    at = TOKEN.lastIndex;
    return found;
  };
  const value = ([, punctuation, string, number, word]: RegExpExecArray): Json => {
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return Decimal.parse(number);
    if (word !== undefined) return JSON.parse(word) as boolean | null;
    if (punctuation === '[') {
      const items: Json[] = [];
      for (let token = next(); token[1] !== ']'; token = next()) if (token[1] !== ',') items.push(value(token));
      return items;
    }
    const entries: [string, Json][] = [];
    for (let token = next(); token[1] !== '}'; token = next()) {
      if (token[1] === ',') token = next();
      next();
      entries.push([JSON.parse(token[2] ?? '') as string, value(next())]);
    }
    return new JsonObject(entries);
  };
  return value(next());
}

/** Compact JSON text, with every digit unless told otherwise. */
export function jsonText(value: Json, digits: Digits = 'exact'): string {
  if (value instanceof Decimal) return (digits === 'exact' ? value : value.shortest).toString();
  if (isList(value)) return `[${value.map((item) => jsonText(item, digits)).join(',')}]`;
  if (value instanceof JsonObject)
    return `{${value.entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item, digits)}`).join(',')}}`;
  return JSON.stringify(value);
}

/** JSON of plain JavaScript, whose numbers are exact. */
export function toJson(value: unknown): Json {
  return parseJson(JSON.stringify(value));
}

/** How numbers are compared: by each digit, or by what they are. */
export type Digits = 'exact' | 'value';

/** The same value, its objects with the same keys in the same order. */
export function isSame(a: Json, b: Json, digits: Digits): boolean {
  return jsonText(a, digits) === jsonText(b, digits);
}
