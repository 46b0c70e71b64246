/** Hasura's metadata for tables, as far as it is read: names by rule hold where it is silent. */
export interface Metadata {
  readonly tables: readonly TableMetadata[];
}

export interface TableMetadata {
  readonly table: QualifiedTable;
  readonly configuration?: {
    /** Replaces the whole of the table's GraphQL name. */
    readonly custom_name?: string;
    readonly column_config?: Readonly<Record<string, { readonly custom_name?: string }>>;
  };
  readonly object_relationships?: readonly RelationshipMetadata[];
  readonly array_relationships?: readonly RelationshipMetadata[];
}

export interface RelationshipMetadata {
  readonly name: string;
  readonly using: {
    /** The column (or columns) of this table; or, with `table`, those of the other table that refer to this one. */
    readonly foreign_key_constraint_on?: string | readonly string[] | ForeignKeyOfOther;
    readonly manual_configuration?: {
      readonly remote_table: string | QualifiedTable;
      readonly column_mapping: Readonly<Record<string, string>>;
      readonly insertion_order?: 'before_parent' | 'after_parent' | null;
    };
  };
}

export interface QualifiedTable {
  readonly schema: string;
  readonly name: string;
}

export interface ForeignKeyOfOther {
  readonly table: string | QualifiedTable;
  readonly column?: string;
  readonly columns?: readonly string[];
}

/** A table named alone lies in schema `public`. */
export function qualified(table: string | QualifiedTable): QualifiedTable {
  return typeof table === 'string' ? { schema: 'public', name: table } : table;
}
