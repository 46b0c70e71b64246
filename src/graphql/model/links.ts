import type { Catalog, CatalogForeignKey, CatalogRelation } from '../catalog';
import type { Metadata, QualifiedTable, RelationshipMetadata } from './metadata';
import { MetadataError, qualified } from './metadata';

/** A relationship between two served relations, before GraphQL names of columns are known. */
export interface Link {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly source: CatalogRelation;
  readonly target: CatalogRelation;
  readonly mapping: readonly (readonly [string, string])[];
  readonly insertion: 'before' | 'after';
  /** The foreign key is the source's own, so that a row without nulls in it always has its target. */
  readonly ownKey: boolean;
}

/**
 * The relationships of every relation. By rule: an object relationship has the name of the referenced table (the
 * column's without `_id` when several foreign keys go there, or one goes to its own table); an array relationship that
 * of the child with an `s`; a child whose foreign key is itself unique is an object relationship of its plain name.
 * Metadata names come first, and a foreign key that metadata names is left out of the rule.
 */
export function links(catalog: Catalog, metadata: Metadata): Link[] {
  const byOid = new Map(catalog.relations.map((relation) => [relation.oid, relation]));
  const taken = new Map(catalog.relations.map((relation) => [relation, new Set(relation.columns.map((column) => column.name))]));
  const named = catalog.relations.flatMap((relation) => fromMetadata(relation, catalog, metadata));
  for (const link of named) taken.get(link.source)?.add(link.name);
  const result = [...named];
  const covered = new Set(named.map(identity));
  const add = (link: Omit<Link, 'name'>, names: readonly string[]): void => {
    const free = names.find((name) => !taken.get(link.source)?.has(name));
    if (free === undefined || covered.has(identity(link))) return;
    taken.get(link.source)?.add(free);
    result.push({ ...link, name: free });
  };
  for (const child of catalog.relations) {
    for (const key of child.foreignKeys) {
      const parent = byOid.get(key.target);
      if (!parent) continue;
      const mapping = key.columns.map((column, index) => [column, key.targetColumns[index] ?? ''] as const);
      const byColumn = key.columns.map((column) => column.replace(/_id$/, '')).join('_');
      const several = child === parent || child.foreignKeys.filter((other) => other.target === key.target).length > 1;
      const own = { kind: 'object', source: child, target: parent, mapping, insertion: 'before', ownKey: true } as const;
      add(own, several ? [byColumn, `${byColumn}_${parent.name}`] : [parent.name, byColumn, `${byColumn}_${parent.name}`]);
      const single = isKey(child, key.columns);
      const plain = single ? child.name : `${child.name}s`;
      const kind = single ? 'object' : 'array';
      const reverse = mapping.map(([column, target]) => [target, column] as const);
      const back = { kind, source: parent, target: child, mapping: reverse, insertion: 'after', ownKey: false } as const;
      const many = child.foreignKeys.filter((other) => other.target === key.target).length > 1;
      add(back, many ? [`${plain}_by_${byColumn}`] : [plain, `${plain}_by_${byColumn}`]);
    }
  }
  return result;
}

/** Whether at most one row has given values in these columns. */
export function isKey(relation: CatalogRelation, columns: readonly string[]): boolean {
  return relation.keys.some((key) => key.columns.every((column) => columns.includes(column)));
}

function identity(link: Omit<Link, 'name'>): string {
  return JSON.stringify([link.source.oid, link.target.oid, link.mapping]);
}

function fromMetadata(relation: CatalogRelation, catalog: Catalog, metadata: Metadata): Link[] {
  const table = metadata.tables.find((entry) => isNamed(relation, entry.table));
  const objects = (table?.object_relationships ?? []).map((entry) => metadataLink('object', relation, entry, catalog));
  return [...objects, ...(table?.array_relationships ?? []).map((entry) => metadataLink('array', relation, entry, catalog))];
}

function metadataLink(kind: Link['kind'], source: CatalogRelation, entry: RelationshipMetadata, catalog: Catalog): Link {
  const manual = entry.using.manual_configuration;
  if (manual) {
    const insertion = kind === 'object' && manual.insertion_order !== 'after_parent' ? 'before' : 'after';
    const target = relationNamed(qualified(manual.remote_table), catalog);
    return { name: entry.name, kind, source, target, mapping: Object.entries(manual.column_mapping), insertion, ownKey: false };
  }
  const on = entry.using.foreign_key_constraint_on;
  if (typeof on === 'string' || isList(on)) {
    const key = foreignKeyOn(source, typeof on === 'string' ? [on] : on, entry.name);
    const target = catalog.relations.find((relation) => relation.oid === key.target);
    if (!target)
      throw new MetadataError(`metadata: relationship "${entry.name}" of ${source.name} goes to a table that is not served`);
    const mapping = key.columns.map((column, index) => [column, key.targetColumns[index] ?? ''] as const);
    return { name: entry.name, kind, source, target, mapping, insertion: 'before', ownKey: true };
  }
  if (!on)
    throw new MetadataError(
      `metadata: relationship "${entry.name}" of ${source.name} names neither a foreign key nor a column mapping`,
    );
  const target = relationNamed(qualified(on.table), catalog);
  const key = foreignKeyOn(target, on.columns ?? [on.column ?? ''], entry.name);
  const mapping = key.columns.map((column, index) => [key.targetColumns[index] ?? '', column] as const);
  return { name: entry.name, kind, source, target, mapping, insertion: 'after', ownKey: false };
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

function foreignKeyOn(relation: CatalogRelation, columns: readonly string[], name: string): CatalogForeignKey {
  const key = relation.foreignKeys.find(
    (each) => each.columns.length === columns.length && each.columns.every((c) => columns.includes(c)),
  );
  if (!key)
    throw new MetadataError(`metadata: relationship "${name}": ${relation.name} has no foreign key on (${columns.join(', ')})`);
  return key;
}

function relationNamed(table: QualifiedTable, catalog: Catalog): CatalogRelation {
  const found = catalog.relations.find((relation) => isNamed(relation, table));
  if (!found) throw new MetadataError(`metadata: table "${table.schema}"."${table.name}" is not served`);
  return found;
}

export function isNamed(relation: Pick<CatalogRelation, 'schema' | 'name'>, table: string | QualifiedTable): boolean {
  const { schema, name } = qualified(table);
  return relation.schema === schema && relation.name === name;
}
