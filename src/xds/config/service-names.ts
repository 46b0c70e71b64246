import type { ProxyChange, ProxyModel } from '../../gateway';

/** The services of a proxy by name. Made when it is first asked something, and followed from then on: until then it costs nothing. */
export class ServiceNames {
  #model: ProxyModel | undefined;
  #names: Map<number, string> | undefined;
  readonly #ids = new Map<string, number>();

  /** Takes in what a change says. @returns the names that came, went or have a service that may have changed */
  apply({ model, services }: ProxyChange): ReadonlySet<string> {
    this.#model = model;
    const touched = new Set<string>();
    if (!this.#names) return touched;
    const ids = services === 'all' ? new Set([...this.#names.keys(), ...model.services.keys()]) : services;
    for (const id of ids) {
      const before = this.#names.get(id);
      if (before !== undefined) touched.add(before);
      // Of two services that swap their names the second must not take away what the first was given.
      if (before !== undefined && this.#ids.get(before) === id) this.#ids.delete(before);
      const after = model.services.get(id)?.name;
      if (after === undefined) this.#names.delete(id);
      else {
        this.#names.set(id, after);
        this.#ids.set(after, id);
        touched.add(after);
      }
    }
    return touched;
  }

  idOf(name: string): number | undefined {
    if (!this.#names) {
      this.#names = new Map();
      for (const { id, name: each } of this.#model?.services.values() ?? []) {
        this.#names.set(id, each);
        this.#ids.set(each, id);
      }
    }
    return this.#ids.get(name);
  }

  /** Nobody will ask for a while. */
  forget(): void {
    this.#names = undefined;
    this.#ids.clear();
  }
}
