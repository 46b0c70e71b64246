import type { ColumnType, Scalar } from './scalars';
import { STRING_SCALAR, scalarColumn } from './scalars';

/** The operand of a comparison operator: the column's own type, a list of it, or a fixed one. */
export type Operand =
  | { readonly kind: 'value'; readonly type: ColumnType }
  | { readonly kind: 'list'; readonly type: ColumnType }
  | { readonly kind: 'isNull' }
  | { readonly kind: 'cast' };

export interface ComparisonOperator {
  readonly operand: Operand;
  /** The infix operator in SQL; the list forms are followed by `ANY` or `ALL`. */
  readonly sql: string;
  /** A function that the operand goes through. */
  readonly through?: string;
  readonly description?: string;
}

const EQUALITY = { _eq: '=', _neq: '<>' };
const ORDER = { _gt: '>', _gte: '>=', _lt: '<', _lte: '<=' };
const TEXT: Readonly<Record<string, readonly [sql: string, operator: string, pattern: string]>> = {
  _ilike: ['ILIKE', '~~*', 'case-insensitive pattern'],
  _iregex: ['~*', '~*', 'POSIX regular expression, case insensitive'],
  _like: ['LIKE', '~~', 'pattern'],
  _regex: ['~', '~', 'POSIX regular expression, case sensitive'],
  _similar: ['SIMILAR TO', '~', 'SQL regular expression'],
  _nilike: ['NOT ILIKE', '!~~*', 'case-insensitive pattern'],
  _niregex: ['!~*', '!~*', 'POSIX regular expression, case insensitive'],
  _nlike: ['NOT LIKE', '!~~', 'pattern'],
  _nregex: ['!~', '!~', 'POSIX regular expression, case sensitive'],
  _nsimilar: ['NOT SIMILAR TO', '!~', 'SQL regular expression'],
};

const cache = new WeakMap<Scalar, Map<boolean, ReadonlyMap<string, ComparisonOperator>>>();

/** The operators of `<S>_comparison_exp`, by name (contract 3). */
export function comparisonOperators(type: ColumnType): ReadonlyMap<string, ComparisonOperator> {
  const forms = cache.get(type.scalar) ?? new Map<boolean, ReadonlyMap<string, ComparisonOperator>>();
  cache.set(type.scalar, forms);
  const known = forms.get(type.isArray);
  if (known) return known;
  const made = makeOperators(type);
  forms.set(type.isArray, made);
  return made;
}

/** The operator of a type: by its schema, when the type has it there, since the search path may find one of another type. */
export function operatorSql({ isArray, scalar: { extension } }: ColumnType, operator: string): string {
  return extension?.operators.has(operator) && !isArray ? `OPERATOR(${extension.schema}.${operator})` : operator;
}

