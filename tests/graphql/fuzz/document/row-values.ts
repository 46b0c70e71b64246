import type { Json } from '../data/json';
import { cellAt, pairsOf, rowsIn } from '../data/rows';
import type { Row } from '../data/rows';
import { jsonOf } from '../data/types';
import type { ColumnModel, ForeignKeyModel, TableModel } from '../schema/model';
import type { Context } from './context';
import { freshValue } from './fresh';

type Values = Map<ColumnModel, Json>;

/** Values for some columns of a new row: of keys that it refers to, and of a key that is taken when it is to collide. */
export function connectedValues(context: Context, table: TableModel, free: readonly ColumnModel[], collides: boolean): Values {
  const { draw } = context;
  const values: Values = new Map();
  const isFree = ({ columns }: { readonly columns: readonly ColumnModel[] }): boolean =>
    columns.every((column) => free.includes(column));
  for (const key of table.foreignKeys.filter(isFree)) if (draw.chance(90)) add(values, existingKey(context, key));
  const keys = table.keys.filter(isFree);
  if (collides && keys.length > 0 && draw.chance(65)) add(values, ownKey(context, table, draw.pick(keys).columns));
  return values;
}

function add(values: Values, more: Iterable<readonly [ColumnModel, Json]>): void {
  for (const [column, value] of more) values.set(column, value);
}

function ownKey(context: Context, table: TableModel, columns: readonly ColumnModel[]): [ColumnModel, Json][] {
  const row = someRow(context, table, columns);
  return row ? columns.map((column) => [column, jsonOf(column.type, cellAt(row, column))]) : [];
}

/** For the columns of a foreign key the key of a row that there is. */
function existingKey(context: Context, key: ForeignKeyModel): [ColumnModel, Json][] {
  const row = someRow(context, key.target, key.targetColumns);
  return row ? pairsOf(key).map(([own, other]) => [own, jsonOf(own.type, cellAt(row, other))]) : [];
}

/** One without a null in these columns. */
function someRow({ state, draw }: Context, table: TableModel, columns: readonly ColumnModel[]): Row | undefined {
  const rows = rowsIn(state, table).filter((row) => columns.every((column) => cellAt(row, column) !== null));
  return rows.length > 0 ? draw.pick(rows) : undefined;
}

/** A column of a key gets a value that no row has, and one that refers to a row the key of one, mostly. */
export function ownValue(context: Context, table: TableModel, column: ColumnModel): Json {
  const { draw, domain } = context;
  const reference = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);
  const [found] = reference && draw.chance(75) ? existingKey(context, reference) : [];
  if (found) return found[1];
  const isKey = table.keys.some(({ columns }) => columns.includes(column));
  return isKey && !context.hasMarks && draw.chance(80) ? freshValue(draw, column.type) : domain.value(draw, column.type);
}
