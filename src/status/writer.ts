import type { Logger } from '../log';
import type { Mirror } from './mirror';
import { LEAVE, WRITE } from './statement';

/** The part of a `pg.Pool` that is used. */
export interface StatusPool {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
}

/** Changes that come together are written together. */
const GATHER_MS = 20;
const MIN_INTERVAL_MS = 1_000;
const HEARTBEAT_MS = 10_000;

/**
 * Writes mirrors to their tables in the background: at most one statement a second, when something differs, and one every
 * 10 s that says that the instance is there. When the database is away it is tried again each second; that is logged once, and
 * so is its end.
 */
export class StatusWriter {
  readonly #instance: string;
  readonly #mirrors: readonly Mirror<object>[];
  readonly #log: Logger;
  #pool: StatusPool | undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = Infinity;
  #writing: Promise<void> | undefined;
  #lastWrite = -Infinity;
  #isFirst = true;
  #isAway = false;
  #isStopped = false;

  /** @param mirrors of envoy, object_status and upstream_health, in this order */
  constructor(instance: string, pool: StatusPool | Promise<StatusPool>, mirrors: readonly Mirror<object>[], log: Logger) {
    this.#instance = instance;
    this.#mirrors = mirrors;
    this.#log = log;
    Promise.resolve(pool).then(
      (opened) => {
        this.#pool = opened;
        if (!this.#isStopped) this.#schedule(0);
      },
      (error: Error) =>
        log.error({ reason: error.message }, 'the status of Envoys and objects is not kept: there is no database'),
    );
  }

  /** Something is to be written. */
  wake(): void {
    if (this.#writing || this.#isStopped || !this.#pool) return;
    this.#schedule(this.#pause());
  }

  /** Takes the instance and all its rows away. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
    try {
      await this.#pool?.query(LEAVE, [this.#instance]);
    } catch (error) {
      const reason = (error as Error).message;
      this.#log.warn({ reason }, 'the status of this instance stays in the database until another one removes it');
    }
  }

  #pause(): number {
    return Math.max(GATHER_MS, this.#lastWrite + MIN_INTERVAL_MS - performance.now());
  }

  /** Writes after so many milliseconds, or when it was to be written already, whichever comes first. */
  #schedule(milliseconds: number): void {
    const due = performance.now() + milliseconds;
    if (this.#timer && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined;
        if (this.#isStopped) return;
        const isDirty = this.#mirrors.some((mirror) => mirror.isDirty);
        this.#schedule(isDirty ? this.#pause() : HEARTBEAT_MS);
      });
    }, milliseconds).unref();
  }

  async #write(): Promise<void> {
    this.#lastWrite = performance.now();
    const changes = this.#mirrors.map((mirror) => mirror.take());
    try {
      const values = changes.flatMap(({ put, gone }) => [JSON.stringify(put), gone]);
      const { rows } = await this.#pool!.query(WRITE, [this.#instance, ...values]);
      this.#mirrors.forEach((mirror, index) => mirror.wrote(changes[index]!));
      // Another instance took this one for dead, and deleted its rows.
      if (rows[0]?.is_new === true && !this.#isFirst) for (const mirror of this.#mirrors) mirror.forget();
      this.#isFirst = false;
      if (this.#isAway) this.#log.info('the status of Envoys and objects is written again');
      this.#isAway = false;
    } catch (error) {
      this.#mirrors.forEach((mirror, index) => mirror.failed(changes[index]!));
      const reason = (error as Error).message;
      if (!this.#isAway) this.#log.warn({ reason }, 'the status of Envoys and objects cannot be written; it will be');
      this.#isAway = true;
      // Also when nothing had changed: the heartbeat is due.
      if (!this.#isStopped) this.#schedule(MIN_INTERVAL_MS);
    }
  }
}
