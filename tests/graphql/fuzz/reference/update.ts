import { JsonObject } from '../data/json';
import type { Json } from '../data/json';
import { cellAt, sharesKey } from '../data/rows';
import type { Row } from '../data/rows';
import type { TableModel } from '../schema/model';
import { changed } from './change';
import { ExpectedError, Undetermined } from './expected';
import { columnNamed } from './where';
import { checkReferences, VIOLATION } from './world';
import type { World } from './world';

const OPERATORS = ['_set', '_inc', '_append', '_prepend', '_delete_key', '_delete_elem', '_delete_at_path'];

/** One UPDATE of rows that were chosen before it: gives them as they are after it. Without an operator nothing is touched. */
export function updateRows(
  world: World,
  table: TableModel,
  chosen: readonly Row[],
  args: ReadonlyMap<string, Json>,
): readonly Row[] {
  const changes = OPERATORS.flatMap((operator) => {
    const given = args.get(operator);
    return given instanceof JsonObject ? given.entries.map(([name, operand]) => ({ operator, name, operand })) : [];
  });
  if (changes.length === 0) return [];
  const errors = new Set<string>();
  const after = chosen.map((row) => {
    const cells = new Map(row);
    for (const { operator, name, operand } of changes) {
      const column = columnNamed(table, name);
      try {
        cells.set(column, changed(operator, column.type, cellAt(row, column), operand));
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        for (const code of error.codes) errors.add(code);
      }
    }
    return cells;
  });
  if (isTaken(world, table, chosen, after)) errors.add(VIOLATION);
  // Which row is first, and so which error, is not determined.
  if (errors.size > 0) throw new ExpectedError([...errors]);
  chosen.forEach((row, index) => world.replace(table, row, after[index] ?? row));
  checkReferences(world);
  return after;
}

/**
 * Whether the rows would have a key twice.
 * @throws Undetermined when they would only on the way there, which depends on the order in which Postgres goes
 */
function isTaken(world: World, table: TableModel, before: readonly Row[], after: readonly Row[]): boolean {
  const others = world.rows(table).filter((row) => !before.includes(row));
  let isOnTheWay = false;
  for (const key of table.keys) {
    for (const [index, row] of after.entries()) {
      if (others.some((other) => sharesKey(row, other, key))) return true;
      if (after.some((other, position) => position !== index && sharesKey(row, other, key))) return true;
      isOnTheWay ||= before.some((other, position) => position !== index && sharesKey(row, other, key));
    }
  }
  if (isOnTheWay) throw new Undetermined('the order of the updates decides whether a key is taken');
  return false;
}
