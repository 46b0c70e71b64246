import { Decimal } from '../data/decimal';
import type { Json } from '../data/json';
import { isAlike } from './count';
import type { Row, State } from '../data/rows';
import type { ColumnModel, TableModel } from '../schema/model';
import { Undetermined } from './expected';
import { listOf } from './operators';
import { columnKey, orderKeys, sorted } from './order';
import type { Key } from './order';
import { columnNamed, meets } from './where';

/** The five arguments of a list, by name. */
export type Arguments = ReadonlyMap<string, Json>;

/**
 * The rows that the arguments choose of some, in groups of ties: where, then distinct and order, then offset, then limit
 * (contract 4). An argument that is null is absent.
 * @throws Undetermined when ties decide which rows there are
 */
export function chosenRows(state: State, table: TableModel, rows: readonly Row[], args: Arguments): Row[][] {
  const where = args.get('where') ?? null;
  const filtered = where === null ? rows : rows.filter((row) => meets(state, table, row, where) === true);
  const order = args.get('order_by') ?? null;
  const given = order === null ? [] : orderKeys(state, table, order);
  const distinct = listOf(args.get('distinct_on') ?? []).map((name) => columnNamed(table, String(name as string)));
  const keys = given.length > 0 ? given : unaskedOrder(table, distinct);
  const groups = sorted(filtered, keys);
  const kept = distinct.length > 0 ? firstOfEach(table, groups, distinct) : groups;
  return cut(table, kept, countOf(args.get('offset')) ?? 0, countOf(args.get('limit')));
}

/** Where nothing is said, rows come by the columns that they differ in and by primary key: the server's own promise. */
function unaskedOrder(table: TableModel, distinct: readonly ColumnModel[]): Key[] {
  const rest = table.primaryKey?.columns.filter((column) => !distinct.includes(column)) ?? [];
  return [...distinct, ...rest].map((column) => columnKey(column));
}

function firstOfEach(table: TableModel, groups: readonly Row[][], columns: readonly ColumnModel[]): Row[][] {
  const kept: Row[] = [];
  for (const group of groups) {
    const fresh = group.filter((row) => !kept.some((other) => isAlike(row, other, columns)));
    for (const row of fresh) {
      const rivals = fresh.filter((other) => isAlike(row, other, columns));
      if (!rivals.every((other) => isAlike(row, other, table.columns))) throw new Undetermined('a tie decides which row is kept');
      if (rivals[0] === row) kept.push(row);
    }
  }
  return kept.map((row) => [row]);
}

function countOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  return value instanceof Decimal ? value.toNumber() : Number(value);
}

function cut(table: TableModel, groups: readonly Row[][], offset: number, limit = Number.POSITIVE_INFINITY): Row[][] {
  let position = 0;
  return groups.flatMap((group) => {
    const start = position;
    position += group.length;
    const from = Math.max(offset - start, 0);
    const to = Math.min(offset + limit - start, group.length);
    if (to <= from) return [];
    const isWhole = from === 0 && to === group.length;
    const [first] = group;
    const isEven = first !== undefined && group.every((row) => isAlike(first, row, table.columns));
    if (!isWhole && !isEven) throw new Undetermined('a tie decides which rows there are');
    return [group.slice(from, to)];
  });
}
