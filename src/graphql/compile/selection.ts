import type { ArgumentNode, DirectiveNode, FieldNode, SelectionNode, SelectionSetNode } from 'graphql';
import { Kind, print } from 'graphql';
import { validationFailed } from '../errors';
import type { FieldTypes, Fields, Input } from './input';
import { booleanValue, inputOf, isNull } from './input';
import type { Request } from './request';

/** A selected field: those of one response key are one. */
export interface SelectedField {
  readonly key: string;
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
  readonly selectionSets: readonly SelectionSetNode[];
  readonly path: string;
}

/** The fields of selection sets on one object type, fragments written out and directives applied, in order of their first mention. */
export function collect(request: Request, sets: readonly SelectionSetNode[], typeName: string, path: string): SelectedField[] {
  const known = request.collected.get(sets);
  if (known) return known;
  const fields = new Map<string, SelectedField>();
  const visited = new Set<string>();
  const walk = (selections: readonly SelectionNode[]): void => {
    for (const node of selections) {
      request.countField(path);
      if (!isIncluded(request, node.directives ?? [], node.kind, path)) continue;
      if (node.kind === Kind.FIELD) add(fields, node, path);
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (!node.typeCondition || node.typeCondition.name.value === typeName) walk(node.selectionSet.selections);
      } else {
        const fragment = request.fragments.get(node.name.value);
        if (!fragment || visited.has(node.name.value)) continue;
        visited.add(node.name.value);
        if (fragment.typeCondition.name.value === typeName) walk(fragment.selectionSet.selections);
      }
    }
  };
  for (const set of sets) walk(set.selections);
  const collected = [...fields.values()];
  request.collected.set(sets, collected);
  return collected;
}

function add(fields: Map<string, SelectedField>, node: FieldNode, path: string): void {
  const key = node.alias?.value ?? node.name.value;
  const name = node.name.value;
  const earlier = fields.get(key);
  const sets = node.selectionSet ? [node.selectionSet] : [];
  if (!earlier) {
    fields.set(key, { key, name, arguments: node.arguments ?? [], selectionSets: sets, path: `${path}.${name}` });
    return;
  }
  if (earlier.name !== name) {
    throw validationFailed(path, `selection of both '${earlier.name}' and '${name}' specify the same response name, '${key}'`);
  }
  if (argumentsText(earlier.arguments) !== argumentsText(node.arguments ?? [])) {
    throw validationFailed(path, `inconsistent arguments between multiple selections of field '${name}'`);
  }
  fields.set(key, { ...earlier, selectionSets: [...earlier.selectionSets, ...sets] });
}

function argumentsText(nodes: readonly ArgumentNode[]): string {
  return nodes.map(print).sort().join();
}

/** Lets a subscription have several root fields, as Hasura's directive of that name. */
export const MULTIPLE_ROOTS = '_multiple_top_level_fields';

const SELECTIONS: readonly string[] = [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT];
const DIRECTIVE_PLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ['include', SELECTIONS],
  ['skip', SELECTIONS],
  ['cached', ['query']],
  [MULTIPLE_ROOTS, ['subscription']],
]);

/** Refuses directives that do not exist, are repeated, or stand in the wrong place. */
export function checkDirectives(directives: readonly DirectiveNode[], place: string, path: string): void {
  const names = directives.map((directive) => directive.name.value);
  for (const name of names) {
    const places = DIRECTIVE_PLACES.get(name);
    if (!places) throw validationFailed(path, `directive '${name}' is not defined in the schema`);
    if (!places.includes(place)) throw validationFailed(path, `directive '${name}' is not allowed on ${placeText(place)}`);
  }
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  if (repeated.length > 0) {
    const list = [...new Set(repeated)].map((name) => `'${name}'`).join(', ');
    throw validationFailed(path, `the following directives are used more than once: [${list}]`);
  }
}

/** Hasura writes spreads out as inline fragments before it looks at their directives. */
function placeText(place: string): string {
  if (place === Kind.FIELD) return 'a field';
  return place === Kind.FRAGMENT_SPREAD || place === Kind.INLINE_FRAGMENT ? 'an inline fragment' : `a ${place}`;
}

function isIncluded(request: Request, directives: readonly DirectiveNode[], place: string, path: string): boolean {
  if (directives.length === 0) return true;
  checkDirectives(directives, place, path);
  return directives.every((directive) => {
    const name = directive.name.value;
    const own = `${path}.${name}`;
    const given = directive.arguments ?? [];
    const other = given.find((each) => each.name.value !== 'if');
    if (other) throw validationFailed(own, `'${name}' has no argument named '${other.name.value}'`);
    const [argument] = given;
    if (!argument) throw validationFailed(`${own}.args.if`, "missing required field 'if'");
    const value = booleanValue(request, inputOf(request, argument.value, 'Boolean!', `${own}.args.if`), `${own}.args.if`);
    return name === 'include' ? value : !value;
  });
}

/**
 * The arguments of a field by name. Null (or a variable without a value) counts as absent for those that are `nullable`;
 * the others refuse it where they are read.
 */
export function argumentsOf(request: Request, field: SelectedField, types: FieldTypes, nullable: readonly string[] = []): Fields {
  const found = new Map<string, Input>();
  const skipped = new Set<string>();
  for (const { name, value } of field.arguments) {
    const type = types(name.value);
    if (type === undefined) throw validationFailed(field.path, `'${field.name}' has no argument named '${name.value}'`);
    if (found.has(name.value) || skipped.has(name.value))
      throw validationFailed(field.path, `there can be only one argument named '${name.value}'`);
    const input = inputOf(request, value, type, `${field.path}.args.${name.value}`);
    if (nullable.includes(name.value) && isNull(request, input)) skipped.add(name.value);
    else found.set(name.value, input);
  }
  return found;
}

export function required(fields: Fields, name: string, path: string): Input {
  const input = fields.get(name);
  if (!input) throw validationFailed(`${path}.${name}`, `missing required field '${name}'`);
  return input;
}

/** The sub-selection of a field of an object type. */
export function selectionSetsOf(field: SelectedField, typeName: string): readonly SelectionSetNode[] {
  if (field.selectionSets.length > 0) return field.selectionSets;
  throw validationFailed(`${field.path}.selectionSet`, `missing selection set for '${typeName}'`);
}

/** Refuses arguments. */
export function expectNoArguments({ name, path, arguments: [argument] }: SelectedField): void {
  if (argument) throw validationFailed(path, `'${name}' has no argument named '${argument.name.value}'`);
}

/** Refuses a sub-selection, and arguments unless the field takes some. */
export function expectLeaf(field: SelectedField, takesArguments = false): void {
  if (field.selectionSets.length > 0) throw validationFailed(field.path, 'unexpected subselection set for non-object field');
  if (!takesArguments) expectNoArguments(field);
}

export function fieldNotFound(field: SelectedField, typeName: string): Error {
  return validationFailed(field.path, `field '${field.name}' not found in type: '${typeName}'`);
}
