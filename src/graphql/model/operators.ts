import type { Column, Table } from './model';
import type { ColumnType, Scalar } from './scalars';
import { BOOLEAN_SCALAR, INT_SCALAR, STRING_SCALAR, scalarColumn } from './scalars';

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
}

const EQUALITY = { _eq: '=', _neq: '<>' };
const ORDER = { _gt: '>', _gte: '>=', _lt: '<', _lte: '<=' };
const TEXT = {
  _ilike: 'ILIKE',
  _iregex: '~*',
  _like: 'LIKE',
  _nilike: 'NOT ILIKE',
  _niregex: '!~*',
  _nlike: 'NOT LIKE',
  _nregex: '!~',
  _nsimilar: 'NOT SIMILAR TO',
  _regex: '~',
  _similar: 'SIMILAR TO',
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
  if (type.isArray || type.scalar.name === 'jsonb') {
    operators.push(['_contains', { operand: own, sql: '@>' }], ['_contained_in', { operand: own, sql: '<@' }]);
  }
  if (!type.isArray && type.scalar.textual) operators.push(...same(TEXT));
  if (!type.isArray && type.scalar.extension) operators.push(...ltreeOperators(type, type.scalar.extension));
  if (!type.isArray && type.scalar.name === 'jsonb') {
    const string = scalarColumn(STRING_SCALAR);
    operators.push(['_has_key', { operand: { kind: 'value', type: string }, sql: '?' }]);
    operators.push(['_has_keys_any', { operand: { kind: 'list', type: string }, sql: '?|' }]);
    operators.push(['_has_keys_all', { operand: { kind: 'list', type: string }, sql: '?&' }]);
    operators.push(['_cast', { operand: { kind: 'cast' }, sql: '' }]);
  }
  return new Map(operators.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The operators of ltree; they live where the extension was installed, which need not be on the search path. */
function ltreeOperators(type: ColumnType, schema: string): [string, ComparisonOperator][] {
  const infix = (operator: string): string => `OPERATOR(${schema}.${operator})`;
  const pattern = (name: string): ColumnType => scalarColumn({ ...type.scalar, name, sql: `${schema}.${name}`, ordered: false });
  const value = (of: ColumnType): Operand => ({ kind: 'value', type: of });
  const list = (of: ColumnType): Operand => ({ kind: 'list', type: of });
  return [
    ['_ancestor', { operand: value(type), sql: infix('@>') }],
    ['_ancestor_any', { operand: list(type), sql: `${infix('@>')} ANY` }],
    ['_descendant', { operand: value(type), sql: infix('<@') }],
    ['_descendant_any', { operand: list(type), sql: `${infix('<@')} ANY` }],
    ['_matches', { operand: value(pattern('lquery')), sql: infix('~') }],
    ['_matches_any', { operand: list(pattern('lquery')), sql: `${infix('~')} ANY` }],
    ['_matches_fulltext', { operand: value(pattern('ltxtquery')), sql: infix('@') }],
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
}

const isJsonb = (column: Column): boolean => column.type.scalar.name === 'jsonb' && !column.type.isArray;
const own = (column: Column): ColumnType => column.type;
const textArray: ColumnType = { scalar: STRING_SCALAR, isArray: true, sql: 'text[]', name: '[String!]', comparison: '' };

const UPDATE_OPERATORS: readonly UpdateOperator[] = [
  {
    name: '_set',
    input: 'set_input',
    description: 'sets the columns of the filtered rows to the given values',
    takes: () => true,
    valueType: own,
  },
  {
    name: '_inc',
    input: 'inc_input',
    description: 'increments the numeric columns with given value of the filtered values',
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
    valueType: () => textArray,
    infix: '#-',
  },
];

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
  const ordered = columns.filter((column) => column.type.scalar.ordered);
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

export const COUNT_PREDICATE_TYPE = scalarColumn(INT_SCALAR);
export const BOOLEAN_PREDICATE_TYPE = scalarColumn(BOOLEAN_SCALAR);
