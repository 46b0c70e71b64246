/** Lets only so many tasks run at once, in the order in which they came. */
export class Turns {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(max: number) {
    this.#free = max;
  }

  async take<T>(use: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await use();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
