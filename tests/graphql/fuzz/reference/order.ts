import { JsonObject } from '../data/json';
import type { Json } from '../data/json';
import { cellAt } from '../data/rows';
import type { Row, State } from '../data/rows';
import { Decimal } from '../data/decimal';
import { compareCells, compareFloats, isFloat } from '../data/types';
import type { Cell, TypeName } from '../data/types';
import type { ColumnModel, TableModel } from '../schema/model';
import { aggregate } from './aggregate';
import { listOf } from './operators';
import { columnNamed, relatedRows } from './where';

/** What a row is sorted by. */
export interface Key {
  readonly direction: string;
  readonly type: TypeName;
  /** A column of the table itself. */
  readonly column: ColumnModel | undefined;
  /** The value was rounded on its way: nearly equal ones may come either way. */
  readonly isRounded: boolean;
  value(row: Row): Cell;
}

export function columnKey(column: ColumnModel, direction = 'asc'): Key {
  return { direction, type: column.type, column, isRounded: false, value: (row) => cellAt(row, column) };
}

/** The keys of an `order_by` in the order of the document; null says nothing (contract 4). */
export function orderKeys(state: State, table: TableModel, order: Json): Key[] {
  return listOf(order).flatMap((item) => (item instanceof JsonObject ? rowKeys(state, table, item) : []));
}

function rowKeys(state: State, table: TableModel, order: JsonObject): Key[] {
  return order.entries.flatMap(([name, value]) => {
    if (value === null) return [];
    if (typeof value === 'string') return [columnKey(columnNamed(table, name), value)];
    if (!(value instanceof JsonObject)) throw new Error('an order is a direction or an object');
    const relationship = table.relationships.find((each) => each.name === name);
    if (relationship) {
      const one = (row: Row): Row | undefined => relatedRows(state, row, relationship)[0];
      return rowKeys(state, relationship.target, value).map((key) => through(key, one));
    }
    const list = table.relationships.find((each) => `${each.name}_aggregate` === name);
    if (!list) throw new Error(`${table.name} cannot be sorted by ${name}`);
    return aggregateKeys(list.target, value, (row) => relatedRows(state, row, list));
  });
}

/** A row without the related one has NULL. */
function through(key: Key, one: (row: Row) => Row | undefined): Key {
  return {
    ...key,
    column: undefined,
    value: (row) => {
      const other = one(row);
      return other ? key.value(other) : null;
    },
  };
}

function aggregateKeys(target: TableModel, order: JsonObject, rows: (row: Row) => Row[]): Key[] {
  return order.entries.flatMap(([name, value]): Key[] => {
    if (value === null) return [];
    if (typeof value === 'string')
      return [
        { direction: value, type: 'int4', column: undefined, isRounded: false, value: (row) => Decimal.of(rows(row).length) },
      ];
    if (!(value instanceof JsonObject)) throw new Error('an order is a direction or an object');
    return value.entries.flatMap(([columnName, direction]) => {
      if (typeof direction !== 'string') return [];
      const column = columnNamed(target, columnName);
      const isRounded = !['max', 'min'].includes(name) && (name !== 'sum' || isFloat(column.type));
      const of = (row: Row): Cell => aggregate(name, column, rows(row)).value;
      return [{ direction, type: isRounded ? 'float8' : column.type, column: undefined, isRounded, value: of }];
    });
  });
}

/** The rows sorted: groups of those between which the keys do not decide. */
export function sorted(rows: readonly Row[], keys: readonly Key[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of [...rows].sort((a, b) => compareRows(a, b, keys))) {
    const last = groups.at(-1);
    if (last?.[0] && compareRows(last[0], row, keys) === 0) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

function compareRows(a: Row, b: Row, keys: readonly Key[]): number {
  for (const key of keys) {
    const [left, right] = [key.value(a), key.value(b)];
    const result = directed(key, left, right);
    if (result !== 0) return result;
    if (key.isRounded && left !== null) return 0;
  }
  return 0;
}

/** `asc` has nulls last, `desc` first; the long forms say it. */
function directed({ direction, type, isRounded }: Key, a: Cell, b: Cell): number {
  const isDescending = direction.startsWith('desc');
  const nullsFirst = direction.endsWith('_nulls_first') || direction === 'desc';
  if (a === null || b === null) return (Number(a === null) - Number(b === null)) * (nullsFirst ? -1 : 1);
  const difference = isRounded ? compareRounded(Number(a as number), Number(b as number)) : compareCells(type, a, b);
  return isDescending ? -difference : difference;
}

function compareRounded(a: number, b: number): number {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return Number.isFinite(size) && Math.abs(a - b) <= size * 1e-9 + 1e-9 ? 0 : compareFloats(a, b);
}
