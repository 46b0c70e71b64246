import type { OperationDefinitionNode, TypeNode } from 'graphql';
import { Kind, print } from 'graphql';
import { RequestError, validationFailed } from '../errors';
import { fill, literalTemplate } from './template';

/** A variable as the operation declares it. */
export interface Declaration {
  readonly name: string;
  /** As written, e.g. `[Int!]!`. */
  readonly type: string;
  /** The default's JSON value; undefined without one. */
  readonly fallback: unknown;
}

export function declarations(operation: OperationDefinitionNode): Map<string, Declaration> {
  const declared = new Map<string, Declaration>();
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (declared.has(name)) throw new RequestError('parse-failed', '$', `multiple definitions for variable "${name}"`);
    const fallback = defaultValue ? fill(literalTemplate(defaultValue), new Map()) : undefined;
    declared.set(name, { name, type: typeText(type), fallback });
  }
  return declared;
}

function typeText(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : print(type);
}

/**
 * The value of every declared variable: what the request gives, else the default, else null.
 * @throws RequestError for a missing or null value of a non-null type, and for a value that the operation does not use.
 */
export function variableValues(
  declared: ReadonlyMap<string, Declaration>,
  used: ReadonlySet<string>,
  given: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { name, type, fallback } of declared.values()) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && fallback === undefined && type.endsWith('!')) {
      throw validationFailed('$', `expecting a value for non-nullable variable: "${name}"`);
    }
    if (value === null && type.endsWith('!')) throw validationFailed('$', `null value found for non-nullable type: "${type}"`);
    values.set(name, value === undefined ? (fallback ?? null) : value);
  }
  const unexpected = Object.keys(given).filter((name) => given[name] !== undefined && !used.has(name));
  if (unexpected.length > 0) throw validationFailed('$', `unexpected variables in variableValues: ${unexpected.join(', ')}`);
  return values;
}

/**
 * Whether a variable may stand where a type is expected: the names are equal, and list and null as GraphQL has them.
 * A nullable variable may stand at a non-null position only if one of them has a default that is not null.
 */
export function isUsable(declaration: Declaration, expected: string, positionHasDefault: boolean): boolean {
  const { type, fallback } = declaration;
  const hasDefault = positionHasDefault || (fallback !== undefined && fallback !== null);
  if (expected.endsWith('!') && !type.endsWith('!') && hasDefault) return isSubtype(type, expected.slice(0, -1));
  return isSubtype(type, expected);
}

function isSubtype(type: string, expected: string): boolean {
  if (expected.endsWith('!')) return type.endsWith('!') && isSubtype(type.slice(0, -1), expected.slice(0, -1));
  if (type.endsWith('!')) return isSubtype(type.slice(0, -1), expected);
  if (type.startsWith('[') && expected.startsWith('[')) return isSubtype(type.slice(1, -1), expected.slice(1, -1));
  return type === expected;
}
