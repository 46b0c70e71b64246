import type { Column } from './model';
import { perTable } from './per-table';
import type { ColumnType } from './scalars';
import { BOOLEAN_SCALAR, DOUBLE_SCALAR, INT_SCALAR, scalarColumn } from './scalars';

/** A filter on an aggregate of related rows, `r_aggregate: {count: {…}}` (contract 1.3). */
export interface AggregatePredicate {
  /** Its name, which is that of the SQL function. */
  readonly name: string;
  /** What it is computed over: all rows or a list of columns, one column, or the pair `{X, Y}`. */
  readonly takes: 'columns' | 'column' | 'pair';
  /** The columns that may be named. */
  readonly columns: readonly Column[];
  /** The type that its result is compared as. */
  readonly result: ColumnType;
}

const COUNT = scalarColumn(INT_SCALAR);
const BOOLEAN = scalarColumn(BOOLEAN_SCALAR);
const DOUBLE = scalarColumn(DOUBLE_SCALAR);
const OF_BOOLEANS = ['bool_and', 'bool_or'];
const OF_DOUBLES = ['avg', 'max', 'min', 'stddev_samp', 'sum', 'var_samp'];
const OF_PAIRS = ['corr', 'covar_samp'];

/** The types that predicates compare their results as. */
export const PREDICATE_RESULTS: readonly ColumnType[] = [BOOLEAN, COUNT, DOUBLE];

/** The predicates on rows of the table, sorted by name: those but `count` only where a column is of their type. */
export const aggregatePredicates = perTable((table): ReadonlyMap<string, AggregatePredicate> => {
  const columns = [...table.columns.values()];
  const ofType = (result: ColumnType): Column[] => columns.filter(({ type }) => !type.scalar.values && type.sql === result.sql);
  const each = (names: readonly string[], takes: 'column' | 'pair', result: ColumnType): AggregatePredicate[] => {
    const fitting = ofType(result);
    return fitting.length === 0 ? [] : names.map((name) => ({ name, takes, columns: fitting, result }));
  };
  const predicates: AggregatePredicate[] = [
    { name: 'count', takes: 'columns', columns, result: COUNT },
    ...each(OF_BOOLEANS, 'column', BOOLEAN),
    ...each(OF_DOUBLES, 'column', DOUBLE),
    ...each(OF_PAIRS, 'pair', DOUBLE),
  ];
  return new Map(predicates.sort((a, b) => (a.name < b.name ? -1 : 1)).map((predicate) => [predicate.name, predicate]));
});
