/** How often each name is held. */
export class Counts {
  readonly #counts = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  has(name: string): boolean {
    return this.#counts.has(name);
  }

  up(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** @returns whether that was the last of the name */
  down(name: string): boolean {
    const count = (this.#counts.get(name) ?? 0) - 1;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
    return count <= 0;
  }
}
