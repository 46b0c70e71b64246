import { cellAt } from '../data/rows';
import type { Row } from '../data/rows';
import { compareCells } from '../data/types';
import type { ColumnModel } from '../schema/model';

/**
 * `count`: of rows, of values of a column that are not null, or of tuples of several columns, which are counted whatever
 * is in them; each once when distinct.
 */
export function countOf(rows: readonly Row[], columns: readonly ColumnModel[], isDistinct: boolean): number {
  const [only] = columns;
  const counted = only && columns.length === 1 ? rows.filter((row) => cellAt(row, only) !== null) : rows;
  return isDistinct && only ? distinctRows(counted, columns).length : counted.length;
}

/** The first row of each combination of values, nulls being equal. */
export function distinctRows(rows: readonly Row[], columns: readonly ColumnModel[]): Row[] {
  const kept: Row[] = [];
  for (const row of rows) if (!kept.some((other) => isAlike(row, other, columns))) kept.push(row);
  return kept;
}

/** Equal in these columns, nulls being equal. */
export function isAlike(a: Row, b: Row, columns: readonly ColumnModel[]): boolean {
  return columns.every((column) => compareCells(column.type, cellAt(a, column), cellAt(b, column)) === 0);
}
