import { Decimal } from '../data/decimal';
import { isList, JsonObject } from '../data/json';
import type { Json } from '../data/json';

/** A value at a position of a GraphQL type: written out, or a variable that holds it. */
export type Input = { readonly type: string } & (
  { readonly kind: 'variable'; readonly variable: Variable } | ({ readonly kind: 'written' } & Shape)
);

/** What a position holds when it is written out. */
export type Shape =
  | { readonly form: 'leaf'; readonly json: Json; readonly isEnum?: boolean }
  /** A bare list of one leaves its brackets out. */
  | { readonly form: 'list'; readonly items: readonly Input[]; readonly isBare?: boolean }
  | { readonly form: 'object'; readonly fields: readonly (readonly [string, Input])[] };

export interface Variable {
  readonly name: string;
  /** As declared, e.g. `[Int!]!`. */
  readonly type: string;
  readonly fallback: Shape | undefined;
  /** Undefined when the request leaves it out. */
  value: Json | undefined;
  /** Draws another value for another request of the same document; undefined when the value must stay. */
  readonly redraw: (() => Json | undefined) | undefined;
}

export const leaf = (json: Json): Shape => ({ form: 'leaf', json });
export const enumLeaf = (name: string): Shape => ({ form: 'leaf', json: name, isEnum: true });
export const object = (fields: readonly (readonly [string, Input])[]): Shape => ({ form: 'object', fields });

/** The JSON value that an input stands for. */
export function plain(input: Input): Json {
  if (input.kind === 'written') return plainShape(input);
  const { value, fallback } = input.variable;
  return value === undefined ? (fallback ? plainShape(fallback) : null) : value;
}

export function plainShape(shape: Shape): Json {
  if (shape.form === 'leaf') return shape.json;
  if (shape.form === 'object') return new JsonObject(shape.fields.map(([name, input]) => [name, plain(input)]));
  const items = shape.items.map(plain);
  return shape.isBare && items.length === 1 ? (items[0] ?? null) : items;
}

/** An input as GraphQL text. */
export function print(input: Input, isBlock?: TextForms): string {
  return input.kind === 'variable' ? `$${input.variable.name}` : printShape(input, isBlock);
}

/** Writes some strings as block strings; the same string always in the same way. */
export type TextForms = (text: string) => boolean;

export function printShape(shape: Shape, isBlock?: TextForms): string {
  if (shape.form === 'leaf') return shape.isEnum ? String(shape.json as string) : printJson(shape.json, isBlock);
  if (shape.form === 'object') return `{${shape.fields.map(([name, input]) => `${name}: ${print(input, isBlock)}`).join(', ')}}`;
  const items = shape.items.map((input) => print(input, isBlock));
  return shape.isBare && items.length === 1 ? items.join('') : `[${items.join(', ')}]`;
}

function printJson(json: Json, isBlock?: TextForms): string {
  if (json instanceof Decimal) return json.toString();
  if (isList(json)) return `[${json.map((item) => printJson(item, isBlock)).join(', ')}]`;
  if (json instanceof JsonObject)
    return `{${json.entries.map(([key, item]) => `${key}: ${printJson(item, isBlock)}`).join(', ')}}`;
  if (typeof json !== 'string') return String(json);
  return isBlock?.(json) && fitsBlock(json) ? `"""${json}"""` : JSON.stringify(json);
}

/** A block string takes a text as it is unless it would trim it, or read an end or an escape in it. */
function fitsBlock(text: string): boolean {
  return /^[^\s"][^\n\r\t\u0000-\u001f]*[^\s"\\]$/.test(text) && !text.includes('"""');
}

/** Whether GraphQL can write a JSON value: the keys of its objects are names. */
export function isWritable(json: Json): boolean {
  if (isList(json)) return json.every(isWritable);
  if (!(json instanceof JsonObject)) return true;
  return json.entries.every(([key, item]) => /^[_A-Za-z][_0-9A-Za-z]*$/.test(key) && isWritable(item));
}
