import { isJoined, pairsOf } from '../data/rows';
import type { Row } from '../data/rows';
import type { ForeignKeyModel, TableModel } from '../schema/model';
import { Undetermined } from './expected';
import { checkReferences } from './world';
import type { World } from './world';

/** One DELETE of rows that were chosen before it, with what foreign keys do to those that refer to them. */
export function deleteRows(world: World, table: TableModel, chosen: readonly Row[]): void {
  const held = cascade(world, table, chosen);
  checkReferences(world);
  // Postgres looks at what must not be referred to when its turn among the triggers comes: the row may be gone by then or not.
  const isGone = ([holder, row]: Held): boolean => !world.rows(holder).includes(row);
  if (held.some(isGone)) throw new Undetermined('the order of the triggers decides whether a reference is broken');
}

/** A row that refers to one that is gone, or that changed, without an action for that. */
type Held = readonly [TableModel, Row];

function cascade(world: World, table: TableModel, gone: readonly Row[]): Held[] {
  if (gone.length === 0) return [];
  world.remove(table, new Set(gone));
  const found = referring(world, table, gone);
  const held = found.filter(({ key }) => key.onDelete === 'NO ACTION');
  const acting = found.filter(({ key }) => key.onDelete !== 'NO ACTION');
  return [...held.flatMap(heldBy), ...acting.flatMap((each) => act(world, each, gone))];
}

/** The rows of a table that refer to others by one of its keys. */
interface Referring {
  readonly child: TableModel;
  readonly key: ForeignKeyModel;
  readonly rows: readonly Row[];
}

function referring(world: World, table: TableModel, gone: readonly Row[]): Referring[] {
  return [...world.tables.keys()].flatMap((child) =>
    child.foreignKeys
      .filter(({ target }) => target === table)
      .map((key) => ({ child, key, rows: rowsBy(world, child, key, gone) })),
  );
}

function rowsBy(world: World, child: TableModel, key: ForeignKeyModel, gone: readonly Row[]): Row[] {
  return world.rows(child).filter((row) => gone.some((target) => isJoined(row, target, pairsOf(key))));
}

function heldBy({ child, rows }: Referring): Held[] {
  return rows.map((row) => [child, row] as const);
}

function act(world: World, { child, key, rows: before }: Referring, gone: readonly Row[]): Held[] {
  // What another key did in the meantime counts.
  const rows = rowsBy(world, child, key, gone);
  if (key.onDelete === 'CASCADE') return cascade(world, child, rows);
  const losing = referring(world, child, before).filter((other) =>
    other.key.targetColumns.some((each) => key.columns.includes(each)),
  );
  if (rows.length < before.length && losing.length > 0)
    throw new Undetermined('a row loses its key before it goes, or only goes');
  const nulls = key.columns.map((column) => [column, null] as const);
  for (const row of rows) world.replace(child, row, new Map([...row, ...nulls]));
  return losing.flatMap(heldBy);
}
