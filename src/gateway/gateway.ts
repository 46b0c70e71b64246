import type { Change, FeedEvent } from '../database';
import type { Logger } from '../log';
import type { ProxyChange, ProxyModel, TlsPair } from './model';
import type { StoredProxy, StoredService } from './model-store';
import { ModelStore } from './model-store';
import { problemInWords, wordsOf } from './object';
import { originsByProxy, touchedByOrigin } from './origins';
import type { ProxyOrigins } from './origins';
import type { PairStore } from './pairs';
import type { Reader, ReadRows } from './read';
import { authorityNames, readEverything, readSome } from './read';
import type { ProxyRow, ServiceRow } from './rows';
import { touchedBy } from './touched';
import { storedPairs } from './translate/pairs';
import { Problems } from './translate/problems';
import { translateRateLimits } from './translate/rate-limits';
import { translateService } from './translate/service';

export interface GatewayOptions {
  readonly graphql: Reader;
  readonly pairs: PairStore;
  readonly log: Logger;
}

export interface Applied {
  /** The proxies whose model is a new one. */
  readonly changed: readonly ProxyChange[];
  /**
   * The services that an event touched, by id, of each proxy that serves them: rows are read after the log, so that what they say
   * may have been served with an earlier event. None after everything was read again.
   */
  readonly touched: ReadonlyMap<string, ReadonlySet<number>>;
  /** What made the changes, of each proxy by name; none after everything was read again. */
  readonly origins: ReadonlyMap<string, ProxyOrigins>;
  /** The names of proxies that are gone. */
  readonly removed: readonly string[];
  readonly counter: string;
}

/** The models of all proxies, kept true to the database. */
export interface Gateway {
  /** By name; empty until the first event was applied. */
  readonly proxies: ReadonlyMap<string, ProxyModel>;
  /**
   * Reads what an event touched and updates the models: all of it or nothing. One event at a time; the first one always
   * reads everything.
   * @throws what reading or the pair store reports; the models are then as before and the same event may be applied again
   */
  apply(event: FeedEvent): Promise<Applied>;
}

/** From so many links on it is quicker to read what they lead to once, and beside them. */
const MANY_LINKS = 100;
const NOTHING = { changed: [], removed: [], touched: new Map<string, Set<number>>(), origins: new Map<string, ProxyOrigins>() };

