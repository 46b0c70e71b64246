import { EVERY_HOST, joinRouteConfiguration, httpRoutesName, tlsChainName } from '../translate';
import type { HostRoutes, ResourceKind } from '../translate';
import type { RouteTarget, Targets } from '../config';
import { ClusterUse } from './cluster-use';
import { ClusterReadiness } from './readiness';
import type { Held, Subscription } from './subscription';

/**
 * What a client may have of a resource now: this, not complete when it may have more of it later; nothing; what it has until
 * later; or what it has until something else changes.
 */
export type Next = (Held & { readonly isComplete: boolean }) | 'gone' | 'wait' | 'retain';

/** Something that the client is not given because it rejects it: a resource, or one host of a route configuration. */
export interface HeldBack {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly host?: string;
  /** The client's own words. */
  readonly reason: string;
  /** The change counter that brought it. */
  readonly version: number;
}

/** How long, in milliseconds, a client that came back with older routes keeps them while clusters warm up. */
const OLDER_ROUTES_GRACE = 3_000;
/**
 * How long, in milliseconds, a client that came back may take to ask for clusters: Envoy asks for everything else at once,
 * but for clusters only when none of them is warming.
 */
const CLUSTERS_WAIT = 30_000;
/** How long, in milliseconds, a filter chain waits for the client to take its certificate. */
const SECRET_WAIT = 2_000;
/** How long, in milliseconds, routes that lead to a filter chain wait for the client to take it. */
const LISTENER_WAIT = 5_000;

/**
 * Make before break, for one client: what it may have of each resource. A host's routes move on when all their clusters are
 * ready, each host for itself, a host comes in when its own are, and a cluster leaves only when no route needs it that the
 * client may use.
 */
export class Gate {
  readonly readiness = new ClusterReadiness();
  readonly use = new ClusterUse();
  /** Clusters that are gone, but kept for routes that the client may still use. */
  readonly retained = new Set<string>();
  /** By kind and name of the resource. */
  readonly heldBack = new Map<string, readonly HeldBack[]>();
  readonly #targets: Targets;
  readonly #subscriptions: ReadonlyMap<ResourceKind, Subscription>;
  readonly #reasonOf: (kind: ResourceKind, content: string) => string | undefined;
  /**
   * Routes that the client has from before the stream began, and that are not known here; with what is to come in their place: of
   * each host the latest of this stream that could be served.
   */
  readonly #older = new Map<string, Map<string, HostRoutes>>();
  /** Since when, of the session's clock, something waits that does so for a limited time. */
  readonly #waiting = new Map<string, number>();
  #cameBackAt = -Infinity;
  /** When it said that it has older routes, which it does in one request. */
  #cameWithRoutesAt = -Infinity;
  #clustersAskedAt = -Infinity;
  /** When to look again at what had to wait; Infinity when nothing waits for time to pass. */
  wake = Infinity;
  /** Names of route configurations of which a host stays as it is because the client rejects a cluster of it, by cluster. */
  readonly #blocked = new Map<string, Set<string>>();

  /** @param reasonOf why the client rejects a content, as far as that is known */
  constructor(
    targets: Targets,
    subscriptions: ReadonlyMap<ResourceKind, Subscription>,
    reasonOf: (kind: ResourceKind, content: string) => string | undefined,
  ) {
    this.#targets = targets;
    this.#subscriptions = subscriptions;
    this.#reasonOf = reasonOf;
  }

  /** The client holds routes from before the stream began that are not known here. */
  holdsOlder(name: string, now: number): void {
    this.#older.set(name, new Map());
    this.#cameWithRoutesAt = now;
  }

  /** The client has more than routes from before the stream began, and may say later which clusters, or which routes. */
  cameBack(now: number): void {
    this.#cameBackAt = now;
  }

  /** The client asks for clusters for the first time in the stream: only from now on can those of its routes warm up. */
  clustersAsked(now: number): void {
    this.#clustersAskedAt = now;
  }

