import { isDeepStrictEqual } from 'node:util';
import type { Problem, ProxyChange, ProxyModel, RateLimitConfig, Service } from './model';
import { ReverseIndex } from './reverse-index';
import type { Held } from './touched';

export interface StoredService {
  readonly service: Service;
  /** The proxies that serve it; at least one. */
  readonly proxyIds: readonly number[];
  /** The rows that it is made of, as `Held` names them. */
  readonly rows: readonly string[];
  /** Of its routes, to upstreams and filters. */
  readonly links: number;
}

export interface StoredProxy {
  readonly name: string;
  readonly rateLimits: readonly RateLimitConfig[];
  readonly problems: readonly Problem[];
  readonly rows: readonly string[];
}

/** What was read again, by id; undefined is gone. */
export interface Update {
  readonly proxies: ReadonlyMap<number, StoredProxy | undefined>;
  readonly services: ReadonlyMap<number, StoredService | undefined>;
}

export interface ModelChange {
  readonly changed: readonly ProxyChange[];
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
  /** By proxy: the `services` of its model. */
  private readonly servedServices = new Map<number, Map<number, Service>>();

  hasService(id: number): boolean {
    return this.storedServices.has(id);
  }

  serviceIds(): Iterable<number> {
    return this.storedServices.keys();
  }

  /** How many links the routes of these services have, as far as they are known. */
  linksOf(services: Iterable<number>): number {
    let sum = 0;
    for (const id of services) sum += this.storedServices.get(id)?.links ?? 0;
    return sum;
  }

  proxyIds(): Iterable<number> {
    return this.storedProxies.keys();
  }

  nameOf(proxyId: number): string | undefined {
    return this.storedProxies.get(proxyId)?.name;
  }

  rateLimitsOf(proxyId: number): readonly RateLimitConfig[] {
    return this.storedProxies.get(proxyId)?.rateLimits ?? [];
  }

  /**
   * A service that comes out equal stays the object that it was, as the problems of one that does not, and a proxy whose content
   * is the same is not changed. The work grows with what was read again, not with what there is.
   */
  update(update: Update, version: string): ModelChange {
    const touched = new Map<number, Set<number>>([...update.proxies.keys()].map((id) => [id, new Set()]));
    const services: { service: Service; before: Service | undefined }[] = [];
    for (const [id, read] of update.services) {
      const before = this.storedServices.get(id);
      const same = before && read && isDeepStrictEqual(before.service, read.service);
      const next = before && read ? { ...read, service: same ? before.service : withKnown(read.service, before.service) } : read;
      if (next && !same) services.push({ service: next.service, before: before?.service });
      for (const proxyId of this.setService(id, before, next)) touched.set(proxyId, (touched.get(proxyId) ?? new Set()).add(id));
    }
    const names = [...update.proxies.keys()].flatMap((id) => this.storedProxies.get(id)?.name ?? []);
    const before = new Map(names.map((name) => [name, this.models.get(name)]));
    for (const [id, next] of update.proxies) this.setProxy(id, next);
    for (const name of names) this.models.delete(name);
    const changed = [...touched].flatMap(([id, ids]) => this.renew(id, ids, before, version) ?? []);
    return { changed, removed: names.filter((name) => !this.models.has(name)), services };
  }

  /** @returns the proxies to which the service is another than before */
  private setService(id: number, before: StoredService | undefined, next: StoredService | undefined): Set<number> {
    this.services.set(id, next?.rows ?? []);
    if (next) this.storedServices.set(id, next);
    else this.storedServices.delete(id);
    const touched = new Set<number>();
    for (const proxyId of before?.proxyIds ?? []) {
      if (next?.proxyIds.includes(proxyId)) continue;
      this.served(proxyId).delete(id);
      touched.add(proxyId);
    }
    for (const proxyId of next?.proxyIds ?? []) {
      const served = this.served(proxyId);
      if (!next || served.get(id) === next.service) continue;
      served.set(id, next.service);
      touched.add(proxyId);
    }
    return touched;
  }

  private served(proxyId: number): Map<number, Service> {
    const known = this.servedServices.get(proxyId) ?? new Map<number, Service>();
    this.servedServices.set(proxyId, known);
    return known;
  }

  private setProxy(id: number, next: StoredProxy | undefined): void {
    this.proxies.set(id, next?.rows ?? []);
    if (next) this.storedProxies.set(id, next);
    else {
      this.storedProxies.delete(id);
      this.servedServices.delete(id);
    }
  }

  /**
   * Puts the proxy's model in place; returns it when it differs from the one before.
   * @param before the models that were taken away, by name
   */
  private renew(
    id: number,
    ids: ReadonlySet<number>,
    before: ReadonlyMap<string, ProxyModel | undefined>,
    version: string,
  ): ProxyChange | undefined {
    const proxy = this.storedProxies.get(id);
    // Its services were read before the proxy itself was: its own change follows.
    if (!proxy) return undefined;
    const services = this.served(id);
    const old = before.get(proxy.name) ?? this.models.get(proxy.name);
    const isNew = old?.services !== services;
    if (!isNew && ids.size === 0 && isDeepStrictEqual(settingsOf(old), settingsOf(proxy))) {
      this.models.set(proxy.name, old);
      return undefined;
    }
    const model = { name: proxy.name, version, services, ...settingsOf(proxy) };
    this.models.set(proxy.name, model);
    return { model, services: isNew ? 'all' : ids };
  }
}

function withKnown(service: Service, { problems }: Service): Service {
  return isDeepStrictEqual(service.problems, problems) ? { ...service, problems } : service;
}

/** What a proxy's model has beside its services; no problems are none at all. */
function settingsOf({ rateLimits, problems = [] }: Pick<ProxyModel, 'rateLimits' | 'problems'>) {
  return problems.length > 0 ? { rateLimits, problems } : { rateLimits };
}
