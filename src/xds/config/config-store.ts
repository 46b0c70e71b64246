import type { ProxyChange } from '../../gateway';
import type { TranslationOptions } from '../translate';
import type { Noted } from './noted';
import { emptyModel, ProxyConfig } from './proxy-config';

/**
 * The configuration of every proxy. None is complete before the first whole state of the database (or its copy on disk) has
 * been put in; after that a proxy that does not exist has the empty configuration with its listener.
 */
export class ConfigStore {
  readonly #options: TranslationOptions;
  readonly #noted: (proxy: string, ...told: Parameters<Noted>) => void;
  readonly #configs = new Map<string, ProxyConfig>();
  readonly #existing = new Set<string>();
  #isFilled = false;

  /** @param noted told of each proxy what is served otherwise than stored, in parts */
  constructor(options: TranslationOptions, noted: (proxy: string, ...told: Parameters<Noted>) => void = () => undefined) {
    this.#options = options;
    this.#noted = noted;
  }

  /** Takes in what changed; clients are told. */
  update(changed: readonly ProxyChange[], removed: readonly string[]): void {
    for (const name of removed) {
      this.#existing.delete(name);
      this.#configs.get(name)?.clear();
      this.#forgetUnused(name);
    }
    for (const change of changed) {
      this.#existing.add(change.model.name);
      this.#configOf(change.model.name).apply(change);
    }
    if (this.#isFilled) return;
    this.#isFilled = true;
    for (const [name, config] of this.#configs)
      if (!config.isComplete) config.apply({ model: emptyModel(name, '0'), services: 'all' });
  }

  /** Every change up to this counter was taken in. */
  advance(version: number): void {
    for (const config of this.#configs.values()) config.advance(version);
  }

  /** The configuration of a proxy, existing or not, for as long as the client is there. */
  open(proxy: string): { readonly config: ProxyConfig; readonly release: () => void } {
    return { config: this.#configOf(proxy), release: () => this.#forgetUnused(proxy) };
  }

  #configOf(name: string): ProxyConfig {
    const known = this.#configs.get(name);
    if (known) return known;
    const config = new ProxyConfig(name, this.#options, undefined, (...told) => this.#noted(name, ...told));
    this.#configs.set(name, config);
    if (this.#isFilled && !this.#existing.has(name)) config.apply({ model: emptyModel(name, '0'), services: 'all' });
    return config;
  }

  #forgetUnused(name: string): void {
    const config = this.#configs.get(name);
    if (!config || config.isWatched || this.#existing.has(name)) return;
    config.stop();
    this.#configs.delete(name);
  }
}