  /** A cluster went out in a response. @returns the route configurations that were held back because it was rejected */
  clusterSent(name: string): Iterable<string> {
    const blocked = this.#blocked.get(name) ?? [];
    this.#blocked.delete(name);
    return blocked;
  }

  /**
   * Until when, of the session's clock, the client keeps its plain listener, because it has older routes: which hosts it serves
   * with them is not known, and a listener that looks elsewhere would not find those that wait.
   */
  get olderUntil(): number {
    return this.#older.size > 0 ? this.#graceEnd() : 0;
  }

  /** The client has them no more. */
  isRid(name: string): void {
    this.#older.delete(name);
  }

  /** @param version the first change counter that may have changed it */
  next(kind: ResourceKind, name: string, held: Held | undefined, version: number, now: number): Next {
    const heldBack: HeldBack[] = [];
    const next = this.#next(kind, name, held, now, (content, host) => {
      const reason = this.#reasonOf(kind, content);
      if (reason !== undefined) heldBack.push({ kind, name, ...(host === undefined ? {} : { host }), reason, version });
      return reason !== undefined;
    });
    const key = `${kind} ${name}`;
    if (heldBack.length === 0) this.heldBack.delete(key);
    else if (this.heldBack.get(key)?.some(({ reason }) => reason === heldBack[0]?.reason) !== true)
      this.heldBack.set(key, heldBack);
    return next;
  }

  #next(kind: ResourceKind, name: string, held: Held | undefined, now: number, isRejected: IsRejected): Next {
    if (kind === 'route') return this.#route(name, held, now, isRejected);
    const target = this.#targets[kind].get(name);
    if (!target) return this.#leaving(kind, name, held, now);
    if (kind === 'cluster') this.retained.delete(name);
    const { version } = target.resource;
    if (isRejected(version)) return 'retain';
    if (held?.version !== version && !this.#mayBeTried(kind, version)) return 'wait';
    if (kind === 'scope' && !held && this.#scopeWaits(name, now)) return 'wait';
    if (kind === 'chain' && held?.version !== version && this.#chainWaits(name, now)) return 'wait';
    return { version, resource: target.resource, isComplete: true };
  }

  #leaving(kind: ResourceKind, name: string, held: Held | undefined, now: number): Next {
    const clusters = this.#subscriptions.get('cluster');
    // As long as the client keeps a cluster it needs the endpoints.
    if (kind === 'endpoint' && held && clusters?.wildcard && clusters.held.has(name)) return { ...held, isComplete: true };
    // Whoever has them lets go of them by itself, when nothing names them any more.
    if ((kind === 'chain' || kind === 'secret') && held) return 'retain';
    if (kind !== 'cluster') return 'gone';
    const until = this.#cameBackAt + OLDER_ROUTES_GRACE;
    if (now < until && !this.#subscriptions.has('route')) {
      this.#wakeAt(until);
      return 'wait';
    }
    if (!this.use.has(name) && this.#older.size === 0) {
      this.retained.delete(name);
      return 'gone';
    }
    this.retained.add(name);
    return 'retain';
  }

  /** A scope's content never changes, so it is only a question of when it may come in. */
  #scopeWaits(name: string, now: number): boolean {
    const routes = [...(this.#targets.route.get(httpRoutesName(name))?.members.values() ?? [])];
    // Of several hosts one that is not ready must not keep out the others.
    return routes.length === 1 && routes.some((host) => this.#waits(host, this.#elsewhere(httpRoutesName(name), name), now));
  }

  /** For its certificate: a chain that Envoy takes in without it serves nobody. */
  #chainWaits(name: string, now: number): boolean {
    // Who does not ask for all clusters fetches the certificate when it has the chain.
    const isFetched = this.#subscriptions.get('cluster')?.wildcard !== true;
    const { secret = '' } = this.#targets.chain.get(name) ?? {};
    return this.#goesOnWaiting(`chain ${name}`, isFetched || this.#hasTaken('secret', secret), SECRET_WAIT, now);
  }

  #hasTaken(kind: ResourceKind, name: string): boolean {
    const subscription = this.#subscriptions.get(kind);
    return subscription?.held.has(name) === true && !subscription.outstanding.some(({ names }) => names.includes(name));
  }

  /** Whether what waits goes on waiting: until it has what it needs, but only for so many milliseconds. */
  #goesOnWaiting(what: string, hasIt: boolean, limit: number, now: number): boolean {
    const until = (this.#waiting.get(what) ?? now) + limit;
    if (hasIt || now >= until) {
      this.#waiting.delete(what);
      return false;
    }
    this.#waiting.set(what, until - limit);
    this.#wakeAt(until);
    return true;
  }

  /** The client rejects this cluster, and has none of the name. */
  #isHopeless(cluster: string): boolean {
    if (this.readiness.isRejected(cluster)) return true;
    const target = this.#targets.cluster.get(cluster);
    const isRejected = target !== undefined && this.#reasonOf('cluster', target.resource.version) !== undefined;
    return isRejected && this.#subscriptions.get('cluster')?.held.has(cluster) !== true;
  }

  /** While it is searched for what the client rejects, some parts are tried alone. */
  #mayBeTried(kind: ResourceKind, content: string): boolean {
    const search = this.#subscriptions.get(kind)?.search;
    return search === undefined || search.tries(content);
  }

  #route(name: string, held: Held | undefined, now: number, isRejected: IsRejected): Next {
    const target = this.#targets.route.get(name);
    // Whoever has them lets go of them by itself, when nothing leads to them any more.
    if (!target) return held ? 'retain' : 'gone';
    const ready = held && !held.members ? this.#older.get(name) : undefined;
    if (ready && this.#waitsAll(target, ready, now)) return 'wait';
    return this.#hosts(target, held, ready, now, isRejected);
  }

  /** Takes note of the hosts that can be served. @returns whether others go on waiting: what the client has serves them meanwhile */
  #waitsAll({ members }: RouteTarget, ready: Map<string, HostRoutes>, now: number): boolean {
    for (const host of ready.keys()) if (!members.has(host)) ready.delete(host);
    let isWaiting = false;
    for (const [host, routes] of members) {
      const waits = this.#waits(routes, undefined, now);
      if (!waits && this.#reasonOf('route', routes.virtualHost.version) === undefined) ready.set(host, routes);
      isWaiting ||= waits && !ready.has(host);
    }
    const until = this.#graceEnd();
    if (!isWaiting || now >= until) return false;
    this.#wakeAt(until);
    return true;
  }

  #graceEnd(): number {
    if (!this.#subscriptions.has('cluster')) return this.#cameWithRoutesAt + CLUSTERS_WAIT;
    return Math.max(this.#cameWithRoutesAt, this.#clustersAskedAt) + OLDER_ROUTES_GRACE;
  }

  /**
   * The hosts that may move on, and of the others what the client has. A client that has other routes from an earlier stream
   * has to be given all of them at once: those that wait as they were when they could be served last.
   * @param ready these, of such a client
   */
  #hosts(
    target: RouteTarget,
    held: Held | undefined,
    ready: ReadonlyMap<string, HostRoutes> | undefined,
    now: number,
    isRejected: IsRejected,
  ): Next {
    const { name } = target.resource;
    const members = new Map<string, HostRoutes>();
    const isKnown = !held || held.members !== undefined;
    let isComplete = true;
    let isWhole = true;
    for (const [host, routes] of target.members) {
      const { version } = routes.virtualHost;
      const old = ready ? earlier(ready.get(host), version) : (held?.members?.get(host) ?? this.#elsewhere(name, host));
      const mayWait = isKnown || old !== undefined;
      const isSame = old?.virtualHost.version === version;
      const isBad = !isSame && (isRejected(version, host) || this.#isBlocked(name, routes, old));
      const waits = !isSame && !isBad && (!this.#mayBeTried('route', version) || (mayWait && this.#waits(routes, old, now)));
      isComplete &&= !waits;
      isWhole &&= !waits && !isBad;
      const next = waits || isBad ? old : routes;
      if (next) members.set(host, next);
    }
    if (isWhole) return { version: target.resource.version, resource: target.resource, members: target.members, isComplete };
    const resource = joinRouteConfiguration(name, [...members.values()], target.elsewhere);
    return { version: resource.version, resource, members, isComplete };
  }

  /** A host keeps its former routes when the client rejects a cluster of its new ones, until that cluster changes. */
  #isBlocked(name: string, routes: HostRoutes, former: HostRoutes | undefined): boolean {
    if (!former || !this.#subscriptions.get('cluster')?.wildcard) return false;
    const hopeless = routes.clusters.filter((cluster) => !former.clusters.includes(cluster) && this.#isHopeless(cluster));
    for (const cluster of hopeless) {
      this.#blocked.set(cluster, (this.#blocked.get(cluster) ?? new Set<string>()).add(name));
    }
    return hopeless.length > 0;
  }

  /**
   * What the client has of a host in another configuration of the plain listener: where a host is looked up changes with the
   * wildcards and with a host for everything, and it goes on being served as it was.
   */
  #elsewhere(name: string, host: string): HostRoutes | undefined {
    const held = this.#subscriptions.get('route')?.held;
    const others = [httpRoutesName(host), httpRoutesName(EVERY_HOST)];
    if (!held || (!others.includes(name) && !name.startsWith(httpRoutesName('*')))) return undefined;
    for (const other of others) {
      const routes = held.get(other)?.members?.get(host) ?? this.#older.get(other)?.get(host);
      if (routes && !routes.leadToTls) return routes;
    }
    return undefined;
  }

  /**
   * Whether a host's new routes wait: for a cluster that is not ready, unless its former routes lead there already, or,
   * without former routes to keep, the cluster was rejected, since its other routes are served; or for a listener.
   */
  #waits(routes: HostRoutes, former: HostRoutes | undefined, now: number): boolean {
    const clusters = this.#subscriptions.get('cluster');
    // A client that asks for clusters by name, as it does for listeners, asks for them when it has the routes.
    if ((clusters ?? this.#subscriptions.get('listener'))?.wildcard === false) return false;
    if (!clusters && now >= this.#cameBackAt + CLUSTERS_WAIT) return false;
    if (!clusters) this.#wakeAt(this.#cameBackAt + CLUSTERS_WAIT);
    const missing = routes.clusters.filter(
      (name) => this.readiness.readyFrom(name) > now && (former ? !former.clusters.includes(name) : !this.#isHopeless(name)),
    );
    for (const name of missing) this.#wakeAt(this.readiness.readyFrom(name));
    const isLate = routes.leadToTls && !former?.leadToTls && this.#chainIsLate(routes.virtualHost.name, now);
    return missing.length > 0 || isLate;
  }

  /** The client has not taken the host's filter chain, or the listener that names it. */
  #chainIsLate(host: string, now: number): boolean {
    const listener = this.#subscriptions.get('listener');
    if (!listener) return false;
    const isTaken = listener.dirty.size === 0 && listener.outstanding.length === 0 && this.#hasTaken('chain', tlsChainName(host));
    return this.#goesOnWaiting(`routes to ${host}`, isTaken, LISTENER_WAIT, now);
  }

  #wakeAt(time: number): void {
    this.wake = Math.min(this.wake, time);
  }
}

/** Routes that are not of this version. */
function earlier(routes: HostRoutes | undefined, version: string): HostRoutes | undefined {
  return routes?.virtualHost.version === version ? undefined : routes;
}

/** Whether the client rejects a content, of a host when it is one host's. */
type IsRejected = (content: string, host?: string) => boolean;
