/** Values that several owners hold under one name, all of them the same: a value is there as long as one owner holds it. */
export class Owned<T> {
  readonly #owners = new Map<string, Set<string>>();
  readonly #held = new Map<string, ReadonlyMap<string, T>>();
  readonly #put: (name: string, value: T | undefined) => void;

  /** @param put told of each value that is set, and with undefined of each that nobody holds any more */
  constructor(put: (name: string, value: T | undefined) => void) {
    this.#put = put;
  }

  /** All that the owner holds from now on, by name. */
  set(owner: string, values: ReadonlyMap<string, T>): void {
    for (const name of this.#held.get(owner)?.keys() ?? []) if (!values.has(name)) this.#release(owner, name);
    for (const [name, value] of values) {
      this.#owners.set(name, (this.#owners.get(name) ?? new Set<string>()).add(owner));
      this.#put(name, value);
    }
    if (values.size > 0) this.#held.set(owner, values);
    else this.#held.delete(owner);
  }

  ownersOf(name: string): Iterable<string> {
    return this.#owners.get(name) ?? [];
  }

  #release(owner: string, name: string): void {
    const owners = this.#owners.get(name);
    owners?.delete(owner);
    if (owners?.size !== 0) return;
    this.#owners.delete(name);
    this.#put(name, undefined);
  }
}
