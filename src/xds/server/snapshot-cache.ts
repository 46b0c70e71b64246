import { Translator } from '../translate';
import type { Snapshot, TranslationOptions } from '../translate';
import type { Problem, ProxyModel } from '../../gateway';

export type SnapshotListener = (snapshot: Snapshot) => void;

/**
 * The current snapshot of every proxy. It answers nothing before the first complete state of the database (or its copy
 * on disk) has been put in; after that a proxy that is not there gets the empty configuration with its listener.
 */
export class SnapshotCache {
  readonly #options: TranslationOptions;
  readonly #translators = new Map<string, Translator>();
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #listeners = new Map<string, Set<SnapshotListener>>();
  #filled = false;

  constructor(options: TranslationOptions) {
    this.#options = options;
  }

  /** Takes in what changed, and tells those who watch. */
  update(changed: readonly ProxyModel[], removed: readonly string[]): void {
    const first = !this.#filled;
    this.#filled = true;
    for (const model of changed) this.#translate(model);
    for (const name of removed) {
      this.#snapshots.delete(name);
      this.#translators.delete(name);
    }
    const affected = first ? this.#listeners.keys() : [...changed.map(({ name }) => name), ...removed];
    for (const name of affected) this.#tell(name);
  }

  /** What is served otherwise than stored, of all proxies. */
  notes(): readonly Problem[] {
    return [...this.#snapshots.values()].flatMap(({ notes }) => notes);
  }

  /** Undefined while nothing is known. */
  current(proxy: string): Snapshot | undefined {
    if (!this.#filled) return undefined;
    return (
      this.#snapshots.get(proxy) ??
      new Translator(this.#options).translate({ name: proxy, version: '0', services: [], rateLimits: [] })
    );
  }

  /** Calls the listener with each new snapshot of the proxy from now on; the returned function ends that. */
  watch(proxy: string, listener: SnapshotListener): () => void {
    const listeners = this.#listeners.get(proxy) ?? new Set();
    this.#listeners.set(proxy, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(proxy);
    };
  }

  #translate(model: ProxyModel): void {
    const translator = this.#translators.get(model.name) ?? new Translator(this.#options);
    this.#translators.set(model.name, translator);
    this.#snapshots.set(model.name, translator.translate(model));
  }

  #tell(proxy: string): void {
    const listeners = this.#listeners.get(proxy);
    const snapshot = listeners && this.current(proxy);
    if (snapshot) for (const listener of listeners) listener(snapshot);
  }
}
