/**
 * What the clients of a proxy are to have, by name. Whoever asks for a name finds also what is had by name alone; whoever goes
 * through all does not.
 */
export class TargetMap<T> extends Map<string, T> {
  readonly #named: ReadonlyMap<string, T> | undefined;

  constructor(named: ReadonlyMap<string, T> | undefined) {
    super();
    this.#named = named;
  }

  override get(name: string): T | undefined {
    return super.get(name) ?? this.#named?.get(name);
  }

  override has(name: string): boolean {
    return super.has(name) || (this.#named?.has(name) ?? false);
  }
}
