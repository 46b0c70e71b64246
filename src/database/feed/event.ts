/** The key columns of one row: its primary key and its foreign keys. */
export type Keys = Readonly<Record<string, number | string | null>>;

/**
 * One changed row, by its keys: `oldKeys` is null for a new row, `newKeys` for a deleted one. A changed primary key comes
 * as a deleted and a new row. Both are null when the whole table was emptied (TRUNCATE).
 */
export interface Change {
  /** Its number in the change log, decimal. */
  readonly seq: string;
  /** The table's name, without the schema's. */
  readonly table: string;
  readonly oldKeys: Keys | null;
  readonly newKeys: Keys | null;
  /** The request that made it, as it is written in the change log; absent or null when that is not known. */
  readonly origin?: string | null;
}

/** What the feed delivers. After `reset`, everything may have changed: read all of it again. */
export type FeedEvent =
  | {
      readonly kind: 'changes';
      readonly changes: readonly Change[];
      readonly counter: string;
      /**
       * When the oldest of them was made, in milliseconds of the clock of `performance`: its age by the database's clock,
       * taken off this process's, so that no two clocks have to agree.
       */
      readonly madeAt: number;
    }
  | { readonly kind: 'reset'; readonly counter: string };
