import { wordsOf } from '../../gateway';
import type { ConfigChange, ProxyConfig } from '../config';
import { versionOfSet } from '../resource';
import { HTTP_LISTENER, httpRoutesName, httpsRoutesName, KINDS } from '../translate';
import type { ResourceKind } from '../translate';
import { ANSWER_WAIT, EXPECTED_WITHIN, SEARCH_WAIT } from './bounds';
import { resourcesOf, stateOfTheWorld, WHOLE } from './contents';
import { Gate } from './gate';
import type { HeldBack } from './gate';
import type { LastError } from './observer';
import type { Request, Variant } from './protocol';
import type { Part } from './search';
import { RoutesFirst } from './routes-first';
import { Search } from './search';
import type { SessionPorts } from './session-ports';
import { Subscription } from './subscription';
import type { Held, Outstanding } from './subscription';

/**
 * One client on one stream, of either variant of the protocol: brings it from what it has to what its proxy is to have, in an
 * order in which no request ever meets a route whose cluster is missing. Of each type it holds one response unanswered, and
 * the names that changed since; what a slow client is sent next is what there is then.
 */
export class Session {
  readonly #config: ProxyConfig;
  readonly #variant: Variant;
  readonly #ports: SessionPorts;
  readonly #subscriptions = new Map<ResourceKind, Subscription>();
  readonly #gate: Gate;
  /** Clusters that were sent, new or changed, before their endpoints were asked for. */
  readonly #awaitEndpoints = new Set<string>();
  readonly #expecting = new Set<() => void>();
  readonly #unwatch: () => void;
  /** What came before there was a configuration: what the client has cannot be compared yet. */
  readonly #early: Request[] = [];
  #cancelTimer: (() => void) | undefined;
  #lastError: LastError | undefined;
  /** What the plain listener waits for now. */
  #routesFirst: RoutesFirst | undefined;

  constructor(config: ProxyConfig, variant: Variant, ports: SessionPorts) {
    this.#config = config;
    this.#variant = variant;
    this.#ports = ports;
    const { rejections, client } = ports;
    this.#gate = new Gate(config.targets, this.#subscriptions, (kind, content) => rejections.reasonOf(client, kind, content));
    this.#unwatch = config.watch((change) => this.#onChange(change));
  }

  onRequest(request: Request): void {
    if (this.#config.isComplete) this.#take(request);
    else this.#early.push(request);
  }

  #take(request: Request): void {
    const known = this.#subscriptions.get(request.kind);
    const subscription = known ?? new Subscription();
    this.#subscriptions.set(request.kind, subscription);
    if (!known && request.kind === 'cluster') this.#gate.clustersAsked(this.#ports.now());
    const { settled, isCurrent } = subscription.settle(request.nonce);
    if (settled.length > 0) this.#settled(request, subscription, settled);
    if (isCurrent || !('names' in request.asks)) this.#ask(request, subscription, known === undefined);
    if (!known) this.#resume(request.kind, request.has, subscription);
    this.#advance();
  }

