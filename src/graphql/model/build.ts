import type { Catalog, CatalogColumn, CatalogRelation } from '../catalog';
import type { Link } from './links';
import { isKey, isNamed, links } from './links';
import type { CustomRootFields, Metadata, RootFieldName } from './metadata';
import { MetadataError, qualified } from './metadata';
import type { Column, Model, Relationship, Table } from './model';
import type { EnumValues } from './scalars';
import { ColumnTypes, enumColumn, quoteIdentifier } from './scalars';

export interface ModelResult {
  readonly model: Model;
  /** Why a relation is not served; a custom name in the metadata cures it. */
  readonly refused: readonly string[];
}

type Draft = Omit<Table, 'relationships'> & {
  readonly relationships: Map<string, Relationship>;
  readonly bySqlName: Map<string, Column>;
};

const GRAPHQL_NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

export interface ModelOptions {
  readonly metadata?: Metadata | undefined;
  /** Bigints, numerics and doubles are answered as strings. */
  readonly stringifyNumerics?: boolean | undefined;
  /** The rows of the relations that the metadata marks as enums, by oid. */
  readonly enums?: ReadonlyMap<number, EnumValues> | undefined;
}

/**
 * The model of a catalog: Hasura's names (contract 1.1), relationships by foreign key, overrides by metadata. When the
 * metadata lists tables, those alone are served.
 * @throws MetadataError for metadata that does not fit the catalog
 */
export function buildModel(
  whole: Catalog,
  { metadata = { tables: [] }, stringifyNumerics = false, enums }: ModelOptions = {},
): ModelResult {
  const catalog = tracked(whole, metadata);
  const types = new ColumnTypes(catalog.types, stringifyNumerics);
  const refused: string[] = [];
  const drafts = new Map<number, Draft>();
  for (const relation of catalog.relations) {
    const draft = draftOf(relation, types, catalog, metadata, enums);
    const bad = badNames(draft);
    if (draft.columns.size === 0) {
      refused.push(`cannot include "${draft.name}" in the GraphQL schema because it has no columns`);
    } else if (bad.length > 0) {
      const names = bad.map((name) => `"${name}"`).join(', ');
      refused.push(`cannot include "${draft.name}" in the GraphQL schema because ${names} is not a valid GraphQL identifier`);
    } else drafts.set(relation.oid, draft);
  }
  for (const link of links(catalog, metadata)) {
    const source = drafts.get(link.source.oid);
    const target = drafts.get(link.target.oid);
    if (source && target && GRAPHQL_NAME.test(link.name))
      source.relationships.set(link.name, relationshipOf(link, source, target));
  }
  const tables = [...drafts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { relationships } of tables) sortByKey(relationships);
  return { model: { tables }, refused };
}

/** The empty schema, which a role without permissions sees. */
export const EMPTY_MODEL: Model = { tables: [] };

/** The relations that the metadata lists, all of them without a list. */
function tracked(catalog: Catalog, { tables }: Metadata): Catalog {
  if (tables.length === 0) return catalog;
  const relations = tables.map(({ table }) => {
    const found = catalog.relations.find((relation) => isNamed(relation, table));
    if (found) return found;
    const { schema, name } = qualified(table);
    throw new MetadataError(`metadata: there is no table "${schema}"."${name}" in the served schemas`);
  });
  return { ...catalog, relations: catalog.relations.filter((relation) => relations.includes(relation)) };
}

/** The table's name in GraphQL (contract 1.1). */
function tableName({ schema, name }: CatalogRelation, metadata: Metadata): string {
  const custom = metadata.tables.find(({ table }) => isNamed({ schema, name }, table))?.configuration?.custom_name;
  return custom ?? (schema === 'public' ? name : `${schema}_${name}`);
}

function rootNames(custom: CustomRootFields = {}): Draft['rootNames'] {
  const named = Object.entries(custom).flatMap(([key, value]): [string, string][] => {
    const name = typeof value === 'string' ? value : value?.name;
    return name ? [[key, name]] : [];
  });
  return Object.fromEntries(named) as { [name in RootFieldName]?: string };
}

/** The enum that a column's values come from: its only foreign key goes to an enum table. */
function enumOf(relation: CatalogRelation, column: string, enums: ModelOptions['enums']): number | undefined {
  const key = relation.foreignKeys.find(
    ({ columns, target }) => columns.length === 1 && columns[0] === column && enums?.has(target),
  );
  return key?.target;
}

function draftOf(
  relation: CatalogRelation,
  types: ColumnTypes,
  catalog: Catalog,
  metadata: Metadata,
  enums: ModelOptions['enums'],
): Draft {
  const configuration = metadata.tables.find((entry) => isNamed(relation, entry.table))?.configuration;
  const typeOf = (column: CatalogColumn): Column['type'] => {
    const type = types.of(column.type);
    const target = catalog.relations.find(({ oid }) => oid === enumOf(relation, column.name, enums));
    const values = target && enums?.get(target.oid);
    return values ? enumColumn(tableName(target, metadata), type.sql, values) : type;
  };
  const columns = relation.columns.map((column): [string, Column] => [
    column.name,
    {
      name:
        configuration?.column_config?.[column.name]?.custom_name ??
        configuration?.custom_column_names?.[column.name] ??
        column.name,
      sql: quoteIdentifier(column.name),
      type: typeOf(column),
      nullable: !column.notNull,
      readOnly: column.readOnly,
      comment: column.comment,
    },
  ]);
  const bySqlName = new Map(columns);
  const primary = relation.keys.find((key) => key.primary);
  return {
    name: tableName(relation, metadata),
    rootNames: rootNames(configuration?.custom_root_fields),
    sql: `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`,
    schema: relation.schema,
    relation: relation.name,
    comment: relation.comment,
    insertable: relation.insertable,
    updatable: relation.updatable,
    deletable: relation.deletable,
    columns: new Map(columns.map(([, column]) => [column.name, column])),
    bySqlName,
    relationships: new Map(),
    primaryKey: (primary?.columns ?? []).flatMap((name) => bySqlName.get(name) ?? []),
    constraints: new Map(relation.keys.map((key) => [key.name, key.columns] as const).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function badNames(draft: Draft): string[] {
  const types = [...draft.columns.values()].map(({ type }) => type.scalar.name);
  const names = [draft.name, ...Object.values(draft.rootNames), ...draft.columns.keys(), ...draft.constraints.keys(), ...types];
  return [...new Set(names)].filter((name) => !GRAPHQL_NAME.test(name));
}

function relationshipOf(link: Link, source: Draft, target: Draft): Relationship {
  const mapping = link.mapping.flatMap(([from, to]): [Column, Column][] => {
    const ends = [source.bySqlName.get(from), target.bySqlName.get(to)] as const;
    if (!ends[0] || !ends[1])
      throw new MetadataError(`metadata: relationship "${link.name}" maps a column that does not exist: ${from} to ${to}`);
    return [[ends[0], ends[1]]];
  });
  return {
    name: link.name,
    kind: link.kind,
    target,
    mapping,
    nullable: !link.ownKey || mapping.some(([column]) => column.nullable),
    unique: isKey(
      link.target,
      link.mapping.map(([, column]) => column),
    ),
    insertion: link.insertion,
  };
}

function sortByKey(map: Map<string, Relationship>): void {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
