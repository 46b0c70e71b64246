import { isList, JsonObject } from '../data/json';
import type { Json } from '../data/json';
import { cellAt, sharesKey } from '../data/rows';
import type { Row, State } from '../data/rows';
import { cellOf } from '../data/types';
import type { Cell } from '../data/types';
import type { ColumnModel, RelationshipModel, TableModel } from '../schema/model';
import { ExpectedError, Undetermined } from './expected';
import { listOf } from './operators';
import { columnNamed, meets } from './where';
import { checkKeys, checkReferences, hasBrokenReferences, VIOLATION } from './world';
import type { World } from './world';

/** The columns that a row gives; the others get their defaults. */
type Given = ReadonlyMap<ColumnModel, Cell>;

/** What an insert wrote: the rows of its own table in order, and how many of every table. */
export interface Inserted {
  readonly rows: readonly Row[];
  readonly affected: number;
}

/** `objects` of a table: in one statement, or one after the other when one of them carries related objects (contract 6). */
export function insertObjects(
  world: World,
  table: TableModel,
  objects: Json,
  conflict: Json,
  carried: Given = new Map(),
): Inserted {
  const items = listOf(objects);
  if (items.length === 0) return { rows: [], affected: 0 };
  if (items.every((item) => relatedIn(table, item).length === 0)) {
    const rows = insertRows(
      world,
      table,
      items.map((item) => new Map([...columnsIn(table, item), ...carried])),
      conflict,
    );
    return { rows, affected: rows.length };
  }
  const each = items.map((item) => whole(world, () => insertOne(world, table, item, conflict, carried)));
  return { rows: each.flatMap(({ rows }) => rows), affected: each.reduce((total, { affected }) => total + affected, 0) };
}

/**
 * One object of a nested insert. A reference that it breaks on its way is an error, or one of several.
 * @throws Undetermined when the reference is whole at the end: the server is then kinder than Hasura
 */
function whole<T>(world: World, insert: () => T): T {
  if (world.isNested) return insert();
  world.isNested = true;
  try {
    const result = insert();
    world.isNested = false;
    if (!world.brokenReferences) return result;
    checkReferences(world);
  } catch (error) {
    if (!(error instanceof ExpectedError) || !world.brokenReferences) throw error;
    throw new ExpectedError([...error.codes, VIOLATION]);
  }
  throw new Undetermined('a reference is broken for a while only');
}

/** An object with what hangs on it: first the rows that it refers to, then its own, then those that refer to it. */
function insertOne(world: World, table: TableModel, item: Json, conflict: Json, carried: Given): Inserted {
  const given = new Map([...columnsIn(table, item), ...carried]);
  const related = relatedIn(table, item);
  let affected = 0;
  for (const { relationship, data, onConflict } of related.filter((each) => each.relationship.insertion === 'before')) {
    const other = insertOne(world, relationship.target, data, onConflict, new Map());
    const [row] = other.rows;
    if (!row) throw new ExpectedError(['not-supported']);
    for (const [own, target] of relationship.mapping) given.set(own, cellAt(row, target));
    affected += other.affected;
  }
  const rows = insertRows(world, table, [given], conflict);
  affected += rows.length;
  for (const { relationship, data, onConflict } of related.filter((each) => each.relationship.insertion === 'after')) {
    const [row] = rows;
    if (!row) throw new ExpectedError(['not-supported']);
    const keys = new Map(relationship.mapping.map(([own, other]) => [other, cellAt(row, own)]));
    affected += insertObjects(world, relationship.target, data, onConflict, keys).affected;
  }
  return { rows, affected };
}

function columnsIn(table: TableModel, item: Json): Given {
  const entries = item instanceof JsonObject ? item.entries : [];
  const own = entries.filter(([name]) => table.columns.some((column) => column.name === name));
  return new Map(own.map(([name, value]) => [columnNamed(table, name), cellOf(columnNamed(table, name).type, value)]));
}

interface Related {
  readonly relationship: RelationshipModel;
  readonly data: Json;
  readonly onConflict: Json;
}

/** The relationships through which an object inserts something; null and no data are nothing to do. */
function relatedIn(table: TableModel, item: Json): Related[] {
  if (!(item instanceof JsonObject)) return [];
  return item.entries.flatMap(([name, value]) => {
    const relationship = table.relationships.find((each) => each.name === name);
    const data = value instanceof JsonObject ? value.get('data') : undefined;
    if (!relationship || data === undefined || (isList(data) && data.length === 0)) return [];
    return [{ relationship, data, onConflict: (value instanceof JsonObject && value.get('on_conflict')) || null }];
  });
}

/** One INSERT statement: gives the rows that it wrote. */
function insertRows(world: World, table: TableModel, all: readonly Given[], conflict: Json): Row[] {
  const before = world.snapshot();
  const written: Row[] = [];
  for (const given of all) {
    const row = completed(world, table, given);
    if (table.columns.some((column) => !column.nullable && cellAt(row, column) === null)) throw new ExpectedError([VIOLATION]);
    const existing = conflict instanceof JsonObject ? existingRow(world, table, row, conflict) : undefined;
    const result = existing && conflict instanceof JsonObject ? upserted(before, table, existing, row, conflict, written) : row;
    if (!result) continue;
    if (existing) world.replace(table, existing, result);
    else world.add(table, result);
    checkKeys(world, table, result);
    written.push(result);
  }
  if (world.isNested) world.brokenReferences ||= hasBrokenReferences(world);
  else checkReferences(world);
  return written;
}

function completed(world: World, table: TableModel, given: Given): Row {
  return new Map(
    table.columns.map((column) => {
      const cell = given.get(column);
      return [column, cell === undefined ? defaultOf(world, column) : cell];
    }),
  );
}

function defaultOf(world: World, column: ColumnModel): Cell {
  const { fallback, type } = column;
  if (!fallback) return null;
  return cellOf(type, fallback.kind === 'sequence' ? String(world.next(column)) : fallback.value);
}

function existingRow(world: World, table: TableModel, row: Row, conflict: JsonObject): Row | undefined {
  const key = table.keys.find(({ name }) => name === conflict.get('constraint'));
  if (!key) throw new Error('on_conflict names no constraint of the table');
  return world.rows(table).find((other) => sharesKey(row, other, key));
}

/** The existing row with the columns of the new one that are to be updated; undefined when it is left as it is. */
function upserted(
  before: State,
  table: TableModel,
  existing: Row,
  row: Row,
  conflict: JsonObject,
  written: readonly Row[],
): Row | undefined {
  const columns = listOf(conflict.get('update_columns') ?? []).map((name) => columnNamed(table, String(name as string)));
  if (columns.length === 0) return undefined;
  // Postgres refuses to change a row twice in one statement (21000), which is no class of its own to the contract.
  if (written.includes(existing)) throw new ExpectedError(['unexpected']);
  const where = conflict.get('where');
  if (where !== undefined && meets(before, table, existing, where) !== true) return undefined;
  return new Map([...existing, ...columns.map((column) => [column, cellAt(row, column)] as const)]);
}
