import type { Column, Relationship, Table } from '../model';
import type { Conflict, InsertObject, RelatedInsert } from './insert-input';
import { refuseDetermined } from './insert-input';
import type { Sql } from './sql';
import { join, raw, relation, sql } from './sql';

/** One INSERT of a nested insert. The nodes are in Hasura's order: a node needs keys of earlier nodes only. */
export interface InsertNode {
  readonly table: Table;
  readonly rows: readonly ReadonlyMap<Column, Sql>[];
  readonly conflict: Conflict | undefined;
  readonly path: string;
  /** The nodes whose keys it carries, and what is said when one of them wrote no row. */
  readonly needs: readonly { readonly node: number; readonly path: string; readonly message: string }[];
  /** It writes rows of the root field's table that the answer shows. */
  readonly isRoot: boolean;
  /** It begins another object of the request: a statement never spans two of them. */
  readonly startsObject: boolean;
}

type Inherited = { readonly columns: ReadonlyMap<Column, Sql>; readonly need: InsertNode['needs'][number] | undefined };
const NOTHING: Inherited = { columns: new Map(), need: undefined };

/** The inserts of a request: in bulk when no object holds a relationship, else object by object. */
export function insertNodes(
  table: Table,
  objects: readonly InsertObject[],
  conflict: Conflict | undefined,
  path: string,
): InsertNode[] {
  const nodes: InsertNode[] = [];
  if (objects.every((object) => object.related.length === 0)) {
    const bulk = { table, conflict, path, needs: [], isRoot: true, startsObject: true };
    return inParts(objects.map((object) => object.columns)).map((rows) => ({ ...bulk, rows }));
  }
  objects.forEach((object, index) => {
    const start = nodes.length;
    addRow(nodes, table, object, conflict, NOTHING, `${path}[${index}]`, true);
    const first = nodes[start];
    if (first) nodes[start] = { ...first, startsObject: true };
  });
  return nodes;
}

/** Object relationships that this row's key depends on, then the row, then what depends on the row. */
function addRow(
  nodes: InsertNode[],
  table: Table,
  object: InsertObject,
  conflict: Conflict | undefined,
  inherited: Inherited,
  path: string,
  isRoot: boolean,
): number {
  const columns = withInherited(object, inherited, path);
  const needs = inherited.need ? [inherited.need] : [];
  for (const related of object.related.filter(({ relationship }) => relationship.insertion === 'before')) {
    const { relationship } = related;
    const determined = relationship.mapping.filter(([own]) => columns.has(own)).map(([own]) => own.name);
    const ownPath = `${path}.${relationship.name}`;
    if (determined.length > 0) refuseDetermined('object', relationship.name, determined, ownPath);
    const [first] = related.objects;
    if (!first) continue;
    const node = addRow(nodes, relationship.target, first, related.conflict, NOTHING, `${ownPath}.data`, false);
    const message = `cannot proceed to insert object relation "${relationship.name}" since insert to table "${sqlName(relationship.target)}" affects zero rows`;
    needs.push({ node, path: ownPath, message });
    for (const [own, other] of relationship.mapping) columns.set(own, keyOf(node, other));
  }
  const own = nodes.push({ table, rows: [columns], conflict, path, needs, isRoot, startsObject: false }) - 1;
  for (const related of object.related.filter(({ relationship }) => relationship.insertion === 'after'))
    addAfter(nodes, table, own, related, path);
  return own;
}

function addAfter(nodes: InsertNode[], table: Table, parent: number, related: RelatedInsert, path: string): void {
  const { relationship, objects, conflict } = related;
  const message = `cannot proceed to insert array relations since insert to table "${sqlName(table)}" affects zero rows`;
  const inherited: Inherited = { columns: carried(relationship, parent), need: { node: parent, path, message } };
  const dataPath = `${path}.${relationship.name}.data`;
  if (objects.every((object) => object.related.length === 0)) {
    const all = objects.map((object, index) => withInherited(object, inherited, `${dataPath}[${index}]`));
    const needs = inherited.need ? [inherited.need] : [];
    const bulk = { table: relationship.target, conflict, path: dataPath, needs, isRoot: false, startsObject: false };
    nodes.push(...inParts(all).map((rows) => ({ ...bulk, rows })));
    return;
  }
  objects.forEach((object, index) => {
    addRow(nodes, relationship.target, object, conflict, inherited, `${dataPath}[${index}]`, false);
  });
}

/** Postgres takes 65,535 parameters a statement; more rows than have room are several INSERTs of the same transaction. */
const MAX_PARAMETERS = 60_000;

function inParts(rows: readonly ReadonlyMap<Column, Sql>[]): (readonly ReadonlyMap<Column, Sql>[])[] {
  const parts: ReadonlyMap<Column, Sql>[][] = [];
  let room = 0;
  for (const row of rows) {
    if (room < row.size || parts.length === 0) {
      parts.push([]);
      room = MAX_PARAMETERS;
    }
    parts.at(-1)?.push(row);
    room -= row.size;
  }
  return parts;
}

function carried(relationship: Relationship, parent: number): Map<Column, Sql> {
  return new Map(relationship.mapping.map(([own, other]) => [other, keyOf(parent, own)]));
}

function withInherited(object: InsertObject, inherited: Inherited, path: string): Map<Column, Sql> {
  const twice = [...inherited.columns.keys()].filter((column) => object.columns.has(column)).map(({ name }) => name);
  if (twice.length > 0) refuseDetermined('array', '', twice, path);
  return new Map([...object.columns, ...inherited.columns]);
}

function keyOf(node: number, column: Column): Sql {
  return sql`${{ kind: 'key', node, column }}`;
}

function sqlName(table: Table): string {
  return table.schema === 'public' ? table.relation : `${table.schema}.${table.relation}`;
}

/** The INSERT of a node; a column that only some rows give is its default in the others. */
export function insertStatement({ table, rows, conflict }: InsertNode): Sql {
  const as = conflict ? sql` AS ${conflict.alias}` : raw('');
  return sql`INSERT INTO ${relation(table)}${as} ${newRows(rows)}${conflict?.clause ?? raw('')} RETURNING *`;
}

function newRows(rows: InsertNode['rows']): Sql {
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  // DEFAULT cannot be written for every column: one of a view may be an expression, one of a table be generated.
  if (columns.length === 0) return raw(rows.length === 1 ? 'DEFAULT VALUES' : `SELECT FROM generate_series(1, ${rows.length})`);
  const names = columns.map((column) => raw(column.sql));
  const values = rows.map(
    (row) =>
      sql`(${join(
        columns.map((column) => row.get(column) ?? raw('DEFAULT')),
        ', ',
      )})`,
  );
  return sql`(${join(names, ', ')}) VALUES ${join(values, ', ')}`;
}
