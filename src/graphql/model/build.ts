import type { Catalog, CatalogRelation } from '../catalog';
import type { Link } from './links';
import { isKey, isNamed, links } from './links';
import type { Metadata } from './metadata';
import type { Column, Model, Relationship, Table } from './model';
import { columnTypeOf, quoteIdentifier } from './scalars';

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

/** The model of a catalog: Hasura's names (contract 1.1), relationships by foreign key, overrides by metadata. */
export function buildModel(catalog: Catalog, metadata: Metadata = { tables: [] }): ModelResult {
  const refused: string[] = [];
  const drafts = new Map<number, Draft>();
  for (const relation of catalog.relations) {
    const draft = draftOf(relation, catalog, metadata);
    const bad = badNames(draft);
    if (bad.length > 0) {
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

function draftOf(relation: CatalogRelation, catalog: Catalog, metadata: Metadata): Draft {
  const configuration = metadata.tables.find((entry) => isNamed(relation, entry.table))?.configuration;
  const columns = relation.columns.map((column): [string, Column] => [
    column.name,
    {
      name: configuration?.column_config?.[column.name]?.custom_name ?? column.name,
      sql: quoteIdentifier(column.name),
      type: columnTypeOf(column.type, catalog.types),
      nullable: !column.notNull,
      readOnly: column.readOnly,
      comment: column.comment,
    },
  ]);
  const bySqlName = new Map(columns);
  const primary = relation.keys.find((key) => key.primary);
  return {
    name: configuration?.custom_name ?? (relation.schema === 'public' ? relation.name : `${relation.schema}_${relation.name}`),
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
    constraints: relation.keys.map((key) => key.name).sort(),
  };
}

function badNames(draft: Draft): string[] {
  return [draft.name, ...draft.columns.keys(), ...draft.constraints].filter((name) => !GRAPHQL_NAME.test(name));
}

function relationshipOf(link: Link, source: Draft, target: Draft): Relationship {
  const mapping = link.mapping.flatMap(([from, to]): [Column, Column][] => {
    const ends = [source.bySqlName.get(from), target.bySqlName.get(to)] as const;
    if (!ends[0] || !ends[1])
      throw new Error(`metadata: relationship "${link.name}" maps a column that does not exist: ${from} to ${to}`);
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