export function createGateway({ graphql, pairs, log }: GatewayOptions): Gateway {
  const store = new ModelStore();
  let lastGood: ReadonlyMap<number, TlsPair> = new Map();
  let loaded = false;

  async function readAll(counter: string): Promise<Applied> {
    // Pairs first: one whose secret is not there afterwards belongs to a deleted secret.
    const known = await pairs.load();
    const rows = await readEverything(graphql);
    const orphans = [...known.keys()].filter((id) => !rows.secretIds.has(id));
    const usable = await usablePairs(rows.services, known, orphans);
    const applied = update(rows, [...store.proxyIds()], [...store.serviceIds()], usable, counter);
    loaded = true;
    return applied;
  }

  async function readTouched(event: FeedEvent & { kind: 'changes' }): Promise<Applied> {
    const touched = touchedBy(event.changes, store);
    if (touched === 'everything') return readAll(event.counter);
    const { proxies, services, deletedSecrets } = touched;
    if (proxies.size === 0 && services.size === 0 && deletedSecrets.length === 0) {
      return { ...NOTHING, counter: event.counter };
    }
    const byOrigin = touchedByOrigin(event.changes, (changes) => touchedBy(changes, store));
    const rows = await readSome(graphql, proxies, services, store.linksOf(services) > MANY_LINKS);
    const usable = await usablePairs(rows.services, lastGood, deletedSecrets);
    const applied = {
      ...update(rows, proxies, services, usable, event.counter),
      touched: touchedProxies(event.changes, services),
    };
    return byOrigin.size === 0 ? applied : { ...applied, origins: originsByProxy(byOrigin, applied.changed, store.models) };
  }

  /** A service that was taken from a proxy is named by the row that is gone. */
  function touchedProxies(changes: readonly Change[], services: ReadonlySet<number>): ReadonlyMap<string, ReadonlySet<number>> {
    const links = changes.flatMap(({ table, oldKeys }) => (table === 'proxy_service' && oldKeys ? [oldKeys] : []));
    const found = new Map<string, Set<number>>();
    const add = (name: string, id: number): unknown => found.set(name, (found.get(name) ?? new Set<number>()).add(id));
    for (const { proxy_id: proxyId, service_id: id } of links) {
      const name = store.nameOf(Number(proxyId));
      if (name !== undefined) add(name, Number(id));
    }
    for (const [name, model] of store.models) for (const id of services) if (model.services.has(id)) add(name, id);
    return found;
  }

  /** The pair to serve of each secret: what is stored, else what was last usable. New ones are saved, those of deleted secrets removed. */
  async function usablePairs(
    services: readonly ServiceRow[],
    known: ReadonlyMap<number, TlsPair>,
    deleted: readonly number[],
  ): Promise<ReadonlyMap<number, TlsPair>> {
    const secrets = services.flatMap((service) => service.service_secrets.map((link) => link.secret));
    const { matching, fresh, unusable } = storedPairs(secrets, known);
    // Another instance may have seen a newer pair than this one.
    const earlier = unusable.length > 0 ? await pairs.load(unusable) : new Map<number, TlsPair>();
    await pairs.save(fresh);
    await pairs.remove(deleted);
    const usable = new Map([...known, ...matching, ...earlier]);
    for (const id of deleted) usable.delete(id);
    return usable;
  }

  /** Nothing in here waits or fails, once the rows are translated. */
  function update(
    rows: ReadRows,
    proxyIds: Iterable<number>,
    serviceIds: Iterable<number>,
    usable: ReadonlyMap<number, TlsPair>,
    counter: string,
  ): Applied {
    const problems = new Problems();
    const change = {
      proxies: new Map<number, StoredProxy | undefined>([
        ...[...proxyIds].map((id) => [id, undefined] as const),
        ...rows.proxies.map((row) => [row.proxy_id, storedProxy(row, store, problems)] as const),
      ]),
      services: new Map<number, StoredService | undefined>([
        ...[...serviceIds].map((id) => [id, undefined] as const),
        ...rows.services.map((row) => [row.service_id, storedService(row, rows, usable)] as const),
      ]),
    };
    lastGood = usable;
    const { changed, removed, services } = store.update(change, counter);
    for (const { service, before } of services) {
      const known = new Set(before?.problems.map(problemInWords));
      problems.list.push(...service.problems.filter((problem) => !known.has(problemInWords(problem))));
    }
    for (const { object, message } of problems.list)
      log.warn({ object: wordsOf(object), message }, 'stored, but cannot be served');
    return { ...NOTHING, changed, removed, counter };
  }

  return {
    proxies: store.models,
    apply: (event) => (event.kind === 'reset' || !loaded ? readAll(event.counter) : readTouched(event)),
  };
}

function storedProxy(row: ProxyRow, store: ModelStore, problems: Problems): StoredProxy {
  const own = new Problems();
  const rateLimits = translateRateLimits(row, store.rateLimitsOf(row.proxy_id), own);
  problems.list.push(...own.list);
  return {
    name: row.proxy_name,
    rateLimits,
    problems: own.list,
    rows: row.proxy_globalconfigs.map((link) => `globalconfig:${link.globalconfig.globalconfig_id}`),
  };
}

function storedService(row: ServiceRow, { authorities }: ReadRows, pairs: ReadonlyMap<number, TlsPair>): StoredService {
  const filters = [...row.service_filters, ...row.routes.flatMap((route) => route.route_filters)];
  const rows = new Set([
    ...row.routes.map((route) => `route:${route.route_id}`),
    ...row.routes.flatMap((route) => route.route_upstreams.map((link) => `upstream:${link.upstream.upstream_id}`)),
    ...filters.map((link) => `filter:${link.filter.filter_id}`),
    ...row.service_secrets.map((link) => `secret:${link.secret.secret_id}`),
    ...authorityNames(row).map((name) => `secret:${authorities.get(name)?.secret_id ?? 'missing'}`),
  ]);
  return {
    service: translateService(row, { authorities, pairs }),
    proxyIds: row.proxy_services.map((link) => link.proxy_id),
    rows: [...rows],
    links: row.routes.reduce((sum, route) => sum + route.route_upstreams.length + route.route_filters.length, 0),
  };
}
