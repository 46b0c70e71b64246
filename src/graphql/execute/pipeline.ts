import type pg from 'pg';
import { AnswerTooLong, MAX_ANSWER } from '../errors';

/** A statement with its parameters in text form; without a name it is not kept prepared. */
export interface BoundStatement {
  readonly name: string;
  readonly sql: string;
  readonly values: readonly (string | null)[];
  /** Only opens a portal of this name, from which other statements take the rows; it gives no result of its own. */
  readonly portal?: string;
  /** Takes every row; without it only the first one is kept. */
  readonly onRow?: (row: ResultRow) => void;
}

/** The text columns of a statement's first row; none when it gave no row. */
export type ResultRow = readonly (string | null)[];

/** How many statements a connection keeps prepared; the one unused for longest goes first. */
const MAX_PREPARED = 500;

/** What is used of pg's connection; its other methods are private to the driver. */
interface Connection {
  readonly stream: { cork?(): void; uncork?(): void };
  parse(message: { name: string; text: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
}

/** The prepared statements of each connection, those used last at the end. */
const prepared = new WeakMap<object, Map<string, true>>();

/**
 * Sends statements in one write and one Sync, and gives their results when all are done: one round trip. They are one
 * implicit transaction unless they say BEGIN themselves; at the first error the rest is skipped.
 * @throws AnswerTooLong for results that are too long to be held; all statements were run
 */
export function pipeline(client: pg.PoolClient, statements: readonly BoundStatement[]): Promise<ResultRow[]> {
  return new Promise((resolve, reject) => {
    client.query(new Submission(statements, resolve, reject) as unknown as pg.Submittable);
  });
}

/** Which statement of a pipeline an error belongs to. */
export const failedStatement = new WeakMap<Error, number>();

/** pg's contract for custom queries (the one that pg-cursor uses): it is handed the messages of its own answer. */
class Submission {
  readonly #rows: ResultRow[] = [];
  readonly #executed: readonly BoundStatement[];
  #completed = 0;
  #characters = 0;

  #connection: Connection | undefined;

  constructor(
    private readonly statements: readonly BoundStatement[],
    private readonly resolve: (rows: ResultRow[]) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.#executed = statements.some(({ portal }) => portal) ? statements.filter(({ portal }) => !portal) : statements;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.stream.cork?.();
    for (const { name, sql, values, portal = '' } of this.statements) {
      if (!name || !isPrepared(connection, name)) connection.parse({ name, text: sql, types: [] });
      connection.bind({ portal, statement: name, values });
      if (!portal) connection.execute({ portal, rows: 0 });
    }
    connection.sync();
    connection.stream.uncork?.();
  }

  handleRowDescription(): void {}

  handleDataRow(message: { fields: (string | null)[] }): void {
    const onRow = this.#executed[this.#completed]?.onRow;
    if (onRow) onRow(message.fields);
    else if (!this.#rows[this.#completed]) this.#keep(message.fields);
  }

  #keep(row: ResultRow): void {
    for (const text of row) this.#characters += text?.length ?? 0;
    if (this.#characters <= MAX_ANSWER) this.#rows[this.#completed] = row;
    else this.#rows.length = 0;
  }

  handleCommandComplete(): void {
    const statement = this.#executed[this.#completed];
    if (statement?.name && this.#connection) remember(this.#connection, statement.name);
    this.#rows[this.#completed] ??= [];
    this.#completed += 1;
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handlePortalSuspended(): void {
    this.handleCommandComplete();
  }

  handleError(error: Error): void {
    failedStatement.set(error, this.#completed);
    this.reject(error);
  }

  handleReadyForQuery(): void {
    // Not earlier: what is under way may use a name once more.
    if (this.#connection) forgetOldest(this.#connection);
    if (this.#characters > MAX_ANSWER) this.reject(new AnswerTooLong());
    else this.resolve(this.#rows);
  }
}

function isPrepared(connection: Connection, name: string): boolean {
  const names = prepared.get(connection);
  if (names?.delete(name)) {
    names.set(name, true);
    return true;
  }
  // An attempt that failed may have left it; closing what does not exist is no error.
  connection.close({ type: 'S', name });
  return false;
}

function remember(connection: Connection, name: string): void {
  const names = prepared.get(connection) ?? new Map<string, true>();
  prepared.set(connection, names);
  names.set(name, true);
}

function forgetOldest(connection: Connection): void {
  const names = prepared.get(connection) ?? new Map<string, true>();
  for (const oldest of names.keys()) {
    if (names.size <= MAX_PREPARED) return;
    names.delete(oldest);
    connection.close({ type: 'S', name: oldest });
  }
}
