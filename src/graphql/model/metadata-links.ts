import type { Catalog, CatalogForeignKey, CatalogRelation } from '../catalog';
import { distinctForeignKeys } from './foreign-keys';
import type { Link } from './links';
import type { QualifiedTable, RelationshipMetadata, TableMetadata } from './metadata';
import { MetadataError, qualified } from './metadata';

/** The relationships that the metadata gives a relation. @throws MetadataError for those that do not fit the catalog */
export function metadataLinks(relation: CatalogRelation, catalog: Catalog, table: TableMetadata | undefined): Link[] {
  const objects = (table?.object_relationships ?? []).map((entry) => metadataLink('object', relation, entry, catalog));
  return [...objects, ...(table?.array_relationships ?? []).map((entry) => metadataLink('array', relation, entry, catalog))];
}

function metadataLink(kind: Link['kind'], source: CatalogRelation, entry: RelationshipMetadata, catalog: Catalog): Link {
  const manual = entry.using.manual_configuration;
  if (manual) {
    const insertion = kind === 'object' && manual.insertion_order !== 'after_parent' ? 'before' : 'after';
    const target = relationNamed(qualified(manual.remote_table), catalog);
    const mapping = Object.entries(manual.column_mapping);
    if (mapping.length === 0)
      throw new MetadataError(`metadata: relationship "${entry.name}" of ${source.name} has a column mapping without columns`);
    return { name: entry.name, kind, source, target, mapping, insertion, isHeld: false };
  }
  const on = entry.using.foreign_key_constraint_on;
  if (typeof on === 'string' || isList(on)) {
    const key = foreignKeyOn(source, typeof on === 'string' ? [on] : on, entry.name);
    const target = catalog.relations.find((relation) => relation.oid === key.target);
    if (!target)
      throw new MetadataError(`metadata: relationship "${entry.name}" of ${source.name} goes to a table that is not served`);
    const mapping = key.columns.map((column, index) => [column, key.targetColumns[index] ?? ''] as const);
    return { name: entry.name, kind, source, target, mapping, insertion: 'before', isHeld: key.valid };
  }
  if (!on)
    throw new MetadataError(
      `metadata: relationship "${entry.name}" of ${source.name} names neither a foreign key nor a column mapping`,
    );
  const target = relationNamed(qualified(on.table), catalog);
  const key = foreignKeyOn(target, on.columns ?? [on.column ?? ''], entry.name);
  const mapping = key.columns.map((column, index) => [key.targetColumns[index] ?? '', column] as const);
  return { name: entry.name, kind, source, target, mapping, insertion: 'after', isHeld: false };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

function foreignKeyOn(relation: CatalogRelation, columns: readonly string[], name: string): CatalogForeignKey {
  const key = distinctForeignKeys(relation).find(
    (each) => each.columns.length === columns.length && each.columns.every((c) => columns.includes(c)),
  );
  if (!key)
    throw new MetadataError(`metadata: relationship "${name}": ${relation.name} has no foreign key on (${columns.join(', ')})`);
  return key;
}

function relationNamed(table: QualifiedTable, catalog: Catalog): CatalogRelation {
  const found = catalog.relations.find(({ schema, name }) => schema === table.schema && name === table.name);
  if (!found) throw new MetadataError(`metadata: table "${table.schema}"."${table.name}" is not served`);
  return found;
}
