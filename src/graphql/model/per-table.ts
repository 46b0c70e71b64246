import type { Table } from './model';

/** A function of a table that is computed once for each table. */
export function perTable<T extends object>(make: (table: Table) => T): (table: Table) => T {
  const known = new WeakMap<Table, T>();
  return (table) => {
    const made = known.get(table) ?? make(table);
    known.set(table, made);
    return made;
  };
}
