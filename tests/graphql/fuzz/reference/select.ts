import { Decimal } from '../data/decimal';
import type { Json } from '../data/json';
import { atPath } from '../data/jsonb';
import { cellAt, rowsIn } from '../data/rows';
import type { Row, State } from '../data/rows';
import { cellOf, isEqual, Jsonb } from '../data/types';
import type { Document, Selection } from '../document/ast';
import type { SchemaModel, TableModel } from '../schema/model';
import { aggregate } from './aggregate';
import { collect } from './collect';
import type { Field } from './collect';
import { countOf } from './count';
import { cellJson, exactly, NULL, stringified } from './expected';
import type { Expected } from './expected';
import { parsePath } from './json-path';
import { listOf } from './operators';
import { chosenRows } from './rows';
import { columnNamed, relatedRows } from './where';

/** What is read: the rows of every table, and how numbers are shown. */
export interface View {
  readonly schema: SchemaModel;
  readonly state: State;
}

/** The answer's `data` of a query or a subscription (contract 4, 5). */
export function answerQuery(schema: SchemaModel, state: State, { kind, selections }: Document): Expected {
  const view = { schema, state };
  return answerObject(`${kind}_root`, selections, (field) => {
    for (const table of view.schema.tables) {
      if (field.name === table.name) return answerRows(view, table, rowsIn(view.state, table), field);
      if (field.name === `${table.name}_aggregate`) return answerAggregate(view, table, rowsIn(view.state, table), field);
      if (field.name === `${table.name}_by_pk`)
        return answerRow(view, table, rowByKey(view.state, table, field.args), field.selections);
    }
    throw new Error(`there is no root field ${field.name}`);
  });
}

/** An object with a value for each field but `__typename`, which names the type. */
export function answerObject(type: string, selections: readonly Selection[], value: (field: Field) => Expected): Expected {
  const fields = collect(selections).map(
    (field) => [field.key, field.name === '__typename' ? exactly(type) : value(field)] as const,
  );
  return { kind: 'object', fields };
}

export function rowByKey(state: State, table: TableModel, key: ReadonlyMap<string, Json>): Row | undefined {
  return rowsIn(state, table).find((row) =>
    [...key].every(([name, value]) => {
      const column = columnNamed(table, name);
      return isEqual(column.type, cellAt(row, column), cellOf(column.type, value));
    }),
  );
}

function answerRows(view: View, table: TableModel, rows: readonly Row[], { args, selections }: Field): Expected {
  const groups = chosenRows(view.state, table, rows, args);
  return { kind: 'list', groups: groups.map((group) => group.map((row) => answerRow(view, table, row, selections))) };
}

/** A row as an object; null without one. */
export function answerRow(view: View, table: TableModel, row: Row | undefined, selections: readonly Selection[]): Expected {
  if (!row) return NULL;
  return answerObject(table.name, selections, (field) => rowField(view, table, row, field));
}

function rowField(view: View, table: TableModel, row: Row, field: Field): Expected {
  for (const relationship of table.relationships) {
    const { name, kind, target } = relationship;
    if (field.name !== name && field.name !== `${name}_aggregate`) continue;
    const related = relatedRows(view.state, row, relationship);
    if (field.name !== name) return answerAggregate(view, target, related, field);
    return kind === 'array' ? answerRows(view, target, related, field) : answerRow(view, target, related[0], field.selections);
  }
  const { type } = columnNamed(table, field.name);
  const cell = cellAt(row, columnNamed(table, field.name));
  const path = field.args.get('path') ?? null;
  if (cell instanceof Jsonb && typeof path === 'string') return exactly(atPath(cell.value, parsePath(path)) ?? null);
  return stringified(view.schema.stringifyNumerics, type, cellJson(type, cell));
}

function answerAggregate(view: View, table: TableModel, rows: readonly Row[], field: Field): Expected {
  const groups = chosenRows(view.state, table, rows, field.args);
  const all = groups.flat();
  return answerObject(`${table.name}_aggregate`, field.selections, ({ name, selections }) => {
    if (name === 'aggregate') return answerFunctions(view, table, all, selections);
    return { kind: 'list', groups: groups.map((group) => group.map((row) => answerRow(view, table, row, selections))) };
  });
}

function answerFunctions(view: View, table: TableModel, rows: readonly Row[], selections: readonly Selection[]): Expected {
  return answerObject(`${table.name}_aggregate_fields`, selections, ({ name, args, selections: columns }) => {
    if (name === 'count') {
      const counted = listOf(args.get('columns') ?? []).map((each) => columnNamed(table, String(each as string)));
      return exactly(Decimal.of(countOf(rows, counted, args.get('distinct') === true)));
    }
    return answerObject(`${table.name}_${name}_fields`, columns, (field) => {
      const column = columnNamed(table, field.name);
      return stringified(view.schema.stringifyNumerics, column.type, aggregate(name, column, rows).expected);
    });
  });
}
