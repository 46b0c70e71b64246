import type { Table } from '../model';
import type { JsonField } from './json';
import { arrayJson, bounded, objectColumns, objectJson, typeNameField } from './json';
import type { Output, PlanBuilder } from './plan';
import type { Request } from './request';
import { rowFields } from './row';
import type { SelectedField } from './selection';
import { collect, expectLeaf, expectNoArguments, fieldNotFound, selectionSetsOf } from './selection';
import type { Cell, Sql } from './sql';
import { identifier, sql } from './sql';
import { aggregatedRelationship } from './where';

/** What a mutation answers: the whole response with counts, or the one row (of `_one` and `_by_pk`), null without one. */
export type ResponseForm = 'response' | 'row';

/** The rows that a mutation wrote, from which its answer is made. No column can be called so. */
const WRITTEN = identifier('$written');

/** A statement that writes rows; the common table expressions include `$written`, and `affected` counts the rows of all tables. */
export interface Written {
  readonly expressions: Sql;
  readonly affected: Sql;
}

/** Whether the answer shows related rows: they are to be seen as they are after the statement, so a second one reads them. */
export function showsRelated(request: Request, table: Table, field: SelectedField, form: ResponseForm): boolean {
  const sets = form === 'row' ? [field] : responseFields(request, table, field).filter(({ name }) => name === 'returning');
  return sets.some((each) =>
    collect(request, selectionSetsOf(each, table.name), table.name, `${each.path}.selectionSet`).some(
      ({ name }) => table.relationships.has(name) || aggregatedRelationship(table, name),
    ),
  );
}

/** Whether the rows themselves are asked for. */
export function showsRows(request: Request, table: Table, field: SelectedField, form: ResponseForm): boolean {
  return form === 'row' || responseFields(request, table, field).some(({ name }) => name === 'returning');
}

/** The one statement that writes and answers. */
export function answeringStatement(
  request: Request,
  table: Table,
  field: SelectedField,
  form: ResponseForm,
  written: Written,
): Sql {
  if (form === 'row') return sql`WITH ${written.expressions} ${bounded(rowsJson(request, table, field, form, WRITTEN))}`;
  const fields = responseFields(request, table, field).map((each): JsonField => {
    if (each.name === '__typename') return typeNameField(each.key, `${table.name}_mutation_response`);
    if (each.name === 'affected_rows') return { key: each.key, value: written.affected };
    return { key: each.key, value: sql`(${rowsJson(request, table, each, form, WRITTEN)})` };
  });
  const answer = objectJson(fields, sql`SELECT ${objectColumns(fields)}`);
  return sql`WITH ${written.expressions} ${showsRows(request, table, field, form) ? bounded(answer) : answer}`;
}

/**
 * The answer from the results of the statements that wrote: counts are added up, and the rows asked for are read in one
 * more statement, which sees what they wrote.
 */
export function answerLater(
  request: Request,
  table: Table,
  field: SelectedField,
  form: ResponseForm,
  plan: PlanBuilder,
  cells: { readonly counts: readonly Cell[]; readonly rows: readonly Cell[] },
): Output[] {
  const written = sql`unnest(${{ kind: 'rows', table, cells: cells.rows }})`;
  const read = (each: SelectedField): Cell => ({
    step: plan.addSql(bounded(rowsJson(request, table, each, form, written)), '$'),
    column: 0,
  });
  if (form === 'row') return [read(field)];
  return responseOutput(request, table, field, { sum: cells.counts }, read);
}

/** The answer of a mutation that has nothing to do. */
export function emptyAnswer(request: Request, table: Table, field: SelectedField, form: ResponseForm): Output[] {
  if (form === 'response') return responseOutput(request, table, field, '0', () => '[]');
  rowFields(request, table, WRITTEN, field);
  return ['null'];
}

function responseOutput(
  request: Request,
  table: Table,
  field: SelectedField,
  affected: Output,
  rows: (returning: SelectedField) => Output,
): Output[] {
  const pieces = responseFields(request, table, field).flatMap((each, index): Output[] => {
    const start = `${index === 0 ? '' : ','}${JSON.stringify(each.key)}:`;
    if (each.name === '__typename') return [start, JSON.stringify(`${table.name}_mutation_response`)];
    return [start, each.name === 'affected_rows' ? affected : rows(each)];
  });
  return ['{', ...pieces, '}'];
}

function responseFields(request: Request, table: Table, field: SelectedField): SelectedField[] {
  const typeName = `${table.name}_mutation_response`;
  const selected = collect(request, selectionSetsOf(field, typeName), typeName, `${field.path}.selectionSet`);
  for (const each of selected) {
    if (each.name === 'returning') {
      selectionSetsOf(each, table.name);
      expectNoArguments(each);
    } else if (each.name === 'affected_rows' || each.name === '__typename') expectLeaf(each);
    else throw fieldNotFound(each, typeName);
  }
  return selected;
}

function rowsJson(request: Request, table: Table, field: SelectedField, form: ResponseForm, source: Sql): Sql {
  const alias = request.alias();
  const fields = rowFields(request, table, alias, field);
  const rows = sql`SELECT ${objectColumns(fields)} FROM ${source} AS ${alias}`;
  return form === 'row' ? objectJson(fields, rows) : arrayJson(fields, rows);
}
