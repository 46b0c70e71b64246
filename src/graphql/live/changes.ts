/** A table as Postgres knows it. */
export interface ChangedTable {
  readonly schema: string;
  readonly relation: string;
}

/** Tells of committed changes, so that live queries on these tables need not poll. */
export interface ChangeSource {
  /** Whether changes are told now; while they are not, everything is polled. Listeners are called back when it changes. */
  readonly isFollowing: boolean;
  /** Whether every change of this table is told. */
  covers(table: ChangedTable): boolean;
  /**
   * Calls back after each commit with the tables that it changed, or with undefined when any may have changed.
   * @returns what ends that
   */
  listen(onChange: (tables: readonly ChangedTable[] | undefined) => void): () => void;
}
