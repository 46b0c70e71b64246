import type { Draw } from '../draw';
import type { ColumnModel, ForeignKeyModel, KeyModel, SchemaModel, TableModel } from '../schema/model';
import { SMALL } from './domain';
import { cellOf, elementOf, isEqual, Jsonb } from './types';
import type { Cell } from './types';

/** The cells of a row by column. */
export type Row = ReadonlyMap<ColumnModel, Cell>;

/** The rows of every table. */
export type State = ReadonlyMap<TableModel, readonly Row[]>;

export function cellAt(row: Row, column: ColumnModel): Cell {
  return row.get(column) ?? null;
}

export function rowsIn(state: State, table: TableModel): readonly Row[] {
  return state.get(table) ?? [];
}

/** Whether two rows have equal values, none of them null, in pairs of columns: the test of joins and keys. */
export function isJoined(left: Row, right: Row, pairs: readonly (readonly [ColumnModel, ColumnModel])[]): boolean {
  return pairs.every(([own, other]) => {
    const [a, b] = [cellAt(left, own), cellAt(right, other)];
    return a !== null && b !== null && isEqual(own.type, a, b);
  });
}

export function sharesKey(a: Row, b: Row, { columns }: KeyModel): boolean {
  return isJoined(
    a,
    b,
    columns.map((column) => [column, column] as const),
  );
}

/** The columns of a foreign key, each with the one that it refers to. */
export function pairsOf({ columns, targetColumns }: ForeignKeyModel): (readonly [ColumnModel, ColumnModel])[] {
  return columns.flatMap((column, index) => {
    const target = targetColumns[index];
    return target ? [[column, target] as const] : [];
  });
}

/** Rows that keep every constraint: up to nine a table, with nulls, duplicates and rows that others refer to. */
export function drawRows(draw: Draw, schema: SchemaModel): State {
  const state = new Map<TableModel, Row[]>();
  for (const table of schema.tables) {
    const rows: Row[] = [];
    state.set(table, rows);
    const count = draw.weighted([
      [1, 0],
      [1, 1],
      [8, draw.int(2, 9)],
    ] as const);
    for (let index = 0; index < count; index += 1) {
      const row = drawRow(draw, table, state);
      if (row && !table.keys.some((key) => rows.some((other) => sharesKey(row, other, key)))) rows.push(row);
    }
  }
  return state;
}

function drawRow(draw: Draw, table: TableModel, state: State): Row | undefined {
  const row = new Map<ColumnModel, Cell>(table.columns.map((column) => [column, drawCell(draw, column)]));
  for (const key of table.foreignKeys) if (!refer(draw, table, row, key, state)) return undefined;
  return row;
}

function drawCell(draw: Draw, { type, nullable, fallback }: ColumnModel): Cell {
  if (nullable && draw.chance(20)) return null;
  if (fallback?.kind === 'sequence') return cellOf(type, String(draw.int(1, 20)));
  if (type === 'jsonb' && draw.chance(8)) return new Jsonb(null);
  const cell = cellOf(type, SMALL.value(draw, type));
  return elementOf(type) && draw.chance(25) ? [...(cell as Cell[]), null] : cell;
}

/** Lets a row refer to one that is there, or to itself, or to nothing by a null (in one of the columns, when there are several). */
function refer(draw: Draw, table: TableModel, row: Map<ColumnModel, Cell>, key: ForeignKeyModel, state: State): boolean {
  const nullable = key.columns.every((column) => column.nullable);
  const whole = (target: Row): boolean => key.targetColumns.every((column) => cellAt(target, column) !== null);
  const targets = [...rowsIn(state, key.target), ...(key.target === table ? [row] : [])].filter(whole);
  if (nullable && draw.chance(25)) {
    row.set(draw.pick(key.columns), null);
    return true;
  }
  if (targets.length > 0) {
    const target = draw.pick(targets);
    for (const [own, other] of pairsOf(key)) row.set(own, cellAt(target, other));
    return true;
  }
  if (nullable) for (const column of key.columns) row.set(column, null);
  return nullable;
}
