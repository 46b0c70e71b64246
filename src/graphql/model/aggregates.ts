import type { Column } from './model';
import { perTable } from './per-table';

/** Aggregates over numeric columns; all but `sum` are of type Float. */
const NUMERIC_AGGREGATES = ['avg', 'stddev', 'stddev_pop', 'stddev_samp', 'sum', 'var_pop', 'var_samp', 'variance'] as const;
const ORDERED_AGGREGATES = ['max', 'min'] as const;
export type AggregateFunction = (typeof NUMERIC_AGGREGATES)[number] | (typeof ORDERED_AGGREGATES)[number];

/** The aggregate functions that some column of the table takes, with those columns. */
export const aggregateFunctions = perTable((table): ReadonlyMap<AggregateFunction, readonly Column[]> => {
  const columns = [...table.columns.values()];
  const result = new Map<AggregateFunction, Column[]>();
  const numeric = columns.filter((column) => column.type.scalar.numeric && !column.type.isArray);
  const ordered = columns.filter(({ type }) => type.isArray || type.scalar.ordered);
  for (const name of [...NUMERIC_AGGREGATES, ...ORDERED_AGGREGATES].sort()) {
    const takers = name === 'max' || name === 'min' ? ordered : numeric;
    if (takers.length > 0) result.set(name, takers);
  }
  return result;
});

/** The GraphQL type of an aggregate of a column. */
export function aggregateType(name: AggregateFunction, column: Column): string {
  return name === 'sum' || name === 'max' || name === 'min' ? column.type.name : 'Float';
}

/** The SQL function of an aggregate of a column: by the schema of the column's type, when that has one for it. */
export function aggregateSql(name: AggregateFunction, { type }: Column): string {
  const { extension } = type.scalar;
  return extension?.aggregates.has(name) && !type.isArray ? `${extension.schema}.${name}` : name;
}
