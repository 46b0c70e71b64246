import type { Column, Table } from './model';
import type { ColumnType, Scalar } from './scalars';
import { INT_SCALAR, STRING_SCALAR, scalarColumn } from './scalars';

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
  readonly description?: string;
}

const EQUALITY = { _eq: '=', _neq: '<>' };
const ORDER = { _gt: '>', _gte: '>=', _lt: '<', _lte: '<=' };
const TEXT: Readonly<Record<string, readonly [sql: string, pattern: string]>> = {
  _ilike: ['ILIKE', 'case-insensitive pattern'],
  _iregex: ['~*', 'POSIX regular expression, case insensitive'],
  _like: ['LIKE', 'pattern'],
  _regex: ['~', 'POSIX regular expression, case sensitive'],
  _similar: ['SIMILAR TO', 'SQL regular expression'],
  _nilike: ['NOT ILIKE', 'case-insensitive pattern'],
  _niregex: ['!~*', 'POSIX regular expression, case insensitive'],
  _nlike: ['NOT LIKE', 'pattern'],
  _nregex: ['!~', 'POSIX regular expression, case sensitive'],
  _nsimilar: ['NOT SIMILAR TO', 'SQL regular expression'],
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

function makeOperators(type: ColumnType): ReadonlyMap<string, ComparisonOperator> {
  const own: Operand = { kind: 'value', type };
  const { extension } = type.scalar;
  const infix = (operator: string): string => (extension ? `OPERATOR(${extension}.${operator})` : operator);
  const same = (entries: Readonly<Record<string, string>>): [string, ComparisonOperator][] =>
    Object.entries(entries).map(([name, sql]) => [name, { operand: own, sql: type.isArray ? sql : infix(sql) }]);
  const operators = same(EQUALITY);
  if (!type.scalar.values) operators.push(...same(ORDER));
  operators.push(
    ['_in', { operand: { kind: 'list', type }, sql: type.isArray ? '= ANY' : `${infix('=')} ANY` }],
    ['_nin', { operand: { kind: 'list', type }, sql: type.isArray ? '<> ALL' : `${infix('<>')} ALL` }],
  );
  operators.push(['_is_null', { operand: { kind: 'isNull' }, sql: 'IS NULL' }]);
  if (type.isArray) operators.push(...arrayOperators(own));
  else {
    if (type.scalar.textual) operators.push(...textOperators(type));
    if (extension) operators.push(...ltreeOperators(type, extension));
    if (type.scalar.name === 'jsonb') operators.push(...jsonbOperators(own));
  }
  return new Map(operators.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOperators(type: ColumnType): [string, ComparisonOperator][] {
  // A pattern for one byte is longer than one byte.
  const operand: Operand = { kind: 'value', type: type.sql === '"char"' ? { ...type, sql: 'text' } : type };
  return Object.entries(TEXT).map(([name, [sql, pattern]]) => {
    const description = `does the column ${name.startsWith('_n') ? 'NOT ' : ''}match the given ${pattern}`;
    return [name, { operand, sql, description }];
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

/** An update operator of `update_T`: which columns take it, the value's type, and what is assigned. */
export interface UpdateOperator {
  readonly name: string;
  /** The suffix of its input type: `T_set_input`. */
  readonly input: string;
  readonly description: string;
  takes(column: Column): boolean;
  valueType(column: Column): ColumnType;
  /** The operator between the column and the value; undefined assigns the value itself. */
  readonly infix?: string;
  /** The value stands before the column. */
  readonly valueFirst?: boolean;
  /** The input type's description where it is not the operator's. */
  readonly inputDescription?: string;
  /** Its value is a list of the value type. */
  readonly takesList?: boolean;
  /** Its value may be null whatever the column is. */
  readonly takesNull?: boolean;
}

const isJsonb = (column: Column): boolean => column.type.scalar.name === 'jsonb' && !column.type.isArray;
const own = (column: Column): ColumnType => column.type;

const UPDATE_OPERATORS: readonly UpdateOperator[] = [
  {
    name: '_set',
    input: 'set_input',
    description: 'sets the columns of the filtered rows to the given values',
    inputDescription: 'input type for updating data in table',
    takes: () => true,
    valueType: own,
  },
  {
    name: '_inc',
    input: 'inc_input',
    description: 'increments the numeric columns with given value of the filtered values',
    inputDescription: 'input type for incrementing numeric columns in table',
    takes: (column) => column.type.scalar.numeric && !column.type.isArray,
    valueType: own,
    infix: '+',
  },
  {
    name: '_append',
    input: 'append_input',
    description: 'append existing jsonb value of filtered columns with new jsonb value',
    takes: isJsonb,
    valueType: own,
    infix: '||',
  },
  {
    name: '_prepend',
    input: 'prepend_input',
    description: 'prepend existing jsonb value of filtered columns with new jsonb value',
    takes: isJsonb,
    valueType: own,
    infix: '||',
    valueFirst: true,
  },
  {
    name: '_delete_key',
    input: 'delete_key_input',
    description: 'delete key/value pair or string element. key/value pairs are matched based on their key value',
    takes: isJsonb,
    valueType: () => scalarColumn(STRING_SCALAR),
    infix: '-',
    takesNull: true,
  },
  {
    name: '_delete_elem',
    input: 'delete_elem_input',
    description:
      'delete the array element with specified index (negative integers count from the end). throws an error if top level container is not an array',
    takes: isJsonb,
    valueType: () => scalarColumn(INT_SCALAR),
    infix: '-',
  },
  {
    name: '_delete_at_path',
    input: 'delete_at_path_input',
    description: 'delete the field or element with specified path (for JSON arrays, negative integers count from the end)',
    takes: isJsonb,
    valueType: () => scalarColumn(STRING_SCALAR),
    infix: '#-',
    takesList: true,
  },
];

/** The GraphQL type of an update operator's value for a column. */
export function updateValueType(operator: UpdateOperator, column: Column): string {
  const { name } = operator.valueType(column);
  return operator.takesList ? `[${name}!]` : name;
}

export function writableColumns(table: Table): Column[] {
  return [...table.columns.values()].filter((column) => !column.readOnly);
}

/** The update operators that some column of the table takes, with those columns. */
export function updateOperators(table: Table): { operator: UpdateOperator; columns: Column[] }[] {
  return UPDATE_OPERATORS.map((operator) => ({
    operator,
    columns: writableColumns(table).filter((column) => operator.takes(column)),
  })).filter(({ columns }) => columns.length > 0);
}

/** Aggregates over numeric columns; all but `sum` are of type Float. */
const NUMERIC_AGGREGATES = ['avg', 'stddev', 'stddev_pop', 'stddev_samp', 'sum', 'var_pop', 'var_samp', 'variance'] as const;
const ORDERED_AGGREGATES = ['max', 'min'] as const;
export type AggregateFunction = (typeof NUMERIC_AGGREGATES)[number] | (typeof ORDERED_AGGREGATES)[number];

/** The aggregate functions that some column of the table takes, with those columns. */
export function aggregateFunctions(table: Table): ReadonlyMap<AggregateFunction, Column[]> {
  const columns = [...table.columns.values()];
  const result = new Map<AggregateFunction, Column[]>();
  const numeric = columns.filter((column) => column.type.scalar.numeric && !column.type.isArray);
  const ordered = columns.filter(({ type }) => type.isArray || type.scalar.ordered);
  for (const name of [...NUMERIC_AGGREGATES, ...ORDERED_AGGREGATES].sort()) {
    const takers = name === 'max' || name === 'min' ? ordered : numeric;
    if (takers.length > 0) result.set(name, takers);
  }
  return result;
}

/** The GraphQL type of an aggregate of a column. */
export function aggregateType(name: AggregateFunction, column: Column): string {
  return name === 'sum' || name === 'max' || name === 'min' ? column.type.name : 'Float';
}

export const ORDER_DIRECTIONS: Readonly<Record<string, string>> = {
  asc: 'ASC NULLS LAST',
  asc_nulls_first: 'ASC NULLS FIRST',
  asc_nulls_last: 'ASC NULLS LAST',
  desc: 'DESC NULLS FIRST',
  desc_nulls_first: 'DESC NULLS FIRST',
  desc_nulls_last: 'DESC NULLS LAST',
};
