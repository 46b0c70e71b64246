import type { Catalog, CatalogRelation } from '../catalog';
import { Claims } from './claims';
import { possibleCollisions } from './collisions';
import { ColumnTypes } from './column-types';
import { isKey } from './foreign-keys';
import type { Link } from './links';
import { links } from './links';
import type { Metadata } from './metadata';
import { MetadataError, metadataOf, qualified } from './metadata';
import type { Column, Model, Relationship } from './model';
import type { ColumnType, EnumValues } from './scalars';
import type { Draft, DraftSources } from './table';
import { draftOf, whyUnnamed } from './table';

export interface ModelResult {
  readonly model: Model;
  /** Why a relation is not served; a custom name in the metadata cures it. */
  readonly refused: readonly string[];
}

export interface ModelOptions {
  readonly metadata?: Metadata | undefined;
  /** Bigints, numerics and doubles are answered as strings. */
  readonly stringifyNumerics?: boolean | undefined;
  /** The rows of the relations that the metadata marks as enums, by oid. */
  readonly enums?: ReadonlyMap<number, EnumValues> | undefined;
}

/** The empty schema, which a role without permissions sees. */
export const EMPTY_MODEL: Model = { tables: [] };

/**
 * The model of a catalog: Hasura's names (contract 1.1), relationships by foreign key, overrides by metadata. When the
 * metadata lists tables, those alone are served. Of tables that cannot have their names at once, the first by schema and
 * name is served.
 * @throws MetadataError for metadata that does not fit the catalog
 */
export function buildModel(whole: Catalog, options: ModelOptions = {}): ModelResult {
  const { metadata = EMPTY_METADATA, stringifyNumerics = false, enums = new Map() } = options;
  const catalog = tracked(whole, metadata);
  const types = new ColumnTypes(catalog.types, stringifyNumerics);
  const sources = { catalog, types, metadataOf: metadataOf(metadata), enums };
  const { drafts, refused } = draftsOf(sources);
  const names = new Map([...drafts].map(([relation, { table }]) => [relation, table.columns.keys()]));
  for (const link of links(catalog, sources.metadataOf, names)) {
    const source = drafts.get(link.source);
    const target = drafts.get(link.target);
    if (source && target) source.table.relationships.set(link.name, relationshipOf(link, source, target));
  }
  const tables = [...drafts.values()].map(({ table }) => table).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { relationships } of tables) sortByKey(relationships);
  return { model: { tables }, refused };
}

const EMPTY_METADATA: Metadata = { tables: [] };

/** The relations that the metadata lists, all of them without a list. */
function tracked(catalog: Catalog, { tables }: Metadata): Catalog {
  if (tables.length === 0) return catalog;
  const listed = new Map(tables.map(({ table }) => [idOf(qualified(table)), qualified(table)]));
  const relations = catalog.relations.filter((relation) => listed.delete(idOf(relation)));
  for (const { schema, name } of listed.values())
    throw new MetadataError(`metadata: there is no table "${schema}"."${name}" in the served schemas`);
  return { ...catalog, relations };
}

function idOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return JSON.stringify([schema, name]);
}

/** The relations under names that GraphQL has, each only once, and why the others are not served. */
function draftsOf(sources: DraftSources): { drafts: Map<CatalogRelation, Draft>; refused: string[] } {
  const drafts = new Map<CatalogRelation, Draft>();
  const refused: string[] = [];
  const refuse = ({ table }: Draft, reason: string): void =>
    void refused.push(`cannot include "${table.name}" in the GraphQL schema because ${reason}`);
  const named = sources.catalog.relations.flatMap((relation) => {
    const draft = draftOf(relation, sources);
    const reason = whyUnnamed(draft);
    if (reason) refuse(draft, reason);
    return reason ? [] : [draft];
  });
  const claims = new Claims();
  const typeReasons = new Map(typesOf(named).map((type) => [type, claims.addType(type)]));
  const tables = named.map(({ table }) => table);
  const collides = possibleCollisions(tables, claims.names);
  for (const draft of named) {
    const ofColumn = draft.columns.map(({ type }) => typeReasons.get(type)).find((reason) => reason !== undefined);
    const reason = ofColumn ?? (collides.has(draft.table) ? claims.addTable(draft.table) : undefined);
    if (reason) refuse(draft, reason);
    else drafts.set(draft.relation, draft);
  }
  return { drafts, refused };
}

/** The types of all columns, Postgres' own first, then in the order of their making. */
function typesOf(drafts: readonly Draft[]): ColumnType[] {
  const oids = new Map<ColumnType, number>();
  for (const { relation, columns } of drafts)
    columns.forEach(({ type }, index) => void oids.set(type, relation.columns[index]?.type ?? 0));
  return [...oids].sort(([, a], [, b]) => a - b).map(([type]) => type);
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
    target: target.table,
    mapping,
    nullable: !link.isHeld || mapping.some(([column]) => column.nullable),
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
