import type { FeedEvent } from '../database';
import type { Applied } from '../gateway';

/** What came of an event of the change feed. */
export interface ChangeRecord {
  /** The change counter that the models have since. */
  readonly counter: number;
  /** The services that differ or were touched, by id, of each proxy that has them. */
  readonly proxies: ReadonlyMap<string, ReadonlySet<number> | 'all'>;
}

/** Events that a writer may still ask for: it asks right after its transaction. */
const MOST = 2_000;

/** Tells a writer what its change came to, as soon as the change feed has brought it. */
export class ChangeRecords {
  /** The last events, the newest last, with the numbers of the changes that each brought. */
  readonly #events: { readonly seqs: ReadonlySet<string> | 'all'; readonly record: ChangeRecord }[] = [];
  readonly #waiting = new Map<string, Set<(record: ChangeRecord) => void>>();

  /** Notes an event that was applied. */
  applied(event: FeedEvent, { changed, touched, counter }: Pick<Applied, 'changed' | 'touched' | 'counter'>): void {
    const proxies = new Map([...touched, ...changed.map(({ model, services }) => [model.name, services] as const)]);
    const record = { counter: Number(counter), proxies };
    const seqs = event.kind === 'reset' ? 'all' : new Set(event.changes.map(({ seq }) => seq));
    this.#events.push({ seqs, record });
    if (this.#events.length > MOST) this.#events.shift();
    for (const seq of seqs === 'all' ? [...this.#waiting.keys()] : seqs) {
      for (const resolve of this.#waiting.get(seq) ?? []) resolve(record);
      this.#waiting.delete(seq);
    }
  }

  /** What the change with this number came to; undefined when it did not come before the signal. */
  recordOf(seq: string, signal: AbortSignal): Promise<ChangeRecord | undefined> {
    const known = this.#events.findLast(({ seqs }) => seqs !== 'all' && seqs.has(seq));
    if (known) return Promise.resolve(known.record);
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(seq) ?? new Set();
      const settle = (record: ChangeRecord | undefined): void => {
        waiting.delete(settle);
        if (waiting.size === 0) this.#waiting.delete(seq);
        signal.removeEventListener('abort', giveUp);
        resolve(record);
      };
      const giveUp = (): void => settle(undefined);
      this.#waiting.set(seq, waiting.add(settle));
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
    });
  }
}
