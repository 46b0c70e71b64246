import { escapeIdentifier, escapeLiteral } from 'pg';
import { cellOf, ENUM_LABELS, textOf } from '../data/types';
import type { TypeName } from '../data/types';
import { FIRST_OF_SEQUENCE } from './model';
import type { ColumnModel, ForeignKeyModel, KeyModel, SchemaModel, TableModel } from './model';

export function sqlType(type: TypeName, schema: string): string {
  return type === 'enum' ? `${escapeIdentifier(schema)}.mood` : type;
}

export function sqlName(schema: SchemaModel, table: TableModel): string {
  return `${escapeIdentifier(schema.schema)}.${escapeIdentifier(table.relation)}`;
}

/** The sequence behind a column, as a name in SQL. */
export function sequenceName(schema: SchemaModel, table: TableModel, column: ColumnModel): string {
  return `${escapeIdentifier(schema.schema)}.${escapeIdentifier(`${table.relation}_${column.sql}_seq`)}`;
}

/** The statements that make the schema. */
export function ddl(schema: SchemaModel): string {
  const name = escapeIdentifier(schema.schema);
  const labels = ENUM_LABELS.map(escapeLiteral).join(', ');
  return [
    `CREATE SCHEMA ${name}`,
    `CREATE TYPE ${name}.mood AS ENUM (${labels})`,
    ...schema.tables.flatMap((table) => sequences(schema, table)),
    ...schema.tables.map((table) => createTable(schema, table)),
  ].join(';\n');
}

function sequences(schema: SchemaModel, table: TableModel): string[] {
  return table.columns
    .filter(({ fallback }) => fallback?.kind === 'sequence')
    .map((column) => `CREATE SEQUENCE ${sequenceName(schema, table, column)} START ${FIRST_OF_SEQUENCE}`);
}

function createTable(schema: SchemaModel, table: TableModel): string {
  const columns = table.columns.map((column) => {
    const type = `${escapeIdentifier(column.sql)} ${sqlType(column.type, schema.schema)}`;
    return `${type}${column.nullable ? '' : ' NOT NULL'}${fallback(schema, table, column)}`;
  });
  const parts = [
    ...columns,
    ...table.keys.map((key) => keyClause(table, key)),
    ...table.foreignKeys.map((key) => foreignKeyClause(schema, key)),
  ];
  return `CREATE TABLE ${sqlName(schema, table)} (\n  ${parts.join(',\n  ')}\n)`;
}

function fallback(schema: SchemaModel, table: TableModel, column: ColumnModel): string {
  if (!column.fallback) return '';
  if (column.fallback.kind === 'sequence')
    return ` DEFAULT nextval(${escapeLiteral(sequenceName(schema, table, column))}::regclass)`;
  const text = textOf(column.type, cellOf(column.type, column.fallback.value));
  return ` DEFAULT ${text === null ? 'NULL' : escapeLiteral(text)}`;
}

function columnList(columns: readonly ColumnModel[]): string {
  return columns.map(({ sql }) => escapeIdentifier(sql)).join(', ');
}

function keyClause(table: TableModel, key: KeyModel): string {
  const kind = key === table.primaryKey ? 'PRIMARY KEY' : 'UNIQUE';
  return `CONSTRAINT ${escapeIdentifier(key.name)} ${kind} (${columnList(key.columns)})`;
}

function foreignKeyClause(schema: SchemaModel, key: ForeignKeyModel): string {
  const target = `${sqlName(schema, key.target)} (${columnList(key.targetColumns)})`;
  return `CONSTRAINT ${escapeIdentifier(key.name)} FOREIGN KEY (${columnList(key.columns)}) REFERENCES ${target} ON DELETE ${key.onDelete}`;
}
