import type { CatalogForeignKey, CatalogRelation } from '../catalog';

/** Whether at most one row has given values in these columns. */
export function isKey(relation: CatalogRelation, columns: readonly string[]): boolean {
  return relation.keys.some((key) => key.columns.every((column) => columns.includes(column)));
}

/** The foreign keys of a relation, of those that say the same only one: one that holds, if there is one. */
export function distinctForeignKeys({ foreignKeys }: CatalogRelation): readonly CatalogForeignKey[] {
  if (new Set(foreignKeys.map(({ target }) => target)).size === foreignKeys.length) return foreignKeys;
  const byMeaning = new Map<string, CatalogForeignKey>();
  for (const key of foreignKeys) {
    const meaning = JSON.stringify([key.target, key.columns.map((column, index) => [column, key.targetColumns[index]]).sort()]);
    if (!byMeaning.get(meaning)?.valid) byMeaning.set(meaning, key);
  }
  return [...byMeaning.values()];
}
