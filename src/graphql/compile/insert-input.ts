import { validationFailed } from '../errors';
import { writableColumns } from '../model';
import type { Column, Relationship, Table } from '../model';
import type { Input } from './input';
import { columnParameter, enumValue, fieldTypes, isNull, listItems, objectFields } from './input';
import type { Request } from './request';
import { required } from './selection';
import type { Sql } from './sql';
import { identifier, join, raw, sql } from './sql';
import { condition } from './where';

/** One object of an insert, as the request gives it. */
export interface InsertObject {
  readonly columns: ReadonlyMap<Column, Sql>;
  readonly related: readonly RelatedInsert[];
}

/** Objects to insert through a relationship. */
export interface RelatedInsert {
  readonly relationship: Relationship;
  readonly objects: readonly InsertObject[];
  readonly conflict: Conflict | undefined;
}

/** An `on_conflict`. */
export interface Conflict {
  readonly alias: Sql;
  readonly clause: Sql;
  /** A conflicting row may be left as it is, and is then not counted. */
  readonly mayIgnore: boolean;
}

/** Reads a `T_insert_input`. */
export function insertObject(request: Request, table: Table, input: Input, path: string): InsertObject {
  const writable = new Map(writableColumns(table).map((column) => [column.name, column]));
  const types = (name: string): string | undefined =>
    writable.get(name)?.type.name ?? relationType(table.relationships.get(name));
  const columns = new Map<Column, Sql>();
  const related: RelatedInsert[] = [];
  for (const [name, value] of objectFields(request, input, `${table.name}_insert_input`, types, path)) {
    const column = writable.get(name);
    const relationship = table.relationships.get(name);
    if (column) columns.set(column, columnParameter(request, value, column.type, `${path}.${name}`, column.nullable));
    else if (relationship && !isNull(request, value))
      related.push(relatedInsert(request, relationship, value, `${path}.${name}`));
  }
  return { columns, related: related.filter(({ objects }) => objects.length > 0) };
}

function relationType(relationship: Relationship | undefined): string | undefined {
  if (!relationship?.target.insertable) return undefined;
  return `${relationship.target.name}_${relationship.kind === 'object' ? 'obj' : 'arr'}_rel_insert_input`;
}

function relatedInsert(request: Request, relationship: Relationship, input: Input, path: string): RelatedInsert {
  const { target, kind } = relationship;
  const dataType = kind === 'object' ? `${target.name}_insert_input!` : `[${target.name}_insert_input!]!`;
  const types: Readonly<Record<string, string>> = {
    data: dataType,
    ...(target.constraints.size > 0 ? { on_conflict: `${target.name}_on_conflict` } : {}),
  };
  const fields = objectFields(request, input, relationType(relationship) ?? '', fieldTypes(types), path);
  const data = required(fields, 'data', path);
  const conflictInput = fields.get('on_conflict');
  const dataPath = `${path}.data`;
  const items =
    kind === 'object' ? [{ item: data, path: dataPath }] : listItems(request, data, `${target.name}_insert_input!`, dataPath);
  return {
    relationship,
    objects: items.map((entry) => insertObject(request, target, entry.item, entry.path)),
    conflict: conflictInput && onConflict(request, target, conflictInput, `${path}.on_conflict`),
  };
}

/** Reads a `T_on_conflict`: without columns to update a conflicting row is left alone. */
export function onConflict(request: Request, table: Table, input: Input, path: string): Conflict {
  const types: Readonly<Record<string, string>> = {
    constraint: `${table.name}_constraint!`,
    update_columns: `[${table.name}_update_column!]! = []`,
    where: `${table.name}_bool_exp`,
  };
  const fields = objectFields(request, input, `${table.name}_on_conflict`, fieldTypes(types), path);
  const constraintType = `${table.name}_constraint`;
  const constraint = enumValue(
    request,
    required(fields, 'constraint', path),
    constraintType,
    [...table.constraints.keys()],
    `${path}.constraint`,
  );
  const columns = updateColumns(request, table, fields.get('update_columns'), `${path}.update_columns`);
  const where = fields.get('where');
  const alias = request.alias();
  const filter = where && condition(request, table, alias, where, `${path}.where`);
  const target = sql` ON CONFLICT ON CONSTRAINT ${identifier(constraint)}`;
  if (columns.length === 0) return { alias, clause: sql`${target} DO NOTHING`, mayIgnore: true };
  const set = join(
    columns.map((column) => sql`${raw(column.sql)} = EXCLUDED.${raw(column.sql)}`),
    ', ',
  );
  return {
    alias,
    clause: sql`${target} DO UPDATE SET ${set}${filter ? sql` WHERE ${filter}` : raw('')}`,
    mayIgnore: filter !== undefined,
  };
}

function updateColumns(request: Request, table: Table, input: Input | undefined, path: string): Column[] {
  if (!input) return [];
  const typeName = `${table.name}_update_column`;
  const writable = new Map(writableColumns(table).map((column) => [column.name, column]));
  const names = [...writable.keys()].sort();
  const items = listItems(request, input, `${typeName}!`, path);
  const chosen = items.map((entry) =>
    enumValue(request, entry.item, typeName, names.length > 0 ? names : ['_PLACEHOLDER'], entry.path),
  );
  return [...new Set(chosen)].flatMap((name) => writable.get(name) ?? []);
}

/** Refuses an insert into a column that a relationship determines already. */
export function refuseDetermined(
  kind: 'object' | 'array',
  relationship: string,
  columns: readonly string[],
  path: string,
): never {
  const names = columns.map((name) => `"${name}"`).join(', ');
  throw validationFailed(
    path,
    kind === 'object'
      ? `cannot insert object relationship "${relationship}" as ${names} column values are already determined`
      : `cannot insert ${names} columns as their values are already being determined by parent insert`,
  );
}
