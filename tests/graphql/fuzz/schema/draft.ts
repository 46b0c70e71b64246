import type { TypeName } from '../data/types';
import type { Draw } from '../draw';
import type { ColumnModel, Fallback, KeyModel, TableModel } from './model';

/** A table that is being made. */
export type Draft = TableModel & { primaryKey: KeyModel | undefined };

/** Names of the schema: by rule as they are, or odd ones in SQL that metadata replaces. */
export interface Naming {
  readonly schema: string;
  readonly isOdd: boolean;
}

export function addColumn(
  draw: Draw,
  naming: Naming,
  table: Draft,
  name: string,
  type: TypeName,
  nullable: boolean,
  fallback?: Fallback,
): ColumnModel {
  const column = { name, sql: naming.isOdd ? oddName(draw, name) : name, type, nullable, fallback };
  table.columns.push(column);
  return column;
}

export function setPrimaryKey(table: Draft, name: string, columns: readonly ColumnModel[]): void {
  table.primaryKey = { name: `${name}_pkey`, columns };
  table.keys.push(table.primaryKey);
}

/** Of two unique constraints over the same columns Postgres keeps one. */
export function addKey(table: Draft, name: string, columns: readonly ColumnModel[]): void {
  const isDouble = table.keys.some(
    (key) => key.columns.length === columns.length && key.columns.every((column, index) => column === columns[index]),
  );
  if (columns.length > 0 && !isDouble) table.keys.push({ name, columns });
}

/** A name in SQL that needs quoting more often than not. */
export function oddName(draw: Draw, name: string): string {
  return draw.pick([name, `${name} №`, `"${name}`, `${name}'s`, name.toUpperCase(), `$${name}`, `${name}-\\`]);
}
