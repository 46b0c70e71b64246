import { isDeepStrictEqual } from 'node:util';

/** What is to be written of a table: rows that came or differ, and the ids of those that are gone. The two share no id. */
export interface Changes<Row> {
  readonly put: readonly (Row & { readonly id: string })[];
  readonly gone: readonly string[];
}

/**
 * The rows that a table is to have, by id, and which of them it may not have yet. Nothing is lost by a write that fails: what
 * it carried is written again, as it is then. Rows are immutable.
 */
export class Mirror<Row extends object> {
  readonly #rows = new Map<string, Row>();
  readonly #dirty = new Set<string>();
  /** The ids that the table may hold. */
  readonly #stored = new Set<string>();

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  get isDirty(): boolean {
    return this.#dirty.size > 0;
  }

  /** A row that is equal to the one before changes nothing. */
  set(id: string, row: Row): void {
    const before = this.#rows.get(id);
    if (before === row || isDeepStrictEqual(before, row)) return;
    this.#rows.set(id, row);
    this.#dirty.add(id);
  }

  delete(id: string): void {
    if (!this.#rows.delete(id)) return;
    if (this.#stored.has(id)) this.#dirty.add(id);
    else this.#dirty.delete(id);
  }

  /** What is to be written now. One write at a time: `wrote` or `failed` is told before the next. */
  take(): Changes<Row> {
    const put: (Row & { readonly id: string })[] = [];
    const gone: string[] = [];
    for (const id of this.#dirty) {
      const row = this.#rows.get(id);
      if (row) put.push({ id, ...row });
      else gone.push(id);
    }
    this.#dirty.clear();
    for (const { id } of put) this.#stored.add(id);
    return { put, gone };
  }

  wrote({ gone }: Changes<Row>): void {
    for (const id of gone) this.#stored.delete(id);
  }

  failed({ put, gone }: Changes<Row>): void {
    for (const { id } of put) this.#dirty.add(id);
    for (const id of gone) this.#dirty.add(id);
  }

  /** The table has none of the rows any more. */
  forget(): void {
    this.#stored.clear();
    this.#dirty.clear();
    for (const id of this.#rows.keys()) this.#dirty.add(id);
  }
}
