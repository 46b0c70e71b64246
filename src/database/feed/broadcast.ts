import type pg from 'pg';
import type { FeedEvent } from './event';

/** A table that is logged, under the name that others know it by. */
export interface LoggedTable {
  readonly schema: string;
  readonly relation: string;
}

type Listener = (tables: readonly LoggedTable[] | undefined) => void;

/** Tells any number of listeners which logged tables an event of the feed touches. */
export class ChangeBroadcast {
  #isFollowing = false;
  readonly #listeners = new Set<Listener>();

  constructor(private readonly logged: readonly LoggedTable[]) {}

  /** Whether changes are told now. */
  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  covers({ schema, relation }: LoggedTable): boolean {
    return this.logged.some((table) => table.schema === schema && table.relation === relation);
  }

  /** Calls back with the tables of each event; undefined when any may have changed. @returns what ends that */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes are told from now on, or no longer: either way some may have been missed. */
  follow(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    for (const listener of this.#listeners) listener(undefined);
  }

  tell(event: FeedEvent): void {
    const names = event.kind === 'changes' ? new Set(event.changes.map(({ table }) => table)) : undefined;
    const tables = names && this.logged.filter(({ relation }) => names.has(relation));
    for (const listener of this.#listeners) listener(tables);
  }
}

/** The tables whose changes are logged; none in a database without a change log. */
export async function loggedTables(pool: pg.Pool): Promise<LoggedTable[]> {
  const { rows } = await pool.query<LoggedTable>(`
    SELECT table_schema.nspname AS schema, c.relname AS relation
      FROM pg_trigger AS t
      JOIN pg_proc AS p ON p.oid = t.tgfoid
      JOIN pg_namespace AS function_schema ON function_schema.oid = p.pronamespace
      JOIN pg_class AS c ON c.oid = t.tgrelid
      JOIN pg_namespace AS table_schema ON table_schema.oid = c.relnamespace
     WHERE t.tgname = 'log_insert' AND t.tgenabled IN ('O', 'A') AND function_schema.nspname = 'gateway_private'`);
  return rows;
}
