import type { Catalog, CatalogRelation } from './catalog';

/**
 * The roles that read every row and change nothing, and the columns that each does not see, as `schema.table.column` in the
 * database's names.
 */
export type Readers = Readonly<Record<string, readonly string[]>>;

/**
 * A catalog as who only reads sees it: nothing can be written, and the hidden columns do not exist, so that neither
 * selections nor filters, orders or aggregates of any place in the schema have them. A key with a hidden column is none.
 */
export function readable(catalog: Catalog, hidden: readonly string[]): Catalog {
  const relations = catalog.relations.map((relation): CatalogRelation => {
    const isSeen = (column: string): boolean => !hidden.includes(`${relation.schema}.${relation.name}.${column}`);
    const columns = relation.columns.filter(({ name }) => isSeen(name));
    return {
      ...relation,
      insertable: false,
      updatable: false,
      deletable: false,
      columns,
      keys: relation.keys.filter((key) => key.columns.every(isSeen)),
      foreignKeys: relation.foreignKeys.filter((key) => key.columns.every(isSeen) && areTargetsSeen(catalog, hidden, key)),
    };
  });
  return { ...catalog, relations };
}

function areTargetsSeen(
  { relations }: Catalog,
  hidden: readonly string[],
  { target, targetColumns }: CatalogRelation['foreignKeys'][number],
): boolean {
  const relation = relations.find(({ oid }) => oid === target);
  return !relation || targetColumns.every((column) => !hidden.includes(`${relation.schema}.${relation.name}.${column}`));
}
