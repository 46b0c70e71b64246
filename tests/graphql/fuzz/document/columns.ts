import type { ColumnModel, TableModel } from '../schema/model';
import type { Context } from './context';
import { enumLeaf } from './input';
import type { Input } from './input';
import { listShape } from './values';

/** A `[T_select_column!]` of some of the table's columns. */
export function columnsInput(context: Context, table: TableModel, min: number): Input {
  return listOf(context, table, () => context.draw.some(table.columns, min, 3), false);
}

/** One of just these columns. */
export function columnsFrom(context: Context, table: TableModel, columns: readonly ColumnModel[]): Input {
  return listOf(context, table, () => columns, true);
}

function listOf(context: Context, table: TableModel, choose: () => readonly ColumnModel[], isFixed: boolean): Input {
  const name = `${table.name}_select_column`;
  const item = (column: ColumnModel): Input => context.input(`${name}!`, () => enumLeaf(column.name), { isFixed: true });
  return context.input(`[${name}!]`, () => listShape(context, choose().map(item)), { isFixed });
}
