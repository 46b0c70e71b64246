import type { DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { GraphQLError, Kind, parse, visit } from 'graphql';
import { RequestError, validationFailed } from '../errors';
import type { Limits } from './limits';
import type { Declaration } from './variables';
import { declarations } from './variables';

/** How many values of arguments a request may have once its fragments are written out. A long text counts as several. */
export const MAX_VALUES = 200_000;
export const BYTES_A_VALUE = 100;
/** How often a request may ask for the whole schema, or for a type of it: their texts are long. */
export const MAX_SCHEMAS = 2;
export const MAX_TYPES = 1_000;

/** One operation of a document, with what it reaches. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly declared: ReadonlyMap<string, Declaration>;
  /** The variables that the operation uses anywhere, also in what is skipped. */
  readonly used: ReadonlySet<string>;
}

/**
 * Parses a document and chooses its operation; only that one is validated.
 * @throws RequestError for a syntax error, a choice that fails, fragments that are undefined or form a cycle, variables
 * that are not declared, or what is over a limit.
 */
export function prepare(query: string, operationName: string | null, limits: Limits): PreparedOperation {
  const document = parseDocument(query);
  const operation = chooseOperation(document, operationName);
  const all = fragmentsOf(document);
  const reached = reachFragments(operation.selectionSet, all);
  const fragments = new Map([...all].filter(([name]) => reached.has(name)));
  limitDepth(operation.selectionSet, fragments, limits.depth);
  const declared = declarations(operation);
  const nodes = [operation, ...fragments.values()];
  limitAliases(nodes, limits.aliases);
  const used = usedVariables(nodes);
  for (const name of used) if (!declared.has(name)) throw validationFailed('$', `unbound variable "${name}"`);
  return { operation, fragments, declared, used };
}

function parseDocument(query: string): DocumentNode {
  try {
    const document = parse(query, { noLocation: true });
    const executable = document.definitions.every(
      ({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION,
    );
    if (executable) return document;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new RequestError('validation-failed', '$.query', 'not a valid graphql query', { cause: error });
  }
  throw validationFailed('$.query', 'not a valid graphql query');
}

function chooseOperation(document: DocumentNode, operationName: string | null): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operationName === null) {
    const [only] = operations;
    if (only && operations.length === 1) return only;
    throw validationFailed('$', 'exactly one operation has to be present in the document when operationName is not specified');
  }
  if (operations.some((node) => !node.name)) {
    throw validationFailed('$', 'operationName cannot be used when an anonymous operation exists in the document');
  }
  const [chosen, other] = operations.filter((node) => node.name?.value === operationName);
  if (other) throw new RequestError('parse-failed', '$', `multiple definitions for operation "${operationName}"`);
  if (!chosen) throw validationFailed('$', `no such operation found in the document: "${operationName}"`);
  return chosen;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const name = node.name.value;
    if (fragments.has(name)) throw new RequestError('parse-failed', '$', `multiple definitions for fragment "${name}"`);
    fragments.set(name, node);
  }
  return fragments;
}

/** The names of the fragments that a selection reaches. In paths of errors a fragment's name stands as a field's does. */
function reachFragments(start: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Set<string> {
  const done = new Set<string>();
  const walk = (set: SelectionSetNode, open: readonly string[], path: string): void => {
    const own = `${path}.selectionSet`;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        if (node.selectionSet) walk(node.selectionSet, open, `${own}.${node.name.value}`);
      } else if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet, open, path);
      else {
        const name = node.name.value;
        if (open.includes(name)) {
          const cycle = open.slice(open.indexOf(name));
          throw validationFailed(own, `the fragment definition(s) ${listing(cycle)} form a cycle`);
        }
        const fragment = fragments.get(name);
        if (!fragment) throw validationFailed(own, `reference to undefined fragment "${name}"`);
        if (done.has(name)) continue;
        walk(fragment.selectionSet, [...open, name], `${own}.${name}`);
        done.add(name);
      }
    }
  };
  walk(start, [], '$');
  return done;
}

/** `a`, `a and b`, `a, b, and c`. */
function listing(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
}

function limitDepth(start: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, most: number): void {
  const known = new Map<string, number>();
  const depth = (set: SelectionSetNode): number => {
    let deepest = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) deepest = Math.max(deepest, 1 + (node.selectionSet ? depth(node.selectionSet) : 0));
      else if (node.kind === Kind.INLINE_FRAGMENT) deepest = Math.max(deepest, depth(node.selectionSet));
      else {
        const name = node.name.value;
        const fragment = fragments.get(name);
        const found = known.get(name) ?? (fragment ? depth(fragment.selectionSet) : 0);
        known.set(name, found);
        deepest = Math.max(deepest, found);
      }
    }
    return deepest;
  };
  if (depth(start) > most) throw validationFailed('$.query', `the query nests fields deeper than ${most} levels`);
}

function limitAliases(nodes: readonly (OperationDefinitionNode | FragmentDefinitionNode)[], most: number): void {
  let aliases = 0;
  const count = { Field: ({ alias }: FieldNode) => void (alias && ++aliases) };
  for (const node of nodes) visit(node, count);
  if (aliases > most) throw validationFailed('$.query', `the query has more than ${most} aliases`);
}

function usedVariables(nodes: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): Set<string> {
  const used = new Set<string>();
  for (const node of nodes) {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => {
        used.add(name.value);
      },
    });
  }
  return used;
}
