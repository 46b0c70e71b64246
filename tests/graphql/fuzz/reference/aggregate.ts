import { Decimal } from '../data/decimal';
import { cellAt } from '../data/rows';
import type { Row } from '../data/rows';
import { compareCells, isFloat } from '../data/types';
import type { Cell, TypeName } from '../data/types';
import type { ColumnModel } from '../schema/model';
import { cellJson, NULL } from './expected';
import type { Expected } from './expected';

/** An aggregate's value, and how it has to show in an answer. */
export interface Aggregated {
  readonly value: Cell;
  readonly expected: Expected;
}

const NONE: Aggregated = { value: null, expected: NULL };

/** `sum`, `max`, `avg` and the like of a column; null without a value (contract 5). */
export function aggregate(name: string, column: ColumnModel, rows: readonly Row[]): Aggregated {
  const cells = rows.map((row) => cellAt(row, column)).filter((cell) => cell !== null);
  if (cells.length === 0) return NONE;
  if (name === 'max' || name === 'min') return extreme(name, column.type, cells);
  if (name === 'sum' && !isFloat(column.type)) {
    const value = (cells as Decimal[]).reduce((total, cell) => total.add(cell));
    return { value, expected: { kind: 'number', value } };
  }
  const value = isFloat(column.type) ? ofFloats(name, cells as number[]) : ofDecimals(name, cells as Decimal[]);
  if (value === null) return NONE;
  // Postgres computes with numerics what is exact, and rounds at the end only; with floats on the way.
  const size = isFloat(column.type) ? Math.max(...(cells as number[]).map(Math.abs)) * cells.length : 0;
  const isSquare = name.startsWith('var');
  return { value, expected: { kind: 'about', value, size: isSquare ? size * size : size } };
}

function extreme(name: 'max' | 'min', type: TypeName, cells: readonly Cell[]): Aggregated {
  const sign = name === 'max' ? 1 : -1;
  const value = cells.reduce((best, cell) => (compareCells(type, cell, best) * sign > 0 ? cell : best), cells[0] ?? null);
  // Of equal numbers with different digits either may come.
  const expected: Expected = value instanceof Decimal ? { kind: 'number', value } : cellJson(type, value);
  return { value, expected };
}

function ofFloats(name: string, values: readonly number[]): number | null {
  const sum = values.reduce((total, value) => total + value, 0);
  if (name === 'sum') return sum;
  const mean = sum / values.length;
  if (name === 'avg') return mean;
  return spread(
    name,
    values.length,
    values.reduce((total, value) => total + (value - mean) ** 2, 0),
  );
}

/** The sums are exact: squares of large numbers would lose all that differs. */
function ofDecimals(name: string, values: readonly Decimal[]): number | null {
  const scale = Math.max(...values.map((value) => value.scale));
  const count = BigInt(values.length);
  const whole = values.map((value) => value.at(scale));
  const sum = whole.reduce((total, value) => total + value, 0n);
  const unit = 10 ** scale;
  if (name === 'avg') return quotient(sum, count) / unit;
  const squares = whole.reduce((total, value) => total + value * value, 0n);
  return spread(name, values.length, quotient(count * squares - sum * sum, count) / unit ** 2);
}

function quotient(a: bigint, b: bigint): number {
  return Number((a * 10n ** 40n) / b) / 1e40;
}

/** A variance or deviation from the sum of squared differences; none of a sample of one. */
function spread(name: string, count: number, squares: number): number | null {
  const isPopulation = name.endsWith('_pop');
  if (!isPopulation && count < 2) return null;
  const variance = squares / (isPopulation ? count : count - 1);
  return name.startsWith('stddev') ? Math.sqrt(variance) : variance;
}
