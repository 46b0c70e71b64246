/** What Postgres says of the tables, views and types of the served schemas. Names are as in the database. */
export interface Catalog {
  readonly relations: readonly CatalogRelation[];
  /** Every type of a column, and the element types of those. */
  readonly types: ReadonlyMap<number, CatalogType>;
}

export interface CatalogRelation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly insertable: boolean;
  readonly updatable: boolean;
  readonly deletable: boolean;
  /** In the order of the table. */
  readonly columns: readonly CatalogColumn[];
  /** Primary and unique constraints, the primary key first. */
  readonly keys: readonly CatalogKey[];
  readonly foreignKeys: readonly CatalogForeignKey[];
  /** Of a partitioned table: the tables that hold its rows, which Postgres names in errors. */
  readonly partitions: readonly { readonly schema: string; readonly name: string }[];
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: number;
  readonly notNull: boolean;
  /** Never written: generated, an identity that is always generated, or an expression of a view. */
  readonly readOnly: boolean;
  readonly comment: string | null;
}

export interface CatalogKey {
  readonly name: string;
  readonly primary: boolean;
  /** It may be checked at the commit only, and then ON CONFLICT cannot name it. */
  readonly deferrable: boolean;
  readonly columns: readonly string[];
}

export interface CatalogForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** The referenced relation's oid; it may lie outside the served schemas. */
  readonly target: number;
  readonly targetColumns: readonly string[];
  /** Every row obeys it: it is enforced, and was checked on the rows that were there before it. */
  readonly valid: boolean;
}

export interface CatalogType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** Postgres' typtype: b(ase), c(omposite), d(omain), e(num), m(ultirange), r(ange). */
  readonly kind: string;
  /** The element's type of an array, else null. */
  readonly element: number | null;
  /** The base type of a domain, else null. */
  readonly base: number | null;
  /** What separates the elements of its arrays. */
  readonly delimiter: string;
  /** Of a base type outside pg_catalog: the operators and aggregates that its schema has for it. */
  readonly operators: readonly string[];
  readonly aggregates: readonly string[];
}
