/** Lets only so many tasks run at once, in the order in which they came. */
export class Turns {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(max: number) {
    this.#free = max;
  }

  /** @returns undefined when at its turn the task is wanted no more */
  async take<T>(use: () => Promise<T>, isWanted: () => boolean = () => true): Promise<T | undefined> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return isWanted() ? await use() : undefined;
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
