import type { Model, Table } from './model';
import { updateOperators } from './operators';

/** What a root field does. */
export type RootKind =
  | 'select'
  | 'selectByPk'
  | 'selectAggregate'
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
}

const known = new WeakMap<Model, RootFields>();

/** The root fields by name, sorted (contract 1.2). */
export function rootFields(model: Model): RootFields {
  const made = known.get(model) ?? {
    query: sorted(model.tables.flatMap(queries)),
    mutation: sorted(model.tables.flatMap(mutations)),
  };
  known.set(model, made);
  return made;
}

function queries(table: Table): RootField[] {
  const { name } = table;
  const fields: RootField[] = [
    { name, kind: 'select', table },
    { name: `${name}_aggregate`, kind: 'selectAggregate', table },
  ];
  return table.primaryKey.length > 0 ? [...fields, { name: `${name}_by_pk`, kind: 'selectByPk', table }] : fields;
}

function mutations(table: Table): RootField[] {
  const { name } = table;
  const hasKey = table.primaryKey.length > 0;
  const fields: RootField[] = [];
  if (table.insertable) {
    fields.push({ name: `insert_${name}`, kind: 'insert', table }, { name: `insert_${name}_one`, kind: 'insertOne', table });
  }
  if (table.updatable && updateOperators(table).length > 0) {
    fields.push({ name: `update_${name}`, kind: 'update', table }, { name: `update_${name}_many`, kind: 'updateMany', table });
    if (hasKey) fields.push({ name: `update_${name}_by_pk`, kind: 'updateByPk', table });
  }
  if (table.deletable) {
    fields.push({ name: `delete_${name}`, kind: 'delete', table });
    if (hasKey) fields.push({ name: `delete_${name}_by_pk`, kind: 'deleteByPk', table });
  }
  return fields;
}

function sorted(fields: RootField[]): ReadonlyMap<string, RootField> {
  return new Map(fields.sort((a, b) => (a.name < b.name ? -1 : 1)).map((field) => [field.name, field]));
}
