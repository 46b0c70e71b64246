import type { Model, Table } from './model';
import { updateOperators } from './update-operators';

/** What a root field does. */
export type RootKind =
  | 'select'
  | 'selectByPk'
  | 'selectAggregate'
  | 'selectStream'
  | 'insert'
  | 'insertOne'
  | 'update'
  | 'updateByPk'
  | 'updateMany'
  | 'delete'
  | 'deleteByPk';

export interface RootField {
  readonly name: string;
  readonly kind: RootKind;
  readonly table: Table;
}

export interface RootFields {
  readonly query: ReadonlyMap<string, RootField>;
  readonly mutation: ReadonlyMap<string, RootField>;
  /** The fields of a query, and those that stream. */
  readonly subscription: ReadonlyMap<string, RootField>;
}

/** What the one field of an empty schema says, `no_queries_available`. */
export const NO_QUERIES =
  "There are no queries available to the current role. Either there are no sources or remote schemas configured, or the current role doesn't have the required permissions.";

const known = new WeakMap<Model, RootFields>();

/** The root fields by name, sorted (contract 1.2). */
export function rootFields(model: Model): RootFields {
  const made = known.get(model) ?? {
    query: sorted(model.tables.flatMap(queries)),
    mutation: sorted(model.tables.flatMap(mutations)),
    subscription: sorted(model.tables.flatMap((table) => [...queries(table), stream(table)])),
  };
  known.set(model, made);
  return made;
}

export function queries(table: Table): RootField[] {
  const { name, rootNames } = table;
  const fields: RootField[] = [
    { name: rootNames.select ?? name, kind: 'select', table },
    { name: rootNames.select_aggregate ?? `${name}_aggregate`, kind: 'selectAggregate', table },
  ];
  if (table.primaryKey.length > 0) fields.push({ name: rootNames.select_by_pk ?? `${name}_by_pk`, kind: 'selectByPk', table });
  return fields;
}

export function stream(table: Table): RootField {
  return { name: table.rootNames.select_stream ?? `${table.name}_stream`, kind: 'selectStream', table };
}

export function mutations(table: Table): RootField[] {
  const { name, rootNames } = table;
  const hasKey = table.primaryKey.length > 0;
  const fields: RootField[] = [];
  const add = (kind: RootKind, own: string): void => void fields.push({ name: own, kind, table });
  if (table.insertable) {
    add('insert', rootNames.insert ?? `insert_${name}`);
    add('insertOne', rootNames.insert_one ?? `insert_${name}_one`);
  }
  if (table.updatable && updateOperators(table).length > 0) {
    add('update', rootNames.update ?? `update_${name}`);
    add('updateMany', rootNames.update_many ?? `update_${name}_many`);
    if (hasKey) add('updateByPk', rootNames.update_by_pk ?? `update_${name}_by_pk`);
  }
  if (table.deletable) {
    add('delete', rootNames.delete ?? `delete_${name}`);
    if (hasKey) add('deleteByPk', rootNames.delete_by_pk ?? `delete_${name}_by_pk`);
  }
  return fields;
}

function sorted(fields: RootField[]): ReadonlyMap<string, RootField> {
  return new Map(fields.sort((a, b) => (a.name < b.name ? -1 : 1)).map((field) => [field.name, field]));
}