function makeOperators(type: ColumnType): ReadonlyMap<string, ComparisonOperator> {
  const own: Operand = { kind: 'value', type };
  const same = (entries: Readonly<Record<string, string>>): [string, ComparisonOperator][] =>
    Object.entries(entries).map(([name, sql]) => [name, { operand: own, sql: operatorSql(type, sql) }]);
  const operators = same(EQUALITY);
  if (!type.scalar.values) operators.push(...same(ORDER));
  operators.push(
    ['_in', { operand: { kind: 'list', type }, sql: `${operatorSql(type, '=')} ANY` }],
    ['_nin', { operand: { kind: 'list', type }, sql: `${operatorSql(type, '<>')} ALL` }],
  );
  operators.push(['_is_null', { operand: { kind: 'isNull' }, sql: 'IS NULL' }]);
  if (type.isArray) operators.push(...arrayOperators(own));
  else {
    const { textual, input, extension, sql } = type.scalar;
    if (textual) operators.push(...textOperators(type));
    if (input === 'ltree' && extension) operators.push(...ltreeOperators(type, extension.schema));
    if (sql === 'jsonb') operators.push(...jsonbOperators(own));
  }
  return new Map(operators.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOperators(type: ColumnType): [string, ComparisonOperator][] {
  // A pattern for one byte is longer than one byte.
  const operand: Operand = { kind: 'value', type: type.sql === '"char"' ? { ...type, sql: 'text' } : type };
  return Object.entries(TEXT).map(([name, [sql, operator, pattern]]) => {
    const description = `does the column ${name.startsWith('_n') ? 'NOT ' : ''}match the given ${pattern}`;
    const own = operatorSql(type, operator);
    if (own === operator) return [name, { operand, sql, description }];
    // What SIMILAR TO is short for.
    return [name, { operand, sql: own, description, ...(sql.endsWith('SIMILAR TO') ? { through: 'similar_to_escape' } : {}) }];
  });
}

function arrayOperators(operand: Operand): [string, ComparisonOperator][] {
  return [
    ['_contains', { operand, sql: '@>', description: 'does the array contain the given value' }],
    ['_contained_in', { operand, sql: '<@', description: 'is the array contained in the given array value' }],
  ];
}

function jsonbOperators(own: Operand): [string, ComparisonOperator][] {
  const string = scalarColumn(STRING_SCALAR);
  const operator = (operand: Operand, sql: string, description: string): ComparisonOperator => ({ operand, sql, description });
  const path: Operand = { kind: 'value', type: { ...string, sql: 'jsonpath' } };
  const keys = 'of these strings exist as top-level keys in the column';
  return [
    ['_cast', { operand: { kind: 'cast' }, sql: '' }],
    ['_contains', operator(own, '@>', 'does the column contain the given json value at the top level')],
    ['_contained_in', operator(own, '<@', 'is the column contained in the given json value')],
    ['_has_key', operator({ kind: 'value', type: string }, '?', 'does the string exist as a top-level key in the column')],
    ['_has_keys_any', operator({ kind: 'list', type: string }, '?|', `do any ${keys}`)],
    ['_has_keys_all', operator({ kind: 'list', type: string }, '?&', `do all ${keys}`)],
    ['_jsonb_path_exists', operator(path, '@?', 'does the jsonpath return any item for the specified JSON value')],
    ['_jsonb_path_match', operator(path, '@@', 'does the jsonpath predicate check return true for the specified JSON value')],
  ];
}

/** The operators of ltree; they live where the extension was installed, which need not be on the search path. */
function ltreeOperators(type: ColumnType, schema: string): [string, ComparisonOperator][] {
  const infix = (operator: string): string => `OPERATOR(${schema}.${operator})`;
  const value = (of: ColumnType): Operand => ({ kind: 'value', type: of });
  const list = (of: ColumnType): Operand => ({ kind: 'list', type: of });
  /** A type of the extension; lists of patterns are lists of strings in Hasura. */
  const pattern = (name: string, sqlType: string): ColumnType =>
    scalarColumn({ ...STRING_SCALAR, name, sql: `${schema}.${sqlType}` });
  const operator = (operand: Operand, sql: string, description: string): ComparisonOperator => ({ operand, sql, description });
  return [
    ['_ancestor', operator(value(type), infix('@>'), 'is the left argument an ancestor of right (or equal)?')],
    ['_ancestor_any', operator(list(type), `${infix('@>')} ANY`, 'does array contain an ancestor of `ltree`?')],
    ['_descendant', operator(value(type), infix('<@'), 'is the left argument a descendant of right (or equal)?')],
    ['_descendant_any', operator(list(type), `${infix('<@')} ANY`, 'does array contain a descendant of `ltree`?')],
    ['_matches', operator(value(pattern('lquery', 'lquery')), infix('~'), 'does `ltree` match `lquery`?')],
    [
      '_matches_any',
      operator(list(pattern('String', 'lquery')), `${infix('~')} ANY`, 'does `ltree` match any `lquery` in array?'),
    ],
    ['_matches_fulltext', operator(value(pattern('ltxtquery', 'ltxtquery')), infix('@'), 'does `ltree` match `ltxtquery`?')],
  ];
}
