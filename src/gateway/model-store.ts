import { isDeepStrictEqual } from 'node:util';
import type { ProxyModel, RateLimitConfig, Service } from './model';
import { ReverseIndex } from './reverse-index';
import type { Held } from './touched';

export interface StoredService {
  readonly service: Service;
  /** The proxies that serve it; at least one. */
  readonly proxyIds: readonly number[];
  /** The rows that it is made of, as `Held` names them. */
  readonly rows: readonly string[];
}

export interface StoredProxy {
  readonly name: string;
  readonly rateLimits: readonly RateLimitConfig[];
  readonly rows: readonly string[];
}

/** What was read again, by id; undefined is gone. */
export interface Update {
  readonly proxies: ReadonlyMap<number, StoredProxy | undefined>;
  readonly services: ReadonlyMap<number, StoredService | undefined>;
}

export interface ModelChange {
  readonly changed: readonly ProxyModel[];
  /** Names of proxies that no longer exist. */
  readonly removed: readonly string[];
  /** The services that came or changed, with what they were before. */
  readonly services: readonly { readonly service: Service; readonly before: Service | undefined }[];
}

/** All proxies and the services that they serve, in memory. Updates are whole: none fails half-way. */
export class ModelStore implements Held {
  readonly models = new Map<string, ProxyModel>();
  readonly services = new ReverseIndex();
  readonly proxies = new ReverseIndex();
  private readonly storedServices = new Map<number, StoredService>();
  private readonly storedProxies = new Map<number, StoredProxy>();

  hasService(id: number): boolean {
    return this.storedServices.has(id);
  }

  serviceIds(): Iterable<number> {
    return this.storedServices.keys();
  }

  proxyIds(): Iterable<number> {
    return this.storedProxies.keys();
  }

  rateLimitsOf(proxyId: number): readonly RateLimitConfig[] {
    return this.storedProxies.get(proxyId)?.rateLimits ?? [];
  }

  /** A service that comes out equal stays the object that it was, and a proxy whose content is the same is not changed. */
  update(update: Update, version: string): ModelChange {
    const affected = new Set(update.proxies.keys());
    const services: { service: Service; before: Service | undefined }[] = [];
    for (const [id, read] of update.services) {
      const before = this.storedServices.get(id);
      const same = before && read && isDeepStrictEqual(before.service, read.service);
      const next = same ? { ...read, service: before.service } : read;
      for (const proxyId of [...(before?.proxyIds ?? []), ...(next?.proxyIds ?? [])]) affected.add(proxyId);
      if (next && !same) services.push({ service: next.service, before: before?.service });
      this.setService(id, next);
    }
    const names = [...update.proxies.keys()].flatMap((id) => this.storedProxies.get(id)?.name ?? []);
    for (const [id, next] of update.proxies) this.setProxy(id, next);
    const before = new Map(this.models);
    for (const name of names) this.models.delete(name);
    const changed = [...affected].flatMap((id) => this.rebuild(id, before, version) ?? []);
    return { changed, removed: names.filter((name) => !this.models.has(name)), services };
  }

  private setService(id: number, next: StoredService | undefined): void {
    this.services.set(id, next ? [...next.rows, ...next.proxyIds.map((proxyId) => `proxy:${proxyId}`)] : []);
    if (next) this.storedServices.set(id, next);
    else this.storedServices.delete(id);
  }

  private setProxy(id: number, next: StoredProxy | undefined): void {
    this.proxies.set(id, next?.rows ?? []);
    if (next) this.storedProxies.set(id, next);
    else this.storedProxies.delete(id);
  }

  /** Puts the proxy's model in place; returns it when it differs from the one before. */
  private rebuild(id: number, before: ReadonlyMap<string, ProxyModel>, version: string): ProxyModel | undefined {
    const proxy = this.storedProxies.get(id);
    // Its services were read before the proxy itself was: its own change follows.
    if (!proxy) return undefined;
    const services = [...this.services.ownersOf(`proxy:${id}`)]
      .sort((one, other) => one - other)
      .flatMap((serviceId) => this.storedServices.get(serviceId)?.service ?? []);
    const old = before.get(proxy.name);
    const same =
      old !== undefined &&
      old.services.length === services.length &&
      old.services.every((service, index) => service === services[index]) &&
      isDeepStrictEqual(old.rateLimits, proxy.rateLimits);
    const model = same ? old : { name: proxy.name, version, services, rateLimits: proxy.rateLimits };
    this.models.set(proxy.name, model);
    return same ? undefined : model;
  }
}
