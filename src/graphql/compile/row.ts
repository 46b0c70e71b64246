import type { Column, Relationship, Table } from '../model';
import { aggregateJson } from './aggregate';
import { jsonPathEncoder } from './encode';
import { parameter } from './input';
import type { JsonField } from './json';
import { arrayJson, objectColumns, objectJson, typeNameField } from './json';
import type { Request } from './request';
import type { SelectedField } from './selection';
import { argumentsOf, collect, expectLeaf, expectNoArguments, fieldNotFound, selectionSetsOf } from './selection';
import { rowArguments, rowsOf } from './rows';
import type { Sql } from './sql';
import { raw, relation, sql } from './sql';
import { aggregatedRelationship, related } from './where';

/** The selected fields of the row under an alias: columns, relationships and their aggregates, each as a JSON field. */
export function rowFields(request: Request, table: Table, alias: Sql, field: SelectedField): JsonField[] {
  const selected = collect(request, selectionSetsOf(field, table.name), table.name, `${field.path}.selectionSet`);
  return selected.map((each) => rowField(request, table, alias, each));
}

function rowField(request: Request, table: Table, alias: Sql, field: SelectedField): JsonField {
  const { key, name } = field;
  if (name === '__typename') {
    expectLeaf(field);
    return typeNameField(key, table.name);
  }
  const column = table.columns.get(name);
  if (column) return { key, value: columnValue(request, column, alias, field) };
  const relationship = table.relationships.get(name);
  if (relationship?.kind === 'object') return { key, value: relatedObject(request, relationship, alias, field) };
  if (relationship) return { key, value: relatedList(request, relationship, alias, field) };
  const aggregated = aggregatedRelationship(table, name);
  if (!aggregated) throw fieldNotFound(field, table.name);
  const join = (other: Sql): Sql => related(aggregated, alias, other);
  return { key, value: sql`(${aggregateJson(request, aggregated.target, field, join)})` };
}

function columnValue(request: Request, column: Column, alias: Sql, field: SelectedField): Sql {
  const value = sql`${alias}.${raw(column.sql)}`;
  const takesPath = column.type.scalar.input === 'json' && !column.type.isArray;
  expectLeaf(field, takesPath);
  if (column.type.scalar.asText) return asText(column, value);
  if (!takesPath || field.arguments.length === 0) return value;
  const path = argumentsOf(request, field, (name) => (name === 'path' ? 'String' : undefined)).get('path');
  return path
    ? sql`${value} #> ${parameter(request, path, 'text[]', jsonPathEncoder(`${field.path}.args.path`), `${field.path}.args.path`)}`
    : value;
}

/** A number with all its digits, as a string. */
export function asText({ type }: Column, value: Sql): Sql {
  return type.scalar.asText ? sql`(${value})::text${raw(type.isArray ? '[]' : '')}` : value;
}

function relatedObject(request: Request, relationship: Relationship, alias: Sql, field: SelectedField): Sql {
  expectNoArguments(field);
  const { target } = relationship;
  const other = request.alias();
  const fields = rowFields(request, target, other, field);
  const limit = raw(relationship.unique ? '' : ' LIMIT 1');
  const rows = sql`SELECT ${objectColumns(fields)} FROM ${relation(target)} AS ${other} WHERE ${related(relationship, alias, other)}${limit}`;
  return sql`(${objectJson(fields, rows)})`;
}

function relatedList(request: Request, relationship: Relationship, alias: Sql, field: SelectedField): Sql {
  const { target } = relationship;
  const other = request.alias();
  const fields = rowFields(request, target, other, field);
  const args = rowArguments(request, target, other, field, related(relationship, alias, other));
  return sql`(${arrayJson(fields, rowsOf(target, other, objectColumns(fields), args))})`;
}
