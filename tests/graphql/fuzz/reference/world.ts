import { cellAt, isJoined, pairsOf, rowsIn, sharesKey } from '../data/rows';
import type { Row, State } from '../data/rows';
import type { ColumnModel, TableModel } from '../schema/model';
import { FIRST_OF_SEQUENCE } from '../schema/model';
import { ExpectedError } from './expected';

/** The tables as a transaction changes them. */
export class World {
  readonly tables: Map<TableModel, Row[]>;
  /**
   * References that a statement of a nested insert left broken. The server sends several of Hasura's statements as one,
   * and Postgres looks at references at the end of it.
   */
  brokenReferences = false;
  /** A nested insert is under way. */
  isNested = false;
  readonly #sequences = new Map<ColumnModel, number>();

  constructor(state: State) {
    this.tables = new Map([...state].map(([table, rows]) => [table, [...rows]]));
  }

  /** The rows as they are now, which later changes leave alone. */
  snapshot(): State {
    return new Map([...this.tables].map(([table, rows]) => [table, [...rows]]));
  }

  rows(table: TableModel): readonly Row[] {
    return rowsIn(this.tables, table);
  }

  add(table: TableModel, row: Row): void {
    this.tables.get(table)?.push(row);
  }

  replace(table: TableModel, before: Row, after: Row): void {
    this.tables.set(
      table,
      this.rows(table).map((row) => (row === before ? after : row)),
    );
  }

  remove(table: TableModel, gone: ReadonlySet<Row>): void {
    this.tables.set(
      table,
      this.rows(table).filter((row) => !gone.has(row)),
    );
  }

  /** The next value of a column's sequence. */
  next(column: ColumnModel): number {
    const value = this.#sequences.get(column) ?? FIRST_OF_SEQUENCE;
    this.#sequences.set(column, value + 1);
    return value;
  }
}

export const VIOLATION = 'constraint-violation';

/** @throws ExpectedError when a row has the key of another one */
export function checkKeys(world: World, table: TableModel, row: Row): void {
  const isTaken = table.keys.some((key) => world.rows(table).some((other) => other !== row && sharesKey(row, other, key)));
  if (isTaken) throw new ExpectedError([VIOLATION]);
}

/** @throws ExpectedError when a row refers to one that is not there */
export function checkReferences(world: World): void {
  if (hasBrokenReferences(world)) throw new ExpectedError([VIOLATION]);
}

/** Whether a row refers to one that is not there; a null among the columns refers to nothing. */
export function hasBrokenReferences(world: World): boolean {
  return [...world.tables].some(([table, rows]) =>
    table.foreignKeys.some((key) => {
      const pairs = pairsOf(key);
      const isBroken = (row: Row): boolean =>
        pairs.every(([own]) => cellAt(row, own) !== null) &&
        !world.rows(key.target).some((target) => isJoined(row, target, pairs));
      return rows.some(isBroken);
    }),
  );
}