  /** The last change counter of which the client has accepted everything. */
  get acknowledged(): number {
    let acknowledged = this.#config.version;
    for (const subscription of this.#subscriptions.values()) acknowledged = Math.min(acknowledged, subscription.acknowledged);
    return acknowledged;
  }

  /** What the client said when it rejected something last. */
  get lastError(): LastError | undefined {
    return this.#lastError;
  }

  /** What the client is not given because it rejects it. */
  get heldBack(): readonly HeldBack[] {
    return [...this.#gate.heldBack.values()].flat();
  }

  close(): void {
    for (const [kind, { names }] of this.#subscriptions) for (const name of names) this.#config.named.release(kind, name);
    this.#cancelTimer?.();
    for (const cancel of this.#expecting) cancel();
    this.#unwatch();
    this.#ports.rejections.endSearch(this.#ports.client, this);
  }

  #onChange({ version, names, named }: ConfigChange): void {
    for (const request of this.#early.splice(0)) this.#take(request);
    for (const [kind, changed] of names) {
      const subscription = this.#subscriptions.get(kind);
      if (!subscription) continue;
      for (const name of changed) {
        if (subscription.wants(name)) subscription.touch(name, version);
        // A new filter chain asks for its routes.
        else if (kind === 'route' && name.startsWith(httpsRoutesName(''))) this.#expect(name, version);
      }
    }
    for (const [kind, changed] of named) {
      const subscription = this.#subscriptions.get(kind);
      for (const name of changed) if (subscription?.names.has(name)) subscription.touch(name, version);
    }
    this.#advance();
  }

  /** The client will ask for these routes, because of what it is sent: until then it has not got the change. */
  #expect(name: string, version: number): void {
    const routes = this.#subscriptions.get('route');
    if (!routes || routes.wants(name) || !this.#subscriptions.get('listener')?.wildcard || !this.#config.targets.route.has(name))
      return;
    routes.expected.set(name, version);
    const cancel = this.#ports.after(EXPECTED_WITHIN, () => {
      this.#expecting.delete(cancel);
      if (routes.expected.get(name) === version && routes.expected.delete(name)) this.#ports.onMoved();
    });
    this.#expecting.add(cancel);
  }

  #ask({ kind, asks }: Request, subscription: Subscription, isFirst: boolean): void {
    if ('names' in asks) this.#askFor(kind, asks.names, subscription, isFirst);
    else {
      const isWhole = isFirst && WHOLE.has(kind) && asks.subscribe.length === 0;
      if (isWhole || asks.subscribe.includes('*')) this.#wantAll(kind, subscription);
      for (const name of asks.subscribe) if (name !== '*') this.#subscribe(kind, name, subscription, this.#missingFrom(isFirst));
      if (asks.unsubscribe.includes('*')) this.#wantNamedOnly(kind, subscription);
      for (const name of asks.unsubscribe) this.#unsubscribe(kind, name, subscription);
    }
  }

  /** State of the world: all the names that are wanted from now on. */
  #askFor(kind: ResourceKind, names: readonly string[], subscription: Subscription, isFirst: boolean): void {
    const asked = new Set(names);
    const isWhole = WHOLE.has(kind) && (asked.delete('*') || (asked.size === 0 && (isFirst || subscription.wildcard)));
    if (isWhole && !subscription.wildcard) this.#wantAll(kind, subscription);
    else if (!isWhole && subscription.wildcard) this.#wantNamedOnly(kind, subscription);
    for (const name of [...subscription.names]) if (!asked.has(name)) this.#unsubscribe(kind, name, subscription);
    for (const name of asked)
      if (!subscription.names.has(name)) this.#subscribe(kind, name, subscription, this.#missingFrom(isFirst));
  }

