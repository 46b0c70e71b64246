import type { Resource } from '../resource';
import { joinRouteConfiguration } from '../translate';
import type { HostRoutes, Snapshot } from '../translate';
import type { ClusterReadiness } from './cluster-readiness';

type Hosts = ReadonlyMap<string, HostRoutes>;

/** How long, in milliseconds, a client that came back with older routes keeps them all while clusters warm up. */
const OLDER_ROUTES_GRACE = 3_000;

/** The routes that one client was given, host by host, and which it may have next. */
export class RouteDelivery {
  /** By route configuration; of the last response, or of the one that is about to be sent. */
  readonly #sent = new Map<string, Hosts>();
  #accepted: ReadonlyMap<string, Hosts> = new Map();
  /** What the client holds when it accepts them: the responses that it has not answered, oldest first. */
  readonly #unanswered: ReadonlyMap<string, Hosts>[] = [];
  #waiting = new Set<string>();
  #olderSince: number | undefined;
  #joined = new WeakMap<Hosts, Resource>();

  /** The client holds these routes from before the stream began. */
  holds(configuration: string, hosts: Hosts): void {
    this.#sent.set(configuration, hosts);
    this.#accepted = new Map(this.#sent);
  }

  /** The client holds routes from before the stream began that are not known here: they are replaced whole, not piecemeal. */
  holdsOlder(now: number): void {
    this.#olderSince = now;
  }

  /** The routes that were last asked for went out in a response. */
  wasSent(): void {
    this.#unanswered.push(new Map(this.#sent));
  }

  /** The client answered that many responses, the oldest ones; whether it accepted the last of them. */
  answered(count: number, accepted: boolean): void {
    const held = this.#unanswered.splice(0, count).at(-1);
    if (!held || !accepted) return;
    this.#accepted = held;
    this.#olderSince = undefined;
  }

  /** Clusters that routes refer to which the client uses or was sent. */
  clustersInUse(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const hosts of new Set([this.#accepted, ...this.#unanswered, this.#sent].flatMap((held) => [...held.values()]))) {
      for (const { clusters } of hosts.values()) for (const name of clusters) names.add(name);
    }
    return names;
  }

  /** The route configurations of a snapshot as they are in the end. */
  ideal(configurations: Iterable<string>, snapshot: Snapshot): Resource[] {
    return [...configurations].map((name) => this.#join(name, snapshot.hosts.get(name) ?? new Map()));
  }

  /** The route configurations that the client may have now; a host whose clusters are not ready keeps its last routes. */
  next(configurations: Iterable<string>, snapshot: Snapshot, readiness: ClusterReadiness, now: number): Resource[] {
    this.#waiting = new Set();
    const next = [...configurations].map((name) => [name, this.#readyHosts(name, snapshot, readiness, now)] as const);
    if (this.#waiting.size > 0 && this.#olderSince !== undefined && now < this.#olderSince + OLDER_ROUTES_GRACE) return [];
    return next.map(([name, hosts]) => {
      this.#sent.set(name, hosts);
      return this.#join(name, hosts);
    });
  }

  /** When to look again, in milliseconds of the session's clock; Infinity when nothing waits for time to pass. */
  wake(readiness: ClusterReadiness): number {
    let wake = this.#olderSince !== undefined && this.#waiting.size > 0 ? this.#olderSince + OLDER_ROUTES_GRACE : Infinity;
    for (const name of this.#waiting) wake = Math.min(wake, readiness.readyFrom(name));
    return wake;
  }

  #readyHosts(configuration: string, snapshot: Snapshot, readiness: ClusterReadiness, now: number): Hosts {
    const target = snapshot.hosts.get(configuration) ?? new Map<string, HostRoutes>();
    const sent = this.#sent.get(configuration);
    let complete = true;
    const hosts = new Map<string, HostRoutes>();
    for (const [host, routes] of target) {
      const old = sent?.get(host);
      const waits = (name: string) => readiness.readyFrom(name) > now && mayWait(name, old, readiness);
      const missing = old === routes ? [] : routes.clusters.filter(waits);
      if (missing.length === 0) {
        hosts.set(host, routes);
        continue;
      }
      complete = false;
      for (const name of missing) this.#waiting.add(name);
      if (old) hosts.set(host, old);
    }
    return complete ? target : hosts;
  }

  #join(name: string, hosts: Hosts): Resource {
    const known = this.#joined.get(hosts);
    if (known) return known;
    const joined = joinRouteConfiguration(name, [...hosts.values()]);
    this.#joined.set(hosts, joined);
    return joined;
  }
}

/**
 * Whether a host's new routes wait for a cluster that is not ready. They do not when its former routes lead there already,
 * nor, without former routes to keep, for a cluster that was rejected: its other routes are served.
 */
function mayWait(name: string, former: HostRoutes | undefined, readiness: ClusterReadiness): boolean {
  return former ? !former.clusters.includes(name) : !readiness.isRejected(name);
}
