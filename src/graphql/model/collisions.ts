import type { Table } from './model';

/**
 * The tables that may have a name in common with another table or a name that is taken, for whom alone it is worth to look at
 * every name.
 * By rule a name is a table's, or that with `_` and more behind it; so a table whose name begins no other and is begun by no
 * other has its names to itself.
 */
export function possibleCollisions(tables: readonly Table[], taken: Iterable<string>): ReadonlySet<Table> {
  if (tables.some(({ rootNames }) => Object.keys(rootNames).length > 0)) return new Set(tables);
  const names = new Map<string, Table[]>();
  for (const name of taken) names.set(name, []);
  const found = new Set<Table>();
  for (const table of tables) {
    const same = names.get(table.name);
    if (same) [table, ...same].forEach((each) => found.add(each));
    names.set(table.name, [table, ...(same ?? [])]);
  }
  for (const [name, own] of names) {
    for (let end = name.indexOf('_', 1); end > 0; end = name.indexOf('_', end + 1)) {
      const others = names.get(name.slice(0, end));
      if (others) [...own, ...others].forEach((each) => found.add(each));
    }
  }
  return found;
}
