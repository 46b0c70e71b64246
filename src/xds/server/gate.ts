import { joinRouteConfiguration, httpRoutesName } from '../translate';
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

/** How long, in milliseconds, a client that came back with older routes keeps them while clusters warm up. */
const OLDER_ROUTES_GRACE = 3_000;
/** How long, in milliseconds, routes that lead to a TLS listener wait for the client to take it. */
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
  readonly #targets: Targets;
  readonly #subscriptions: ReadonlyMap<ResourceKind, Subscription>;
  /** Since when, of the session's clock, the client has routes from before the stream began that are not known here. */
  readonly #older = new Map<string, number>();
  /** When to look again at what had to wait; Infinity when nothing waits for time to pass. */
  wake = Infinity;

  constructor(targets: Targets, subscriptions: ReadonlyMap<ResourceKind, Subscription>) {
    this.#targets = targets;
    this.#subscriptions = subscriptions;
  }

  /** The client holds routes from before the stream began that are not known here. */
  holdsOlder(name: string, now: number): void {
    this.#older.set(name, now);
  }

  /** The client has them no more. */
  isRid(name: string): void {
    this.#older.delete(name);
  }

  next(kind: ResourceKind, name: string, held: Held | undefined, now: number): Next {
    switch (kind) {
      case 'cluster':
        return this.#cluster(name);
      case 'scope':
        return this.#scope(name, held, now);
      case 'route':
        return this.#route(name, held, now);
      default: {
        const target = this.#targets[kind].get(name);
        return target ? { version: target.resource.version, resource: target.resource, isComplete: true } : 'gone';
      }
    }
  }

  #cluster(name: string): Next {
    const target = this.#targets.cluster.get(name);
    if (target) {
      this.retained.delete(name);
      return { version: target.resource.version, resource: target.resource, isComplete: true };
    }
    if (!this.use.has(name) && this.#older.size === 0) {
      this.retained.delete(name);
      return 'gone';
    }
    this.retained.add(name);
    return 'retain';
  }

  /** A scope's content never changes, so it is only a question of when it may come in. */
  #scope(name: string, held: Held | undefined, now: number): Next {
    const target = this.#targets.scope.get(name);
    if (!target) return 'gone';
    const routes = held ? [] : [...(this.#targets.route.get(httpRoutesName(name))?.members.values() ?? [])];
    // Of several hosts one that is not ready must not keep out the others.
    if (routes.length === 1 && routes.some((host) => this.#waits(host, undefined, now))) return 'wait';
    return { version: target.resource.version, resource: target.resource, isComplete: true };
  }

  #route(name: string, held: Held | undefined, now: number): Next {
    const target = this.#targets.route.get(name);
    if (!target) return 'gone';
    const { resource, members } = target;
    const all = { version: resource.version, resource, members, isComplete: true };
    if (!held) return all;
    if (held.members) return this.#hosts(target, held.members, now);
    const until = (this.#older.get(name) ?? 0) + OLDER_ROUTES_GRACE;
    if (now >= until || ![...members.values()].some((host) => this.#waits(host, undefined, now))) return all;
    this.#wakeAt(until);
    return 'wait';
  }

  /** The hosts that may move on, and of the others what they have. */
  #hosts(target: RouteTarget, former: ReadonlyMap<string, HostRoutes>, now: number): Next {
    const members = new Map<string, HostRoutes>();
    let isComplete = true;
    for (const [host, routes] of target.members) {
      const old = former.get(host);
      const waits = old?.virtualHost.version !== routes.virtualHost.version && this.#waits(routes, old, now);
      isComplete &&= !waits;
      const next = waits ? old : routes;
      if (next) members.set(host, next);
    }
    if (isComplete) return { version: target.resource.version, resource: target.resource, members: target.members, isComplete };
    const resource = joinRouteConfiguration(target.resource.name, [...members.values()], target.elsewhere);
    return { version: resource.version, resource, members, isComplete };
  }

  /**
   * Whether a host's new routes wait: for a cluster that is not ready, unless its former routes lead there already, or,
   * without former routes to keep, the cluster was rejected, since its other routes are served; or for a listener.
   */
  #waits(routes: HostRoutes, former: HostRoutes | undefined, now: number): boolean {
    // A client that asks for clusters by name asks for them when it has the routes.
    if (!this.#subscriptions.get('cluster')?.wildcard) return false;
    const missing = routes.clusters.filter(
      (name) =>
        this.readiness.readyFrom(name) > now && (former ? !former.clusters.includes(name) : !this.readiness.isRejected(name)),
    );
    for (const name of missing) this.#wakeAt(this.readiness.readyFrom(name));
    const listener = routes.leadToTls && !former?.leadToTls ? this.#subscriptions.get('listener')?.outstanding.at(-1) : undefined;
    if (listener) this.#wakeAt(listener.sentAt + LISTENER_WAIT);
    return missing.length > 0 || (listener !== undefined && now < listener.sentAt + LISTENER_WAIT);
  }

  #wakeAt(time: number): void {
    this.wake = Math.min(this.wake, time);
  }
}
