import type { ValueNode } from 'graphql';
import { Kind } from 'graphql';
import { validationFailed } from '../errors';
import type { ColumnType } from '../model';
import { columnEncoder, foundValue, listEncoder } from './encode';
import type { Request } from './request';
import { Sql } from './sql';
import type { ValueSlot } from './sql';
import type { Template } from './template';
import { fill, literalTemplate, valueAt } from './template';
import { isUsable } from './variables';

/** A value that an argument was given: a literal of the document, or a variable's value or a part of it. */
export type Input =
  | { readonly kind: 'literal'; readonly node: ValueNode }
  | { readonly kind: 'variable'; readonly name: string; readonly keys: readonly (string | number)[] };

/** An argument's or an object's fields, with the path of the whole. */
export type Fields = ReadonlyMap<string, Input>;

/**
 * The input that a literal or a variable of the document is, at a position of the given GraphQL type, which may have its
 * default behind it: `[Int!]! = []`.
 * @throws RequestError for a variable that is declared with another type.
 */
export function inputOf(request: Request, node: ValueNode, position: string, path: string): Input {
  if (node.kind !== Kind.VARIABLE) return { kind: 'literal', node };
  const name = node.name.value;
  const declaration = request.declared.get(name);
  if (!declaration) throw new Error(`variable ${name} was let through without a declaration`);
  const [expected = '', fallback] = position.split(' = ');
  if (!isUsable(declaration, expected, fallback !== undefined)) {
    throw validationFailed(
      path,
      `variable '${name}' is declared as '${declaration.type}', but used where '${expected}' is expected`,
    );
  }
  return { kind: 'variable', name, keys: [] };
}

export function isNull(request: Request, input: Input): boolean {
  if (input.kind === 'literal') return input.node.kind === Kind.NULL;
  return request.ask(input.name, input.keys, 'shape') === 'null';
}

/** The fields of an input object. Every one must be in `types` (field → GraphQL type), or the error names the object's type. */
export function objectFields(request: Request, input: Input, typeName: string, types: FieldTypes, path: string): Fields {
  const fields = new Map<string, Input>();
  const typeOf = (name: string): string => {
    const type = types(name);
    if (type === undefined) throw validationFailed(`${path}.${name}`, `field '${name}' not found in type: '${typeName}'`);
    return type;
  };
  if (input.kind === 'literal') {
    if (input.node.kind !== Kind.OBJECT) throw expected('an object', typeName, input, request, path);
    request.countValues(input.node.fields.length, 0, path);
    for (const { name, value } of input.node.fields) {
      if (fields.has(name.value)) throw validationFailed(path, `there can be only one input field named '${name.value}'`);
      fields.set(name.value, inputOf(request, value, typeOf(name.value), `${path}.${name.value}`));
    }
    return fields;
  }
  const shape = request.ask(input.name, input.keys, 'shape');
  if (!shape.startsWith('{')) throw expected('an object', typeName, input, request, path);
  const names = JSON.parse(shape.slice(1)) as string[];
  request.countValues(names.length, 0, path);
  for (const name of names) {
    if (!GRAPHQL_NAME.test(name)) {
      const reason = 'which is not a legal GraphQL name';
      throw validationFailed(path, `variable value contains object with key "${name}", ${reason}`);
    }
    typeOf(name);
    fields.set(name, { ...input, keys: [...input.keys, name] });
  }
  return fields;
}

export type FieldTypes = (name: string) => string | undefined;

/** The types of fields that are the same for every table. Names that clients send may be those of an object's own properties. */
export function fieldTypes(types: Readonly<Record<string, string>>): FieldTypes {
  return (name) => (Object.hasOwn(types, name) ? types[name] : undefined);
}

const GRAPHQL_NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** The elements of a list with their paths; a single value is a list of one. Null is refused. */
export function listItems(request: Request, input: Input, itemType: string, path: string): { item: Input; path: string }[] {
  if (isNull(request, input)) throw validationFailed(path, 'expected a list, but found null');
  if (input.kind === 'literal') {
    if (input.node.kind !== Kind.LIST) return [{ item: input, path: `${path}[0]` }];
    request.countValues(input.node.values.length, 0, path);
    return input.node.values.map((node, index) => ({
      item: inputOf(request, node, itemType, `${path}[${index}]`),
      path: `${path}[${index}]`,
    }));
  }
  const shape = request.ask(input.name, input.keys, 'shape');
  if (!shape.startsWith('[')) return [{ item: input, path: `${path}[0]` }];
  const length = Number(shape.slice(1));
  request.countValues(length, 0, path);
  return Array.from({ length }, (_, index) => ({
    item: { ...input, keys: [...input.keys, index] },
    path: `${path}[${index}]`,
  }));
}

