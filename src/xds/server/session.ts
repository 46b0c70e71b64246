import type { DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { Logger } from '../../log';
import { encodeResource, versionOfSet } from '../resource';
import type { Resource } from '../resource';
import { emptyLoadAssignment, TYPE_URLS } from '../translate';
import type { ResourceKind, Snapshot } from '../translate';
import { ClusterReadiness } from './cluster-readiness';
import { encodeResponse } from './response';
import { RouteDelivery } from './route-delivery';
import { Subscription } from './subscription';
import type { Outstanding } from './subscription';

/** Make before break: what others refer to goes first. */
const ORDER: readonly ResourceKind[] = ['cluster', 'endpoint', 'secret', 'listener', 'route'];
/** Types of which a response is the whole state; of the others it may hold only what changed. */
const WHOLE: ReadonlySet<ResourceKind> = new Set(['cluster', 'listener']);
/**
 * How long, in milliseconds, the next response of a type waits for the answer to the last. Envoy withholds its answer on
 * clusters while any of them is warming, so clusters wait only to gather what comes in a burst.
 */
const ANSWER_WAIT: Readonly<Record<ResourceKind, number>> = {
  cluster: 50,
  endpoint: 5_000,
  secret: 5_000,
  listener: 5_000,
  route: 5_000,
};

/** What a session needs from the outside. Times are milliseconds of a monotonic clock. */
export interface SessionPorts {
  /** @param response an encoded DiscoveryResponse */
  send(response: Buffer): void;
  now(): number;
  /** Calls back once; the returned function cancels. */
  after(milliseconds: number, callback: () => void): () => void;
  readonly log: Logger;
}

/**
 * One client on one aggregated stream, state of the world. It brings the client from what it holds to the latest
 * snapshot in an order in which no request ever meets a route whose cluster is missing: a host's routes move on when
 * all their clusters are ready, each host for itself, and a cluster leaves only when no accepted route needs it.
 */
export class Session {
  readonly #ports: SessionPorts;
  readonly #subscriptions = new Map<ResourceKind, Subscription>();
  readonly #readiness = new ClusterReadiness();
  readonly #routes = new RouteDelivery();
  /** The versions that a client brought along from an earlier stream, until they can be compared. */
  readonly #returning = new Map<ResourceKind, string>();
  #snapshot: Snapshot | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  onSnapshot(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#touch(...ORDER);
    this.#advance();
  }

  /** @throws Error when the type is not one that is served */
  onRequest(request: DiscoveryRequest): void {
    const kind = kindOf(request.typeUrl);
    const subscription = this.#subscriptions.get(kind) ?? this.#subscribe(kind, request.versionInfo);
    const { settled, current } = subscription.settle(request.responseNonce);
    if (settled.length > 0) this.#settled(kind, settled, request);
    if (current) subscription.ask(request.resourceNames);
    this.#advance();
  }

  close(): void {
    this.#cancelTimer?.();
  }

  #subscribe(kind: ResourceKind, versionInfo: string): Subscription {
    const subscription = new Subscription(WHOLE.has(kind));
    this.#subscriptions.set(kind, subscription);
    if (versionInfo !== '') this.#returning.set(kind, versionInfo);
    return subscription;
  }

  #settled(kind: ResourceKind, settled: readonly Outstanding[], { errorDetail, versionInfo }: DiscoveryRequest): void {
    const names = settled.flatMap((response) => response.names);
    if (errorDetail) {
      this.#ports.log.error(
        { type: kind, keeps: versionInfo, reason: errorDetail.message },
        'a configuration was rejected by Envoy, which keeps the last one that it accepted',
      );
    }
    if (kind === 'cluster') {
      if (errorDetail) this.#readiness.clustersRejected(errorDetail.message);
      else this.#readiness.clustersAccepted(settled.at(-1)?.names ?? [], this.#subscriptions.get('cluster')?.outstanding ?? []);
    }
    if (kind === 'endpoint') this.#readiness.endpointsAnswered(names, this.#ports.now());
    if (kind === 'cluster' || kind === 'endpoint') this.#touch('route');
    if (kind === 'route') {
      this.#routes.answered(settled.length, !errorDetail);
      this.#touch('cluster');
    }
  }

  #touch(...kinds: readonly ResourceKind[]): void {
    for (const kind of kinds) {
      const subscription = this.#subscriptions.get(kind);
      if (subscription) subscription.stale = true;
    }
  }

  /** A client that comes back with the version of what it would get now is given nothing that it already has. */
  #resume(kind: ResourceKind, subscription: Subscription, version: string, snapshot: Snapshot): void {
    const held = this.#wanted(kind, subscription, snapshot, true);
    if (versionOfSet(held) === version) {
      subscription.hold(held);
      if (kind === 'cluster')
        this.#readiness.clustersAccepted(
          held.map(({ name }) => name),
          [],
        );
      if (kind === 'route')
        for (const name of subscription.names) this.#routes.holds(name, snapshot.hosts.get(name) ?? new Map());
    } else if (kind === 'route') this.#routes.holdsOlder(this.#ports.now());
  }

  /** Sends whatever can be sent now, and sets a timer for what has to wait. */
  #advance(): void {
    const snapshot = this.#snapshot;
    if (!snapshot) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    let wake = Infinity;
    for (const kind of ORDER) {
      const subscription = this.#subscriptions.get(kind);
      if (!subscription) continue;
      const version = this.#returning.get(kind);
      if (version !== undefined) {
        this.#returning.delete(kind);
        this.#resume(kind, subscription, version, snapshot);
      }
      if (!subscription.stale) continue;
      const held = this.#heldUntil(kind, subscription);
      if (held > this.#ports.now()) {
        wake = Math.min(wake, held);
        continue;
      }
      subscription.stale = false;
      this.#sendChanged(kind, subscription, snapshot);
    }
    wake = Math.min(wake, this.#routes.wake(this.#readiness));
    if (wake < Infinity) {
      this.#cancelTimer = this.#ports.after(Math.max(1, Math.ceil(wake - this.#ports.now())), () => {
        this.#touch('route');
        this.#advance();
      });
    }
  }

  #heldUntil(kind: ResourceKind, { outstanding }: Subscription): number {
    const last = outstanding.at(-1);
    const own = last ? last.sentAt + ANSWER_WAIT[kind] : 0;
    // Routes may lead to a listener's new filter chain, so they follow it.
    const listener = kind === 'route' ? this.#subscriptions.get('listener')?.outstanding.at(-1) : undefined;
    return Math.max(own, listener ? listener.sentAt + ANSWER_WAIT.listener : 0);
  }

  #sendChanged(kind: ResourceKind, subscription: Subscription, snapshot: Snapshot): void {
    const wanted = this.#wanted(kind, subscription, snapshot, false);
    const changed = wanted.filter((resource) => subscription.delivered.get(resource.name)?.version !== resource.version);
    const unanswered = subscription.whole && !subscription.answered;
    const gone = subscription.whole && subscription.delivered.size !== wanted.length;
    if (changed.length === 0 && !unanswered && !gone) return;
    const resources = subscription.whole ? wanted : changed;
    // Of a partial response the version tells what the client then holds of the snapshot, so that it means something later.
    const version = versionOfSet(kind === 'endpoint' ? this.#wantedEndpoints(subscription, snapshot, true) : wanted);
    const nonce = subscription.deliver(resources, this.#ports.now());
    if (kind === 'cluster') this.#clustersSent(subscription, changed);
    if (kind === 'route') this.#routes.wasSent();
    this.#ports.log.debug(
      { type: kind, count: resources.length, changed: changed.length, version, snapshot: snapshot.version },
      'sent',
    );
    this.#ports.send(encodeResponse({ typeUrl: TYPE_URLS[kind], versionInfo: version, nonce }, resources));
  }

  /** A cluster that is new or changed asks for its endpoints again, so they follow at once. */
  #clustersSent({ delivered }: Subscription, changed: readonly Resource[]): void {
    const endpoints = this.#subscriptions.get('endpoint');
    for (const { name } of changed) endpoints?.delivered.delete(name);
    this.#touch('endpoint');
    this.#readiness.clustersSent(
      new Set(delivered.keys()),
      changed.flatMap(({ name }) => this.#snapshot?.clusters.get(name) ?? []),
      this.#ports.now(),
    );
  }

  /** What the client should hold of a type now. @param ideal as if all clusters were ready and no old route in use */
  #wanted(kind: ResourceKind, subscription: Subscription, snapshot: Snapshot, ideal: boolean): Resource[] {
    switch (kind) {
      case 'listener':
        return [...snapshot.listeners.values()].filter(({ name }) => subscription.wants(name));
      case 'secret':
        return [...snapshot.secrets.values()].filter(({ name }) => subscription.wants(name));
      case 'cluster': {
        const clusters = [...snapshot.clusters.values()].map(({ cluster }) => cluster);
        const retained = ideal ? [] : this.#retainedClusters(subscription, snapshot);
        return [...clusters, ...retained].filter(({ name }) => subscription.wants(name));
      }
      case 'endpoint':
        return this.#wantedEndpoints(subscription, snapshot, ideal);
      case 'route':
        return ideal
          ? this.#routes.ideal(subscription.names, snapshot)
          : this.#routes.next(subscription.names, snapshot, this.#readiness, this.#ports.now());
    }
  }

  /** Clusters that are gone from the snapshot, but which routes that the client may still use refer to. */
  #retainedClusters({ delivered }: Subscription, snapshot: Snapshot): Resource[] {
    return [...this.#routes.clustersInUse()].flatMap((name) => (snapshot.clusters.has(name) ? [] : (delivered.get(name) ?? [])));
  }

  /** Those asked for, and those of clusters that were sent on this stream: they will be asked for. */
  #wantedEndpoints(subscription: Subscription, snapshot: Snapshot, ideal: boolean): Resource[] {
    const sent = this.#subscriptions.get('cluster')?.delivered;
    const names = new Set([...subscription.names, ...[...snapshot.clusters.keys()].filter((name) => sent?.has(name))]);
    return [...names].flatMap((name) => {
      const cluster = snapshot.clusters.get(name);
      if (cluster || ideal) return cluster?.endpoints ?? [];
      return subscription.delivered.get(name) ?? encodeResource(name, ClusterLoadAssignment, emptyLoadAssignment(name));
    });
  }
}

function kindOf(typeUrl: string): ResourceKind {
  const kind = ORDER.find((candidate) => TYPE_URLS[candidate] === typeUrl);
  if (!kind) throw new Error(`resources of type ${JSON.stringify(typeUrl)} are not served here`);
  return kind;
}