  /** What a client asks for at first it does not have; what it asks for later is no change that it has not seen. */
  #missingFrom(isFirst: boolean): number {
    return isFirst ? 0 : this.#config.version + 1;
  }

  #wantAll(kind: ResourceKind, subscription: Subscription): void {
    subscription.wildcard = true;
    for (const name of this.#config.targets[kind].keys()) subscription.touch(name, 0);
  }

  #wantNamedOnly(kind: ResourceKind, subscription: Subscription): void {
    subscription.wildcard = false;
    for (const name of [...subscription.held.keys()])
      if (!subscription.names.has(name)) this.#unsubscribe(kind, name, subscription);
  }

  #subscribe(kind: ResourceKind, name: string, subscription: Subscription, version: number): void {
    const refusal = subscription.names.has(name) ? undefined : this.#config.named.demand(kind, name);
    if (refusal) this.#ports.log.warn({ object: wordsOf(refusal.object) }, refusal.message);
    subscription.subscribe(name, version);
  }

  #unsubscribe(kind: ResourceKind, name: string, subscription: Subscription): void {
    if (subscription.names.has(name)) this.#config.named.release(kind, name);
    subscription.unsubscribe(name);
    if (kind === 'route') this.#letGoOfRoutes(name, subscription.answeredNonce);
  }

  #letGoOfRoutes(name: string, answered: number): void {
    this.#gate.use.dropped(name, answered);
    this.#gate.isRid(name);
    this.#touchRetained();
  }

  /** A client that comes back says what it has, and is given nothing of it again. */
  #resume(kind: ResourceKind, has: Request['has'], subscription: Subscription): void {
    const targets = this.#config.targets[kind];
    if (typeof has === 'string') {
      const wanted = [...targets].filter(([name]) => subscription.wants(name));
      if (has === '') return;
      if (kind !== 'route') this.#gate.cameBack(this.#ports.now());
      if (isLetGo(kind)) return;
      if (versionOfSet(wanted.map(([, { resource }]) => resource)) === has) {
        for (const [name, { resource }] of wanted) this.#hold(kind, name, resource.version, subscription);
      } else if (kind === 'route') for (const [name] of wanted) this.#hold(kind, name, '', subscription);
      return;
    }
    for (const [name, version] of has) if (subscription.wants(name)) this.#hold(kind, name, version, subscription);
  }

  #hold(kind: ResourceKind, name: string, version: string, subscription: Subscription): void {
    const target = this.#config.targets[kind].get(name);
    const isCurrent = target?.resource.version === version;
    const members = kind === 'route' && isCurrent ? this.#config.targets.route.get(name)?.members : undefined;
    subscription.held.set(name, { version, resource: isCurrent ? target.resource : undefined, ...(members && { members }) });
    subscription.touch(name, 0);
    if (version !== '' && !(kind === 'endpoint' && this.#awaitEndpoints.has(name))) subscription.asked.delete(name);
    subscription.isAnswered = true;
    if (kind !== 'route') this.#gate.cameBack(this.#ports.now());
    // Whoever has the endpoints of a cluster has the cluster.
    if (kind === 'cluster' || (kind === 'endpoint' && !this.#subscriptions.has('cluster'))) {
      const { warmingSeconds = 0 } = this.#config.targets.cluster.get(name) ?? {};
      this.#gate.readiness.held(name, warmingSeconds, this.#ports.now());
    }
    if (kind === 'route' && members) this.#gate.use.sent(name, members, 0);
    else if (kind === 'route') this.#gate.holdsOlder(name, this.#ports.now());
  }

  /** Routes that a client came back with, and that were not known then, are what there is now. */
  #recognized(name: string, held: Held, subscription: Subscription): void {
    if (!held.members) return;
    subscription.held.set(name, held);
    this.#gate.use.sent(name, held.members, 0);
    this.#gate.isRid(name);
    this.#touchRetained();
    // Clusters come before routes: it is to be looked at them once more.
    this.#gate.wake = this.#ports.now();
  }

  #settled({ kind, rejection }: Request, subscription: Subscription, settled: readonly Outstanding[]): void {
    const answered = settled.at(-1);
    if (!answered) return;
    const names = settled.flatMap((response) => response.names);
    if (kind === 'cluster' && rejection === undefined) this.#gate.readiness.accepted(names, answered.nonce);
    if (kind === 'endpoint') this.#gate.readiness.endpointsAnswered(names, this.#ports.now());
    if (kind === 'route') {
      this.#gate.use.answered(names, answered.nonce, rejection === undefined);
      if (rejection === undefined) for (const name of names) this.#gate.isRid(name);
      for (const name of names) if (!subscription.wants(name)) this.#gate.use.dropped(name, answered.nonce);
      this.#touchRetained();
    }
    if (rejection !== undefined) this.#rejected(kind, subscription, answered, rejection);
    else if (subscription.search) this.#searched(kind, subscription, () => subscription.search?.passed());
  }

  /** The client rejected a response: what is bad of it is found and held back, and the rest is sent again. */
  #rejected(kind: ResourceKind, subscription: Subscription, response: Outstanding, reason: string): void {
    const { log, rejections, client } = this.#ports;
    const { parts } = response;
    subscription.takeBack(response);
    const named = parts.filter(({ name, host }) => host === undefined && reason.includes(` ${name}: `));
    const alone = parts.length === 1 ? parts : [];
    const found = named.length > 0 ? named : alone;
    const resource = (found.length > 0 ? found.map(({ name }) => name) : response.names).slice(0, 5).join(', ');
    this.#lastError = { resource, reason, at: new Date() };
    log.error(
      { type: kind, names: response.names.slice(0, 20), held: found.map(({ name, host }) => host ?? name), reason },
      'a configuration was rejected by Envoy, which keeps the last one that it accepted',
    );
    if (subscription.search) {
      this.#searched(kind, subscription, () => {
        const part = subscription.search?.failed();
        if (part) this.#holdBack(kind, [part], reason);
      });
    } else if (found.length > 0) this.#holdBack(kind, found, reason);
    else if (parts.length > 0) {
      if (rejections.startSearch(client, this)) subscription.search = new Search(parts);
      else subscription.pausedUntil = this.#ports.now() + SEARCH_WAIT;
    }
  }

  #holdBack(kind: ResourceKind, parts: readonly Part[], reason: string): void {
    const { rejections, client } = this.#ports;
    for (const { name, content } of parts) {
      rejections.add({ client, kind, content, reason });
      if (kind === 'cluster') this.#gate.readiness.rejected(name);
    }
  }

  #searched(kind: ResourceKind, subscription: Subscription, step: () => void): void {
    step();
    if (!subscription.search?.isOver) return;
    subscription.search = undefined;
    this.#ports.rejections.endSearch(this.#ports.client, this);
    this.#ports.log.info({ type: kind }, 'what Envoy rejected was found and is held back');
  }

  /** Routes moved on: clusters that were kept for them may leave now. */
  #touchRetained(): void {
    const clusters = this.#subscriptions.get('cluster');
    for (const name of this.#gate.retained) clusters?.touch(name, this.#config.version);
  }

  /** Sends whatever can be sent now, and sets a timer for what has to wait. */
  #advance(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#gate.wake = Infinity;
    let wake = Infinity;
    for (const kind of KINDS) {
      const subscription = this.#subscriptions.get(kind);
      if (!subscription || (subscription.isAnswered && subscription.dirty.size === 0)) continue;
      const until = this.#heldUntil(kind, subscription);
      if (until > this.#ports.now()) wake = Math.min(wake, until);
      else this.#flush(kind, subscription);
    }
    wake = Math.min(wake, this.#gate.wake);
    if (wake < Infinity) {
      this.#cancelTimer = this.#ports.after(Math.max(1, Math.ceil(wake - this.#ports.now())), () => this.#advance());
    }
    this.#ports.onMoved();
  }

  #heldUntil(kind: ResourceKind, { dirty, outstanding, search, pausedUntil }: Subscription): number {
    const last = outstanding.at(-1);
    const own = Math.max(pausedUntil, last ? last.sentAt + (search ? SEARCH_WAIT : ANSWER_WAIT[kind]) : 0);
    if (kind !== 'listener' || !dirty.has(HTTP_LISTENER)) return own;
    return Math.max(own, this.#gate.olderUntil, this.#routesUntil());
  }

  #routesUntil(): number {
    const routes = this.#subscriptions.get('route');
    if (!routes?.isAnswered) return 0;
    this.#routesFirst ??= new RoutesFirst();
    const awaited = this.#routesFirst.awaited(this.#subscriptions.get('scope'), routes, () => {
      const isFree = this.#heldUntil('route', routes) <= this.#ports.now();
      if (isFree) this.#flush('route', routes);
      return isFree;
    });
    if (awaited.length === 0) this.#routesFirst = undefined;
    return Math.max(0, ...awaited.map(({ sentAt }) => sentAt + ANSWER_WAIT.route));
  }

  /** Looks at all that may have changed of a type, and sends what did. */
  #flush(kind: ResourceKind, subscription: Subscription): void {
    const sent = new Map<string, Held>();
    const removed: string[] = [];
    let version = Infinity;
    for (const [name, since] of subscription.dirty) {
      const held = subscription.held.get(name);
      const next = this.#gate.next(kind, name, held, since, this.#ports.now());
      if (next === 'wait') continue;
      if (typeof next === 'string' || next.isComplete) subscription.dirty.delete(name);
      if (next === 'retain') continue;
      const isAsked = subscription.asked.delete(name);
      if (next === 'gone') {
        if (!held && !isAsked) continue;
        removed.push(name);
      } else if (held?.version === next.version && !isAsked) {
        if (!held.members) this.#recognized(name, next, subscription);
        continue;
      } else sent.set(name, next);
      version = Math.min(version, since);
    }
    const isDelta = this.#variant === 'delta';
    const isNew = sent.size > 0 || (removed.length > 0 && (isDelta || WHOLE.has(kind) || kind === 'endpoint'));
    if (!isNew && (subscription.isAnswered || !subscription.wildcard)) {
      for (const name of removed) subscription.held.delete(name);
      if (!subscription.search) return;
      // Nothing is left of what was to be tried.
      this.#searched(kind, subscription, () => subscription.search?.passed());
      this.#flush(kind, subscription);
      return;
    }
    const nonce = subscription.deliver(sent, removed, version, this.#ports.now());
    this.#sent(kind, nonce, sent, removed, version);
    this.#ports.send({
      kind,
      nonce,
      since: version,
      version: isDelta ? String(this.#config.version) : versionOfSet(resourcesOf(subscription.held.values())),
      resources: isDelta ? resourcesOf(sent.values()) : stateOfTheWorld(kind, subscription, sent, removed),
      removed: isDelta ? removed : [],
    });
  }

  #sent(kind: ResourceKind, nonce: number, sent: ReadonlyMap<string, Held>, removed: readonly string[], version: number): void {
    const { readiness, use } = this.#gate;
    if (kind === 'route') {
      for (const [name, { members }] of sent) use.sent(name, members, nonce);
      for (const name of removed) use.sent(name, undefined, nonce);
    }
    if (kind === 'endpoint') for (const name of sent.keys()) this.#awaitEndpoints.delete(name);
    if (kind === 'scope') for (const name of sent.keys()) this.#expect(httpRoutesName(name), version);
    if (kind !== 'cluster') return;
    const endpoints = this.#subscriptions.get('endpoint');
    for (const name of removed) readiness.removed(name);
    for (const name of sent.keys()) {
      const target = this.#config.targets.cluster.get(name);
      if (target) readiness.sent(name, target, nonce, this.#ports.now());
      for (const routes of this.#gate.clusterSent(name)) this.#subscriptions.get('route')?.touch(routes, version);
      // Envoy waits for the endpoints of a cluster that changed, and does not ask for them again.
      if (endpoints?.wants(name)) {
        endpoints.asked.add(name);
        endpoints.touch(name, version);
      } else if (target?.hasEndpoints) this.#awaitEndpoints.add(name);
    }
  }
}

/**
 * Whether clients let go of such resources with the listener that named them, and go on saying the version that they accepted
 * last, so that it does not tell whether they have them. They are few and small, unlike routes and endpoints.
 */
function isLetGo(kind: ResourceKind): boolean {
  return kind === 'chain' || kind === 'secret';
}
