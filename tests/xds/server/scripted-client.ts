import pino from 'pino';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { ProxyConfig } from '../../../src/xds/config';
import type { ProxyModel } from '../../../src/gateway';
import type { Delivery, Request, Variant } from '../../../src/xds/server/protocol';
import { Rejections } from '../../../src/xds/server/rejections';
import { Session } from '../../../src/xds/server/session';
import type { ResourceKind } from '../../../src/xds/translate';
import { whole } from '../../support/models';

export const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };

export const VARIANTS: readonly Variant[] = ['state of the world', 'delta'];

/** State of the world: each response of these holds all that there is. */
export const WHOLE: readonly ResourceKind[] = ['cluster', 'scope', 'listener'];

/** A response as a test reads it. */
export interface Received extends Delivery {
  /** The resources' names in order. */
  readonly names: readonly string[];
}

/** A clock that stands still until it is moved. */
export class ManualClock {
  now = 1_000;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.now + milliseconds, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves the clock, and calls what was due on the way. */
  pass(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.now = Math.max(this.now, due.at);
      due.callback();
    }
    this.now = until;
  }

  get timers(): number {
    return this.#timers.length;
  }
}

/** The configuration of the proxy gw, whose timer is the clock's. */
export function configOn(clock: ManualClock, model?: ProxyModel): ProxyConfig {
  const config = new ProxyConfig('gw', OPTIONS, (milliseconds, callback) => clock.after(milliseconds, callback));
  if (model) config.apply(whole(model));
  return config;
}

/**
 * A session of either variant, and a client that says just what the test makes it say. The names that it wants are kept
 * here, so that a test says them once: a client of the state of the world repeats all of them, the other what is new.
 */
export class ScriptedClient {
  readonly variant: Variant;
  readonly clock: ManualClock;
  config: ProxyConfig;
  readonly received: Received[] = [];
  readonly logged: { readonly msg: string; readonly reason?: string; readonly type?: string }[] = [];
  /** What clients of its kind are known to reject. */
  readonly rejections: Rejections;
  session: Session;
  readonly #names = new Map<ResourceKind, Set<string>>();
  #held = new Map<ResourceKind, ReadonlyMap<string, string>>();

  constructor(variant: Variant, clock: ManualClock, config: ProxyConfig, rejections = new Rejections()) {
    this.rejections = rejections;
    this.variant = variant;
    this.clock = clock;
    this.config = config;
    this.session = this.#open();
  }

  #open(): Session {
    return new Session(this.config, this.variant, {
      send: (delivery) => this.#take(delivery),
      now: () => this.clock.now,
      onMoved: () => undefined,
      rejections: this.rejections,
      client: 'envoy/1.0.0',
      after: (milliseconds, callback) => this.clock.after(milliseconds, callback),
      log: pino({ level: 'warn' }, { write: (line: string) => void this.logged.push(JSON.parse(line) as { msg: string }) }),
    });
  }

  #take(delivery: Delivery): void {
    const { kind, resources, removed } = delivery;
    this.received.push({ ...delivery, names: resources.map(({ name }) => name) });
    const isWhole = this.variant === 'state of the world' && WHOLE.includes(kind);
    const held = new Map(isWhole ? [] : this.#held.get(kind));
    for (const { name, version } of resources) held.set(name, version);
    for (const name of removed) held.delete(name);
    this.#held.set(kind, held);
  }

  /** The names of what the client was sent of a kind, in order. */
  has(kind: ResourceKind): string[] {
    return [...(this.#held.get(kind)?.keys() ?? [])].sort();
  }

  /** What the client says of a kind when it comes back: one version for all, or one for each name. */
  versions(kind: ResourceKind): Request['has'] {
    const held = this.#held.get(kind) ?? new Map<string, string>();
    return this.variant === 'delta' ? held : this.last(kind).version;
  }

  /** A new stream of the same client, to the same server or to another. */
  reconnect(config = this.config): void {
    this.session.close();
    this.config = config;
    this.received.length = 0;
    this.#names.clear();
    this.session = this.#open();
  }

  pass(milliseconds: number): void {
    this.clock.pass(milliseconds);
  }

  /** Wants these names of a kind from now on, whatever it wanted before; without a nonce. */
  ask(kind: ResourceKind, names: readonly string[] = [], has: Request['has'] = ''): void {
    this.#say(kind, { names, has });
  }

  /** Accepts a response; wants these names from then on, the same as before when none are given. */
  ack({ kind, nonce }: Received, names?: readonly string[]): void {
    this.#say(kind, { nonce: String(nonce), names });
  }

  nack({ kind, nonce }: Received, reason: string, names?: readonly string[]): void {
    this.#say(kind, { nonce: String(nonce), names, rejection: reason });
  }

  #say(
    kind: ResourceKind,
    {
      nonce = '',
      names,
      rejection,
      has = '',
    }: { nonce?: string; names?: readonly string[] | undefined; rejection?: string; has?: Request['has'] },
  ): void {
    const former = this.#names.get(kind) ?? new Set<string>();
    const wanted = new Set(names ?? former);
    this.#names.set(kind, wanted);
    const asks =
      this.variant === 'delta'
        ? {
            subscribe: [...wanted].filter((name) => !former.has(name)),
            unsubscribe: [...former].filter((name) => !wanted.has(name)),
          }
        : { names: [...wanted] };
    const own = this.variant === 'delta' ? new Map<string, string>() : '';
    this.session.onRequest({ kind, nonce, rejection, asks, has: has === '' ? own : has });
  }

  /** The responses of a kind, oldest first. */
  of(kind: ResourceKind): readonly Received[] {
    return this.received.filter((each) => each.kind === kind);
  }

  last(kind: ResourceKind): Received {
    const found = this.of(kind).at(-1);
    if (!found) throw new Error(`no response of ${kind} yet`);
    return found;
  }

  /** What was received, by kind and names; names that were taken away with a minus. */
  told(): [ResourceKind, string[]][] {
    return this.received.map(({ kind, names, removed }) => [kind, [...names, ...removed.map((name) => `-${name}`)].sort()]);
  }

  /** The hosts of a route configuration as it was sent last, each with the clusters that it leads to. */
  hosts(name: string): Record<string, string[]> {
    const resources = this.of('route').flatMap((response) => response.resources);
    const last = resources.findLast((resource) => resource.name === name);
    if (!last) throw new Error(`no ${name} yet`);
    return hostsOf(last.bytes);
  }
}

/** The hosts of an encoded RouteConfiguration, each with the clusters that it leads to. */
export function hostsOf(bytes: Buffer): Record<string, string[]> {
  return Object.fromEntries(
    RouteConfiguration.decode(bytes).virtualHosts.map(({ name, routes }) => [
      name,
      routes.flatMap(({ route }) => route?.cluster ?? route?.weightedClusters?.clusters.map((entry) => entry.name) ?? []),
    ]),
  );
}
