import type { Metadata } from '../../../../src/graphql';
import type { RelationshipModel, SchemaModel, TableModel } from './model';

type TableMetadata = Metadata['tables'][number];
type RelationshipMetadata = NonNullable<TableMetadata['object_relationships']>[number];

/** Metadata that gives every table, column and relationship the name that the model has for it. */
export function metadataOf(schema: SchemaModel): Metadata | undefined {
  return schema.hasMetadata ? { tables: schema.tables.map((table) => tableMetadata(schema, table)) } : undefined;
}

function tableMetadata(schema: SchemaModel, table: TableModel): TableMetadata {
  const renamed = table.columns.filter(({ name, sql }) => name !== sql);
  const links = (kind: RelationshipModel['kind']): RelationshipMetadata[] =>
    table.relationships.filter((each) => each.kind === kind).map((each) => relationship(schema, table, each));
  return {
    table: { schema: schema.schema, name: table.relation },
    configuration: {
      custom_name: table.name,
      column_config: Object.fromEntries(renamed.map(({ name, sql }) => [sql, { custom_name: name }])),
    },
    object_relationships: links('object'),
    array_relationships: links('array'),
  };
}

function relationship(schema: SchemaModel, table: TableModel, model: RelationshipModel): RelationshipMetadata {
  const { name, target, mapping, foreignKey, insertion } = model;
  const remote = { schema: schema.schema, name: target.relation };
  if (!foreignKey) {
    const column_mapping = Object.fromEntries(mapping.map(([own, other]) => [own.sql, other.sql]));
    return { name, using: { manual_configuration: { remote_table: remote, column_mapping } } };
  }
  const columns = foreignKey.columns.map(({ sql }) => sql);
  if (insertion === 'before' && table.foreignKeys.includes(foreignKey))
    return { name, using: { foreign_key_constraint_on: columns.length === 1 ? (columns[0] ?? '') : columns } };
  return { name, using: { foreign_key_constraint_on: { table: remote, columns } } };
}
