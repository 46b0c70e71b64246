/** What was written under each key, and what became of it. A key has one writer, so that its numbers are in order. */
export class Ledger {
  readonly #keys = new Map<string, Entry>();

  get keys(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** A write of the next number begins. */
  begin(key: string): number {
    const entry = this.#keys.get(key) ?? { attempted: 0, acknowledged: 0, refused: new Set<number>() };
    this.#keys.set(key, entry);
    entry.attempted += 1;
    return entry.attempted;
  }

  acknowledge(key: string, number: number): void {
    const entry = this.#keys.get(key)!;
    entry.acknowledged = Math.max(entry.acknowledged, number);
  }

  /** The product said that it is not stored. */
  refuse(key: string, number: number): void {
    this.#keys.get(key)!.refused.add(number);
  }

  entry(key: string): Readonly<Entry> {
    return this.#keys.get(key)!;
  }

  /** The last acknowledged number of each key, now. */
  acknowledged(): ReadonlyMap<string, number> {
    return new Map([...this.#keys].map(([key, { acknowledged }]) => [key, acknowledged]));
  }

  /** What is wrong with a number that is found under a key; undefined when it may be there. */
  fault(key: string, number: number | undefined, atLeast: number): string | undefined {
    const entry = this.#keys.get(key);
    if (!entry) return `${key}: nobody wrote it`;
    if (number === undefined || number < atLeast) return `${key}: ${atLeast} was acknowledged, and ${number} is there`;
    if (number > entry.attempted) return `${key}: ${number} was never written`;
    if (entry.refused.has(number)) return `${key}: ${number} was refused, and is there`;
    return undefined;
  }
}

interface Entry {
  attempted: number;
  acknowledged: number;
  readonly refused: Set<number>;
}
