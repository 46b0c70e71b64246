import { z } from 'zod';
import { isName } from './graphql-names';

/** Hasura's metadata for tables, as far as it is read: names by rule hold where it is silent. */
export interface Metadata {
  /** As in Hasura, a table that is not listed is not served; an empty list serves every table. */
  readonly tables: readonly TableMetadata[];
}

export interface TableMetadata {
  readonly table: string | QualifiedTable;
  /** The rows are the values of a GraphQL enum: the key is a text column, and one more may hold descriptions. */
  readonly is_enum?: boolean | undefined;
  readonly configuration?: TableConfiguration | undefined;
  readonly object_relationships?: readonly RelationshipMetadata[] | undefined;
  readonly array_relationships?: readonly RelationshipMetadata[] | undefined;
}

export interface TableConfiguration {
  /** Replaces the whole of the table's GraphQL name. */
  readonly custom_name?: string | null | undefined;
  readonly custom_root_fields?: CustomRootFields | undefined;
  readonly column_config?: Readonly<Record<string, { readonly custom_name?: string | null | undefined }>> | undefined;
  /** The older form of `column_config`. */
  readonly custom_column_names?: Readonly<Record<string, string>> | undefined;
}

export const ROOT_FIELD_NAMES = [
  'select',
  'select_by_pk',
  'select_aggregate',
  'select_stream',
  'insert',
  'insert_one',
  'update',
  'update_by_pk',
  'update_many',
  'delete',
  'delete_by_pk',
] as const;
export type RootFieldName = (typeof ROOT_FIELD_NAMES)[number];
export type CustomRootFields = {
  readonly [name in RootFieldName]?: string | { readonly name?: string | null | undefined } | null | undefined;
};

export interface RelationshipMetadata {
  readonly name: string;
  readonly using: {
    /** The column (or columns) of this table; or, with `table`, those of the other table that refer to this one. */
    readonly foreign_key_constraint_on?: string | readonly string[] | ForeignKeyOfOther | undefined;
    readonly manual_configuration?:
      | {
          readonly remote_table: string | QualifiedTable;
          readonly column_mapping: Readonly<Record<string, string>>;
          readonly insertion_order?: 'before_parent' | 'after_parent' | null | undefined;
        }
      | undefined;
  };
}

export interface QualifiedTable {
  readonly schema: string;
  readonly name: string;
}

export interface ForeignKeyOfOther {
  readonly table: string | QualifiedTable;
  readonly column?: string | undefined;
  readonly columns?: readonly string[] | undefined;
}

/** Metadata that cannot be served as it is: says what and where. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
}

/** A table named alone lies in schema `public`. */
export function qualified(table: string | QualifiedTable): QualifiedTable {
  return typeof table === 'string' ? { schema: 'public', name: table } : table;
}

/** The metadata of a relation, if it has any. */
export type MetadataOf = (relation: QualifiedTable) => TableMetadata | undefined;

export function metadataOf({ tables }: Metadata): MetadataOf {
  const id = ({ schema, name }: QualifiedTable): string => JSON.stringify([schema, name]);
  const byId = new Map<string, TableMetadata>();
  for (const entry of [...tables].reverse()) byId.set(id(qualified(entry.table)), entry);
  return (relation) => byId.get(id(relation));
}

const table = z.union([z.string(), z.object({ schema: z.string().default('public'), name: z.string() })], {
  error: 'must be a table name or {"schema", "name"}',
});
const columns = z.array(z.string()).min(1);
const relationship = z.object({
  name: z.string().refine(isName, 'must be a GraphQL name'),
  using: z
    .object({
      foreign_key_constraint_on: z
        .union([z.string(), columns, z.object({ table, column: z.string().optional(), columns: columns.optional() })], {
          error: 'must be a column, a list of columns, or {"table", "columns"}',
        })
        .optional(),
      manual_configuration: z
        .object({
          remote_table: table,
          column_mapping: z
            .record(z.string(), z.string())
            .refine((mapping) => Object.keys(mapping).length > 0, 'must map a column'),
          insertion_order: z.enum(['before_parent', 'after_parent']).nullish(),
        })
        .optional(),
    })
    .refine(
      (using) => (using.foreign_key_constraint_on === undefined) !== (using.manual_configuration === undefined),
      'must have one of foreign_key_constraint_on and manual_configuration',
    ),
});
const tables = z.array(
  z.object({
    table,
    is_enum: z.boolean().optional(),
    configuration: z
      .object({
        custom_name: z.string().nullish(),
        custom_root_fields: z
          .partialRecord(z.enum(ROOT_FIELD_NAMES), z.union([z.string(), z.object({ name: z.string().nullish() })]).nullable())
          .optional(),
        column_config: z.record(z.string(), z.object({ custom_name: z.string().nullish() })).optional(),
        custom_column_names: z.record(z.string(), z.string()).optional(),
      })
      .optional(),
    object_relationships: z.array(relationship).optional(),
    array_relationships: z.array(relationship).optional(),
  }),
);

/**
 * Metadata from JSON: a list of tables, an object with `tables`, or what Hasura exports (its one Postgres source). Keys
 * that have no meaning here, such as permissions, are passed over.
 * @throws MetadataError naming every place that does not fit
 */
export function parseMetadata(json: unknown): Metadata {
  const parsed = tables.safeParse(tablesOf(json));
  if (parsed.success) return { tables: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    return `tables${place}: ${message}`;
  });
  throw new MetadataError(`the metadata is not in Hasura's form: ${issues.join('; ')}`);
}

function tablesOf(json: unknown): unknown {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  if (isObject(json.metadata)) return tablesOf(json.metadata);
  if (!Array.isArray(json.sources)) return json.tables;
  if (json.sources.length === 1) return tablesOf(json.sources[0]);
  throw new MetadataError(`the metadata has ${json.sources.length} sources, and exactly one can be served`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
