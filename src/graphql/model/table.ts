import type { Catalog, CatalogColumn, CatalogRelation } from '../catalog';
import { quoteIdentifier } from '../catalog';
import type { ColumnTypes } from './column-types';
import { FILTER_KEYS, isEnumValue, isName } from './graphql-names';
import type { CustomRootFields, MetadataOf, RootFieldName } from './metadata';
import type { Column, Relationship, Table } from './model';
import type { ColumnType, EnumValues } from './scalars';
import { enumColumn } from './scalars';

/** A relation under its GraphQL names, to which relationships are added later. */
export interface Draft {
  readonly relation: CatalogRelation;
  readonly table: Table & { readonly relationships: Map<string, Relationship> };
  /** In the order of the table; two may have one name in GraphQL. */
  readonly columns: readonly Column[];
  readonly bySqlName: ReadonlyMap<string, Column>;
}

/** What the drafts of a catalog are made from. */
export interface DraftSources {
  readonly catalog: Catalog;
  readonly types: ColumnTypes;
  readonly metadataOf: MetadataOf;
  /** The rows of the relations that the metadata marks as enums, by oid. */
  readonly enums: ReadonlyMap<number, EnumValues>;
}

export function draftOf(relation: CatalogRelation, sources: DraftSources): Draft {
  const configuration = sources.metadataOf(relation)?.configuration;
  const enumTypes = enumsOf(relation, sources);
  const custom = ({ name }: CatalogColumn): string | null | undefined =>
    own(configuration?.column_config, name)?.custom_name ?? own(configuration?.custom_column_names, name);
  const columns = relation.columns.map((column): [string, Column] => [
    column.name,
    {
      name: custom(column) ?? column.name,
      sql: quoteIdentifier(column.name),
      type: enumTypes.get(column.name)?.(sources.types.of(column.type)) ?? sources.types.of(column.type),
      nullable: !column.notNull,
      readOnly: column.readOnly,
      comment: column.comment,
    },
  ]);
  const bySqlName = new Map(columns);
  const primary = relation.keys.find((key) => key.primary);
  const offered = relation.keys.filter(({ deferrable }) => !deferrable).map((key) => [key.name, key.columns] as const);
  const table = {
    name: tableName(relation, sources.metadataOf),
    rootNames: rootNames(configuration?.custom_root_fields),
    sql: `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`,
    schema: relation.schema,
    relation: relation.name,
    partitions: relation.partitions,
    comment: relation.comment,
    insertable: relation.insertable,
    updatable: relation.updatable,
    deletable: relation.deletable,
    columns: new Map(columns.map(([, column]) => [column.name, column])),
    relationships: new Map<string, Relationship>(),
    primaryKey: (primary?.columns ?? []).flatMap((name) => bySqlName.get(name) ?? []),
    constraints: new Map(offered.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return { relation, table, columns: columns.map(([, column]) => column), bySqlName };
}

/** The table's name in GraphQL (contract 1.1). */
function tableName(relation: CatalogRelation, metadataOf: MetadataOf): string {
  const { schema, name } = relation;
  return metadataOf(relation)?.configuration?.custom_name ?? (schema === 'public' ? name : `${schema}_${name}`);
}

/** The columns whose values come from an enum table, since a foreign key of theirs alone goes to it. */
function enumsOf(
  { foreignKeys }: CatalogRelation,
  { catalog, metadataOf, enums }: DraftSources,
): ReadonlyMap<string, (type: ColumnType) => ColumnType> {
  const found = foreignKeys.flatMap(({ columns, target }): [string, (type: ColumnType) => ColumnType][] => {
    const [column, ...others] = columns;
    const values = enums.get(target);
    const relation = values && catalog.relations.find(({ oid }) => oid === target);
    if (column === undefined || others.length > 0 || !values || !relation) return [];
    return [[column, ({ sql }) => enumColumn(tableName(relation, metadataOf), sql, values)]];
  });
  // Of several the first one counts.
  return new Map(found.reverse());
}

function rootNames(custom: CustomRootFields = {}): Table['rootNames'] {
  const named = Object.entries(custom).flatMap(([key, value]): [string, string][] => {
    const name = typeof value === 'string' ? value : value?.name;
    return name ? [[key, name]] : [];
  });
  return Object.fromEntries(named) as { [name in RootFieldName]?: string };
}

/** A value that was given under this name, which may be that of a property of every object. */
function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Why GraphQL has no names for a draft; undefined when it has. */
export function whyUnnamed({ table, columns }: Draft): string | undefined {
  if (columns.length === 0) return 'it has no columns';
  const { columns: byName, constraints, rootNames: roots } = table;
  const values = [...byName.keys(), ...constraints.keys()];
  const types = columns.map(({ type }) => type.scalar.name);
  const names = new Set([table.name, ...Object.values(roots), ...values, ...types]);
  const invalid = [...names].filter((name) => !isName(name));
  if (invalid.length > 0) return `${listed(invalid)} is not a valid GraphQL identifier`;
  const unfit = values.filter((name) => !isEnumValue(name));
  if (unfit.length > 0) return `${listed(unfit)} is not a valid value of a GraphQL enum`;
  const filterKeys = FILTER_KEYS.filter((name) => byName.has(name));
  if (filterKeys.length > 0) return `${listed(filterKeys)} has a meaning of its own in filters`;
  return byName.size < columns.length ? columnConflict(columns) : undefined;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** What Hasura says of columns with one name. */
function columnConflict(columns: readonly Column[]): string | undefined {
  const byName = new Map<string, string[]>();
  for (const { name, sql } of columns) byName.set(name, [...(byName.get(name) ?? []), sql]);
  const conflict = [...byName].find(([, same]) => same.length > 1);
  if (!conflict) return undefined;
  const [name, same] = conflict;
  return `the definitions of columns ${same.join(' and ')} are in conflict: they are mapped to the same field name, "${name}"`;
}
