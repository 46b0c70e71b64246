import { Decimal } from '../data/decimal';
import { isNumeric, jsonOf } from '../data/types';
import { cellAt, rowsIn } from '../data/rows';
import type { ColumnModel, TableModel } from '../schema/model';
import type { Context } from './context';
import { leaf, object } from './input';
import type { Input, Shape } from './input';
import { keyText } from './operators';
import { ownValue } from './row-values';
import { chosenInput, listShape, valueInput } from './values';
import { whereInput } from './where';

type Field = [string, Input];

interface Operator {
  readonly name: string;
  readonly input: string;
  takes(column: ColumnModel): boolean;
  value(context: Context, table: TableModel, column: ColumnModel): Input;
}

const isJsonb = ({ type }: ColumnModel): boolean => type === 'jsonb';

const OPERATORS: readonly Operator[] = [
  {
    name: '_set',
    input: 'set_input',
    takes: () => true,
    value: (context, table, column) => chosenInput(context, column, () => ownValue(context, table, column)),
  },
  {
    name: '_inc',
    input: 'inc_input',
    takes: ({ type }) => isNumeric(type),
    value: (context, _, { type }) => valueInput(context, type),
  },
  { name: '_append', input: 'append_input', takes: isJsonb, value: (context) => valueInput(context, 'jsonb') },
  { name: '_prepend', input: 'prepend_input', takes: isJsonb, value: (context) => valueInput(context, 'jsonb') },
  {
    name: '_delete_key',
    input: 'delete_key_input',
    takes: isJsonb,
    value: (context) => context.input('String', () => leaf(keyText(context)), { purpose: 'key' }),
  },
  {
    name: '_delete_elem',
    input: 'delete_elem_input',
    takes: isJsonb,
    value: (context) => context.input('Int', () => leaf(indexOf(context)), { purpose: 'index' }),
  },
  { name: '_delete_at_path', input: 'delete_at_path_input', takes: isJsonb, value: (context) => pathInput(context) },
];

function indexOf({ draw, hasMarks, domain }: Context): Decimal {
  return hasMarks ? domain.count(draw) : Decimal.of(draw.int(0, 3) - 1);
}

function pathInput(context: Context): Input {
  const { draw } = context;
  const step = (): string => (draw.chance(60) ? keyText(context) : indexOf(context).toString());
  const make = (): Shape =>
    listShape(
      context,
      draw.times(0, 2, () => context.input('String!', () => leaf(step()))),
    );
  return context.input('[String!]', make);
}

/** The arguments that say what is changed: each column by one operator. */
export function changes(context: Context, table: TableModel): Field[] {
  const { draw } = context;
  const byOperator = new Map<Operator, ColumnModel[]>();
  const keys = [...table.keys, ...table.foreignKeys].flatMap(({ columns }) => columns);
  const others = table.columns.filter((column) => !keys.includes(column));
  const candidates = others.length > 0 && draw.chance(75) ? others : table.columns;
  for (const column of draw.some(candidates, draw.chance(95) ? 1 : 0, 3)) {
    const [set, ...special] = OPERATORS.filter((operator) => operator.takes(column));
    const operator = special.length > 0 && draw.chance(65) ? draw.pick(special) : set;
    if (operator) byOperator.set(operator, [...(byOperator.get(operator) ?? []), column]);
  }
  return [...byOperator].map(([operator, columns]) => {
    const make = (): Shape => object(columns.map((column) => [column.name, operator.value(context, table, column)]));
    return [operator.name, context.input(`${table.name}_${operator.input}`, make)];
  });
}

/** `T_pk_columns_input!`, of a row that there is more often than not. */
export function keyInput(context: Context, table: TableModel): Input {
  return context.input(`${table.name}_pk_columns_input!`, () => object(keyFields(context, table)));
}

/** A value for each column of the primary key. */
export function keyFields(context: Context, table: TableModel): Field[] {
  const { draw, state } = context;
  const rows = rowsIn(state, table);
  const row = rows.length > 0 && draw.chance(75) ? draw.pick(rows) : undefined;
  const columns = table.primaryKey?.columns ?? [];
  return draw.some(columns, columns.length, columns.length).map((column): Field => {
    if (!row) return [column.name, valueInput(context, column.type, true)];
    const json = jsonOf(column.type, cellAt(row, column));
    return [column.name, chosenInput(context, column, () => json, true)];
  });
}

/** `[T_updates!]!`. */
export function updatesInput(context: Context, table: TableModel): Input {
  const item = (): Input =>
    context.input(`${table.name}_updates!`, () =>
      object([['where', whereInput(context, table, true, 2)], ...changes(context, table)]),
    );
  return context.input(`[${table.name}_updates!]!`, () => listShape(context, context.draw.times(0, 3, item)));
}
