import type { Problem, ProxyChange, ProxyModel } from '../../gateway';
import {
  CAPITALS,
  capitalHosts,
  defaultRateLimitDomain,
  EVERY_HOST,
  hostOfRoutes,
  HTTP_LISTENER,
  httpListener,
  httpRoutesName,
  HTTPS_LISTENER,
  httpsListener,
  httpsRoutesName,
  IPV6,
  isAddress,
  isWildcard,
  joinRouteConfiguration,
  scopedRoutes,
  scopeExpression,
  tlsChainName,
  translateHost,
} from '../translate';
import type { HostRoutes, ResourceKind, TranslatedCluster, TranslatedHost, TranslationOptions } from '../translate';
import type { Resource } from '../resource';
import { Handovers } from './handovers';
import { Hosts } from './hosts';
import { NamedTargets } from './named-targets';
import type { Noted } from './noted';
import { objectOf } from './objects';
import type { ResourceObject } from './objects';
import { Owned } from './owned';
import { Scopes } from './scopes';
import type { ChangedNames, RouteTarget, Targets } from './target';
import { TargetTable } from './target-table';

/** What a change did to the resources of a proxy. */
export interface ConfigChange {
  /** The change counter. */
  readonly version: number;
  readonly names: ChangedNames;
  /** Of what is had by name alone. */
  readonly named: ChangedNames;
}

/** Calls back once after so many milliseconds; the returned function cancels. */
export type After = (milliseconds: number, callback: () => void) => () => void;

/**
 * The resources of one proxy, kept up with its model: a change costs the translation of the hosts that it touches. It is
 * incomplete, and to be served to nobody, until the first change was applied.
 */
export class ProxyConfig {
  readonly name: string;
  readonly #options: TranslationOptions;
  /** What gRPC clients without a proxy ask for. */
  readonly named: NamedTargets;
  readonly #noted: Noted;
  readonly #table: TargetTable;
  readonly #hosts = new Hosts();
  readonly #translated = new Map<string, TranslatedHost>();
  /** Of the parts that have any. */
  readonly #notes = new Map<string, readonly Problem[]>();
  readonly #scopes = new Scopes();
  readonly #handovers: Handovers;
  readonly #clusters = new Owned<TranslatedCluster>((name, value) => this.#putCluster(name, value));
  readonly #secrets = new Owned<Resource>((name, resource) => this.#table.put('secret', name, resource && { resource }));
  readonly #listeners = new Set<(change: ConfigChange) => void>();
  #domain = '';
  /** Gives a request's scope on the plain listener; undefined while all hosts are in one route configuration. */
  #expression: string | undefined;
  #version = 0;
  #isComplete = false;

