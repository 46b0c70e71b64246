import type { Json } from '../data/json';
import type { TypeName } from '../data/types';

/** A generated schema. Names are GraphQL's unless they are said to be SQL's. */
export interface SchemaModel {
  /** In SQL. */
  readonly schema: string;
  readonly tables: readonly TableModel[];
  /** The names come from metadata, not from the rule. */
  readonly hasMetadata: boolean;
  readonly stringifyNumerics: boolean;
}

export interface TableModel {
  readonly name: string;
  /** In SQL. */
  readonly relation: string;
  readonly columns: ColumnModel[];
  readonly primaryKey: KeyModel | undefined;
  /** Unique constraints, the primary key among them. */
  readonly keys: KeyModel[];
  readonly foreignKeys: ForeignKeyModel[];
  readonly relationships: RelationshipModel[];
}

export interface ColumnModel {
  readonly name: string;
  /** In SQL, not quoted. */
  readonly sql: string;
  readonly type: TypeName;
  readonly nullable: boolean;
  readonly fallback: Fallback | undefined;
}

/** A column's DEFAULT. */
export type Fallback = { readonly kind: 'constant'; readonly value: Json } | { readonly kind: 'sequence' };

export interface KeyModel {
  /** The constraint's. */
  readonly name: string;
  readonly columns: readonly ColumnModel[];
}

export interface ForeignKeyModel {
  /** The constraint's. */
  readonly name: string;
  readonly columns: readonly ColumnModel[];
  readonly target: TableModel;
  readonly targetColumns: readonly ColumnModel[];
  readonly onDelete: 'NO ACTION' | 'CASCADE' | 'SET NULL';
}

export interface RelationshipModel {
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly target: TableModel;
  /** Pairs of a column of this table and the column of the target that equals it. */
  readonly mapping: readonly (readonly [ColumnModel, ColumnModel])[];
  /** When a nested insert writes the related row. */
  readonly insertion: 'before' | 'after';
  /** The foreign key that it follows, from either end; undefined when metadata maps the columns. */
  readonly foreignKey: ForeignKeyModel | undefined;
}

/** The first value that a sequence gives: above those of the generated rows. */
export const FIRST_OF_SEQUENCE = 1000;

/** At most one row of the table has given values in these columns. */
export function isUnique(table: TableModel, columns: readonly ColumnModel[]): boolean {
  return table.keys.some((key) => key.columns.every((column) => columns.includes(column)));
}
