/** A counter that has reached its limit, and therefore stays over it until its window ends. */
interface Exhausted {
  /** The total that Redis told. It only grows. */
  readonly total: number;
  /** When the window ends, in milliseconds of the local monotonic clock; never later than by Redis' clock. */
  readonly until: number;
}

/** Counters that need not be asked for until their window ends. Bounded: when it is full, the oldest are asked for again. */
export class ExhaustedCounters {
  readonly #counters = new Map<string, Exhausted>();

  constructor(private readonly capacity: number) {}

  add(key: string, counter: Exhausted, now: number): void {
    this.#counters.delete(key);
    if (this.#counters.size >= this.capacity) this.#makeRoom(now);
    this.#counters.set(key, counter);
  }

  /** The counter when these hits are over the limit for certain, whatever the limit has become. */
  find(key: string, hits: number, limit: number, now: number): Exhausted | undefined {
    const counter = this.#counters.get(key);
    if (!counter) return undefined;
    if (counter.until <= now) {
      this.#counters.delete(key);
      return undefined;
    }
    return counter.total + hits > limit ? counter : undefined;
  }

  get size(): number {
    return this.#counters.size;
  }

  /** Those whose window is over go; when there are few of them, a tenth of all does, so that the next ones find room. */
  #makeRoom(now: number): void {
    for (const [key, { until }] of this.#counters) if (until <= now) this.#counters.delete(key);
    const most = this.capacity - Math.ceil(this.capacity / 10);
    for (const key of this.#counters.keys()) {
      if (this.#counters.size <= most) return;
      this.#counters.delete(key);
    }
  }
}
