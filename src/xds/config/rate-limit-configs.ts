import { versionOfSet } from '../resource';
import type { Resource } from '../resource';
import { rateLimitConfig } from '../translate';
import type { RateLimitDomain } from '../translate';

/**
 * The rate limit domains of all proxies, for rate limit services: they belong to no proxy, and every client has them all.
 * Nothing is there before the first whole state of the database (or its copy on disk) has been put in.
 */
export class RateLimitConfigs {
  readonly #watchers = new Set<() => void>();
  #resources: ReadonlyMap<string, Resource> | undefined;
  #sources: ReadonlyMap<string, RateLimitDomain['descriptors']> = new Map();
  #version = '';

  /** All that there are now; clients are told of a difference. Unchanged descriptors cost nothing. */
  update(domains: readonly RateLimitDomain[]): void {
    const before = this.#resources;
    const sources = this.#sources;
    this.#sources = new Map(domains.map(({ domain, descriptors }) => [domain, descriptors]));
    this.#resources = new Map(
      domains.map((one) => {
        const known = sources.get(one.domain) === one.descriptors ? before?.get(one.domain) : undefined;
        return [one.domain, known ?? rateLimitConfig(one)];
      }),
    );
    const version = versionOfSet(this.#resources.values());
    if (before && version === this.#version) return;
    this.#version = version;
    for (const watcher of this.#watchers) watcher();
  }

  /** By domain; undefined as long as it is not known what there is. */
  get resources(): ReadonlyMap<string, Resource> | undefined {
    return this.#resources;
  }

  /** Calls back at every difference. @returns ends that */
  watch(onChange: () => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }
}
