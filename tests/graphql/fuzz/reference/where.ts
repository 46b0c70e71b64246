import { JsonObject } from '../data/json';
import type { Json } from '../data/json';
import { cellAt, isJoined, rowsIn } from '../data/rows';
import type { Row, State } from '../data/rows';
import { Decimal } from '../data/decimal';
import type { ColumnModel, RelationshipModel, TableModel } from '../schema/model';
import { and, not, or } from './logic';
import type { Truth } from './logic';
import { compares, listOf } from './operators';
import { countOf } from './count';

/** The rows that a relationship leads to from a row. */
export function relatedRows(state: State, row: Row, { target, mapping }: RelationshipModel): Row[] {
  return rowsIn(state, target).filter((other) => isJoined(row, other, mapping));
}

export function columnNamed(table: TableModel, name: string): ColumnModel {
  const column = table.columns.find((each) => each.name === name);
  if (!column) throw new Error(`${table.name} has no column ${name}`);
  return column;
}

/** Whether a row meets a `T_bool_exp` (contract 3); relationships see the rows of `state`. */
export function meets(state: State, table: TableModel, row: Row, where: Json): Truth {
  if (!(where instanceof JsonObject)) throw new Error('a condition is an object');
  return and(where.entries.map(([name, value]) => part(state, table, row, name, value)));
}

function part(state: State, table: TableModel, row: Row, name: string, value: Json): Truth {
  if (name === '_and') return and(listOf(value).map((each) => meets(state, table, row, each)));
  if (name === '_or') return or(listOf(value).map((each) => meets(state, table, row, each)));
  if (name === '_not') return not(meets(state, table, row, value));
  const relationship = table.relationships.find((each) => each.name === name);
  if (relationship)
    return relatedRows(state, row, relationship).some((other) => meets(state, relationship.target, other, value) === true);
  const list = table.relationships.find((each) => `${each.name}_aggregate` === name);
  if (list) return aggregated(state, row, list, value);
  const column = columnNamed(table, name);
  return compares(column.type, cellAt(row, column), value);
}

/** `r_aggregate: {count: {predicate: …}}`: rows without related ones count as 0, and have no truth. */
function aggregated(state: State, row: Row, relationship: RelationshipModel, value: Json): Truth {
  const [kind, options] = (value instanceof JsonObject && value.entries[0]) || [];
  if (kind === undefined || !(options instanceof JsonObject)) throw new Error('an aggregate has one predicate');
  const { target } = relationship;
  const filter = options.get('filter');
  const related = relatedRows(state, row, relationship);
  const rows = filter === undefined ? related : related.filter((other) => meets(state, target, other, filter) === true);
  const columns = listOf(options.get('arguments') ?? []).map((name) => columnNamed(target, String(name as string)));
  const predicate = options.get('predicate') ?? null;
  if (kind === 'count') return compares('int4', Decimal.of(countOf(rows, columns, options.get('distinct') === true)), predicate);
  const truths = rows.flatMap((each) => columns.map((column) => cellAt(each, column) as Truth)).filter((truth) => truth !== null);
  const all = kind === 'bool_and' ? !truths.includes(false) : truths.includes(true);
  return compares('bool', truths.length === 0 ? null : all, predicate);
}