  constructor(name: string, options: TranslationOptions, after: After = afterTimeout, noted: Noted = () => undefined) {
    this.name = name;
    this.#noted = noted;
    this.named = new NamedTargets(name, (part, notes) => this.#note(part, notes));
    this.#table = new TargetTable(this.named.targets);
    this.#options = options;
    this.#handovers = new Handovers(after, (cluster, endpoints) => {
      this.#table.put('endpoint', cluster, { resource: endpoints });
      this.#tell(this.#table.takeChanged());
    });
  }

  get targets(): Targets {
    return this.#table;
  }

  /** The change counter of the model that the targets are made from. */
  get version(): number {
    return this.#version;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** What is served otherwise than stored. */
  notes(): readonly Problem[] {
    return [...this.#notes.values()].flat();
  }

  /** Calls the listener after each change from now on; the returned function ends that. */
  watch(listener: (change: ConfigChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** What users know of a resource. @param host of a route configuration with several hosts, the one that is meant */
  objectOf(kind: ResourceKind, name: string, host?: string): ResourceObject {
    const hosts =
      kind === 'cluster' || kind === 'endpoint'
        ? this.#clusters.ownersOf(name)
        : kind === 'secret'
          ? this.#secrets.ownersOf(name)
          : [host ?? hostOfRoutes(name)];
    const services = [...hosts].flatMap((each) => this.#hosts.servicesOf(each));
    return objectOf(kind, name, host, services);
  }

  apply(change: ProxyChange): void {
    const isFirst = !this.#isComplete;
    const touched = this.#hosts.apply(change);
    const domain = defaultRateLimitDomain(change.model, this.#options.proxyName);
    const hosts = domain === this.#domain ? touched : new Set([...touched, ...this.#hosts.names()]);
    this.#domain = domain;
    if (isFirst || hosts.size > 0) this.#translate(hosts, change.model, isFirst);
    this.#version = Number(change.model.version);
    this.#isComplete = true;
    const names = this.#table.takeChanged();
    this.#tell(isFirst ? this.#table.allNames() : names, this.named.apply(change));
  }

  /** The change counter went on without anything new for this proxy. */
  advance(version: number): void {
    if (!this.#isComplete || version <= this.#version) return;
    this.#version = version;
    this.#tell(new Map());
  }

  /** The proxy does not exist any more: nothing is served but its empty listener. */
  clear(): void {
    this.apply({ model: emptyModel(this.name, String(this.#version)), services: 'all' });
  }

  stop(): void {
    this.#handovers.stop();
    for (const part of [...this.#notes.keys()]) this.#note(part, []);
  }

  #note(part: string, notes: readonly Problem[]): void {
    if (notes.length === 0 && !this.#notes.has(part)) return;
    if (notes.length > 0) this.#notes.set(part, notes);
    else this.#notes.delete(part);
    this.#noted(part, notes);
  }

  #translate(hosts: ReadonlySet<string>, model: ProxyModel, isFirst: boolean): void {
    const came: string[] = [];
    const went: string[] = [];
    let tlsHostsChanged = false;
    for (const host of hosts) {
      const before = this.#translated.get(host);
      const after = this.#translateHost(host, model.name);
      if (!before && after) came.push(host);
      if (before && !after) went.push(host);
      if (before?.tls || after?.tls) this.#putChain(host, after?.tls);
      tlsHostsChanged ||= (before?.tls === undefined) !== (after?.tls === undefined);
    }
    const { scopes, wildcardsChanged } = this.#scopes.update(came, went);
    for (const scope of new Set([...scopes, ...[...hosts].flatMap((host) => this.#scopes.scopesOf(host))])) this.#putScope(scope);
    for (const host of hosts) this.#putTlsRoutes(host);
    if ([...hosts].some(isAddress)) this.#putTlsRoutes(EVERY_HOST);
    if (tlsHostsChanged) for (const host of [...this.#scopes.wildcards, EVERY_HOST]) this.#putTlsRoutes(host);
    if (tlsHostsChanged) this.#putHttpsListener();
    const modeMayChange = isFirst || wildcardsChanged || came.includes(EVERY_HOST) || went.includes(EVERY_HOST);
    if (modeMayChange) this.#putHttpListener(model.name);
    this.#putEveryHost();
  }

  #putChain(host: string, tls: TranslatedHost['tls']): void {
    this.#table.put('chain', tlsChainName(host), tls && { resource: tls.chain, secret: tls.secret.name });
  }

  #translateHost(host: string, proxyName: string): TranslatedHost | undefined {
    const services = this.#hosts.servicesOf(host);
    const translated = services.length > 0 ? translateHost(host, services, proxyName, this.#domain, this.#options) : undefined;
    if (translated) this.#translated.set(host, translated);
    else this.#translated.delete(host);
    this.#note(`host ${host}`, translated?.notes ?? []);
    this.#clusters.set(host, new Map(translated?.clusters.map((cluster) => [cluster.cluster.name, cluster])));
    this.#secrets.set(host, new Map(translated?.tls ? [[translated.tls.secret.name, translated.tls.secret]] : []));
    return translated;
  }

  #putCluster(name: string, value: TranslatedCluster | undefined): void {
    const endpoints = this.#handovers.next(name, value?.endpoints, value?.warmingSeconds ?? 0);
    this.#table.putCluster(name, value && { ...value, endpoints });
  }

  #putScope(scope: string): void {
    if (scope === EVERY_HOST) return;
    const hosts = this.#scopes.hostsOf(scope).filter((host) => this.#translated.has(host));
    const isThere = scope === IPV6 ? hosts.length > 0 : this.#translated.has(scope);
    this.#table.put('scope', scope, isThere ? { resource: scopedRoutes(scope) } : undefined);
    this.#table.put('route', httpRoutesName(scope), isThere ? this.#httpRoutes(scope, hosts) : undefined);
  }

  #httpRoutes(scope: string, hosts: readonly string[]): RouteTarget {
    const members = new Map(
      hosts.flatMap((host) => {
        const plain = this.#translated.get(host)?.plain;
        return plain ? [[host, plain] as const] : [];
      }),
    );
    return routeTarget(httpRoutesName(scope), members, []);
  }

  /** A connection that was made for a host may carry requests for others that its certificate covers. */
  #putTlsRoutes(host: string): void {
    const routes = this.#translated.get(host)?.tls?.routes;
    const name = httpsRoutesName(host);
    if (!routes) return this.#table.put('route', name, undefined);
    const members = new Map([[host, routes]]);
    if (host === EVERY_HOST)
      for (const [other, { tls }] of this.#sorted()) if (tls && isAddress(other)) members.set(other, tls.routes);
    this.#table.put('route', name, routeTarget(name, members, this.#elsewhere(host)));
  }

  #sorted(): [string, TranslatedHost][] {
    return [...this.#translated].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** What is not a TLS host's own, though its name or its certificate may cover it. */
  #elsewhere(host: string): readonly string[] {
    if (host !== EVERY_HOST && !isWildcard(host)) return [EVERY_HOST];
    const suffix = host.slice(1);
    const below = this.#sorted().filter(
      // Who asks for an address gives no server name, so that the connection is made for any host.
      ([other, { tls }]) => tls && other !== host && other.endsWith(suffix) && !(host === EVERY_HOST && isAddress(other)),
    );
    return [...(host === EVERY_HOST ? [] : [EVERY_HOST]), ...below.map(([other]) => other)];
  }

  #putHttpsListener(): void {
    const hosts = this.#sorted().flatMap(([host, { tls }]) => (tls ? [host] : []));
    const target = hosts.length > 0 ? { resource: httpsListener(this.#options, hosts) } : undefined;
    this.#table.put('listener', HTTPS_LISTENER, target);
  }

  /** Scoped by host wherever that can be: one route configuration for all would be taken in whole at each change. */
  #putHttpListener(proxyName: string): void {
    this.#expression = this.#translated.has(EVERY_HOST) ? undefined : scopeExpression(this.#scopes.wildcards);
    const expression = this.#expression;
    const source = expression === undefined ? { routeConfigName: httpRoutesName(EVERY_HOST) } : { scopeExpression: expression };
    const domain = defaultRateLimitDomain({ name: proxyName, rateLimits: [] }, this.#options.proxyName);
    this.#table.put('listener', HTTP_LISTENER, { resource: httpListener(this.#options, domain, source) });
    const capitals = new Map([[CAPITALS, capitalHosts(this.#scopes.wildcards)]]);
    this.#table.put('scope', CAPITALS, { resource: scopedRoutes(CAPITALS) });
    this.#table.put('route', httpRoutesName(CAPITALS), routeTarget(httpRoutesName(CAPITALS), capitals, []));
  }

  /** All hosts, where they are not scoped. */
  #putEveryHost(): void {
    const name = httpRoutesName(EVERY_HOST);
    if (this.#expression !== undefined) return this.#table.put('route', name, undefined);
    this.#table.put('route', name, this.#httpRoutes(EVERY_HOST, [...this.#translated.keys()].sort()));
  }

  #tell(names: ChangedNames, named: ChangedNames = new Map()): void {
    for (const listener of this.#listeners) listener({ version: this.#version, names, named });
  }
}

export function emptyModel(name: string, version: string): ProxyModel {
  return { name, version, services: new Map(), rateLimits: [] };
}

function routeTarget(name: string, members: ReadonlyMap<string, HostRoutes>, elsewhere: readonly string[]): RouteTarget {
  return { resource: joinRouteConfiguration(name, [...members.values()], elsewhere), members, elsewhere };
}

function afterTimeout(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
}