/** The name of an enum value, one of those given. */
export function enumValue(request: Request, input: Input, typeName: string, values: readonly string[], path: string): string {
  let found: unknown;
  if (input.kind === 'literal') {
    if (input.node.kind !== Kind.ENUM) throw expected('an enum value', typeName, input, request, path);
    found = input.node.value;
  } else found = JSON.parse(request.ask(input.name, input.keys, 'value'));
  if (typeof found !== 'string') throw expected('an enum value', typeName, input, request, path);
  if (values.includes(found)) return found;
  const choices = values.map((value) => `'${value}'`).join(', ');
  throw validationFailed(path, `expected one of the values [${choices}] for type '${typeName}', but found '${found}'`);
}

/** A boolean that the SQL's text depends on. */
export function booleanValue(request: Request, input: Input, path: string): boolean {
  const value =
    input.kind === 'literal'
      ? fill(literalTemplate(input.node), new Map())
      : JSON.parse(request.ask(input.name, input.keys, 'value'));
  if (typeof value === 'boolean') return value;
  throw expected('a boolean', 'Boolean', input, request, path);
}

/** A string that the answer's text depends on. */
export function stringValue(request: Request, input: Input, path: string): string {
  if (input.kind === 'literal' && input.node.kind === Kind.STRING) return input.node.value;
  const value: unknown = input.kind === 'variable' ? JSON.parse(request.ask(input.name, input.keys, 'value')) : undefined;
  if (typeof value === 'string') return value;
  throw expected('a string', 'String', input, request, path);
}

function templateOf(input: Input): Template {
  return input.kind === 'literal' ? literalTemplate(input.node) : input;
}

/** A parameter that takes this input. A literal is encoded at once, so that what is wrong with it is said when the document is compiled. */
export function parameter(
  request: Request,
  input: Input,
  type: string,
  encode: (value: unknown) => string | null,
  path: string,
): Sql {
  const source = templateOf(input);
  if (source.kind !== 'constant') return new Sql([{ kind: 'value', source, encode, type } satisfies ValueSlot]);
  const text = encode(source.value);
  request.countValues(1, text?.length ?? 0, path);
  return new Sql([{ kind: 'value', source: { kind: 'constant', value: text }, encode: () => text, type } satisfies ValueSlot]);
}

/** Refuses a literal of another kind where a GraphQL enum is expected; JSON has only strings for it. */
function checkEnum({ scalar }: ColumnType, node: ValueNode, path: string): void {
  if (!scalar.values || node.kind === Kind.ENUM || node.kind === Kind.NULL || node.kind === Kind.VARIABLE) return;
  throw validationFailed(path, `expected an enum value for type '${scalar.name}', but found ${LITERALS[node.kind]}`);
}

/** A parameter of a column's type. */
export function columnParameter(request: Request, input: Input, type: ColumnType, path: string, nullable: boolean): Sql {
  if (input.kind === 'literal') checkEnum(type, input.node, path);
  return parameter(request, input, type.sql, columnEncoder(type, path, nullable), path);
}

/** A parameter for a list of values of a scalar type, as a Postgres array; neither the list nor an element may be null. */
export function listParameter(request: Request, input: Input, type: ColumnType, path: string): Sql {
  if (input.kind === 'literal') {
    const nodes = input.node.kind === Kind.LIST ? input.node.values : [input.node];
    nodes.forEach((node, index) => {
      checkEnum(type, node, `${path}[${index}]`);
      inputOf(request, node, `${type.name}!`, `${path}[${index}]`);
    });
  }
  return parameter(request, input, `${type.sql}[]`, listEncoder(type.scalar, path), path);
}

/** A parameter for `limit` or `offset`. */
export function windowParameter(
  request: Request,
  input: Input,
  encoder: (path: string, describe?: (value: unknown) => string) => (value: unknown) => string | null,
  path: string,
): Sql {
  const literal = input.kind === 'literal' ? LITERALS[input.node.kind] : undefined;
  return parameter(request, input, 'int8', literal === undefined ? encoder(path) : encoder(path, () => literal), path);
}

function expected(what: string, typeName: string, input: Input, request: Request, path: string): Error {
  return validationFailed(path, `expected ${what} for type '${typeName}', but found ${found(request, input)}`);
}

/** What an input is, as Hasura says it. */
function found(request: Request, input: Input): string {
  if (input.kind === 'variable') return foundValue(valueAt(request.values.get(input.name) ?? null, input.keys));
  return LITERALS[input.node.kind];
}

const LITERALS: Readonly<Record<ValueNode['kind'], string>> = {
  [Kind.NULL]: 'null',
  [Kind.INT]: 'an integer',
  [Kind.FLOAT]: 'a float',
  [Kind.STRING]: 'a string',
  [Kind.BOOLEAN]: 'a boolean',
  [Kind.ENUM]: 'an enum value',
  [Kind.LIST]: 'a list',
  [Kind.OBJECT]: 'an object',
  [Kind.VARIABLE]: 'a variable',
};
