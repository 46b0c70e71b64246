import { performance } from 'node:perf_hooks';
import type { FeedEvent } from '../database';
import type { Applied } from '../gateway';
import type { Logger } from '../log';
import { readOrigin } from '../origin';
import type { Push, XdsClient, XdsObserver } from '../xds';
import type { ChangeMetrics } from './changes';

/** A write that a push carries, by its request. */
export interface CarriedWrite {
  readonly requestId: string;
  readonly traceparent: string | undefined;
}

export interface PushesOptions {
  readonly metrics: Pick<ChangeMetrics, 'pushed' | 'acknowledged'>;
  /** Told of each push that carries writes, the first of which was made so many milliseconds ago. */
  readonly traced?: ((push: Push, client: XdsClient, writes: readonly CarriedWrite[], ageMs: number) => void) | undefined;
  readonly log: Logger;
}

/** An event of the change feed on its way to one client. */
interface Pending {
  readonly counter: number;
  /** When its oldest change was made, in milliseconds of the clock of `performance`. */
  readonly madeAt: number;
  readonly writes: CarriedWrite[];
  isPushed: boolean;
}

/** What is known of one client. */
interface Follower {
  readonly pending: Pending[];
  last: { readonly push: Push; readonly at: number } | undefined;
}

/** Events that one client may be behind; the oldest ones are no longer followed then. */
const MOST_PENDING = 256;
/** Writes that one push is said to carry. */
const MOST_WRITES = 64;

/** Follows each change to each client: when it is sent, which request made it, and when it is accepted. */
export class Pushes implements XdsObserver {
  readonly #clients = new Map<XdsClient, Follower>();

  constructor(private readonly options: PushesOptions) {}

  /** Notes an event that was applied, before clients are told of it. */
  applied(event: FeedEvent, { changed, origins, counter }: Applied): void {
    if (event.kind !== 'changes') return;
    const { madeAt } = event;
    const differs = new Set(changed.map(({ model }) => model.name));
    const writesOf = (proxy: string, how: 'due' | 'early') =>
      (origins.get(proxy)?.[how] ?? []).flatMap((text) => readOrigin(text) ?? []);
    for (const [client, follower] of this.#clients) {
      const early = writesOf(client.proxy, 'early');
      if (early.length > 0) this.#early(client, follower, early, madeAt);
      if (!differs.has(client.proxy)) continue;
      follower.pending.push({ counter: Number(counter), madeAt, writes: writesOf(client.proxy, 'due'), isPushed: false });
      if (follower.pending.length > MOST_PENDING) follower.pending.shift();
    }
  }

  connected(client: XdsClient): void {
    this.#clients.set(client, { pending: [], last: undefined });
  }

  sent(client: XdsClient, push: Push): void {
    const follower = this.#clients.get(client);
    if (!follower) return;
    const now = performance.now();
    follower.last = { push, at: now };
    const carried = follower.pending.filter(({ counter }) => counter >= push.since && counter <= push.counter);
    for (const event of carried) {
      if (!event.isPushed) this.options.metrics.pushed((now - event.madeAt) / 1000);
      event.isPushed = true;
    }
    const writes = carried.flatMap((event) => event.writes);
    if (writes.length > 0) this.#tell(client, push, writes, now - Math.min(...carried.map(({ madeAt }) => madeAt)));
  }

  moved(client: XdsClient): void {
    const { pending } = this.#clients.get(client) ?? {};
    if (!pending || pending.length === 0) return;
    const { acknowledged } = client;
    while (pending[0] && pending[0].counter <= acknowledged) {
      const event = pending.shift();
      // What a client does not use is never sent to it, and not acknowledged either.
      if (event?.isPushed) this.options.metrics.acknowledged((performance.now() - event.madeAt) / 1000);
    }
  }

  gone(client: XdsClient): void {
    this.#clients.delete(client);
  }

  /** Writes that were read with an earlier change: they go with it, or went with the last push if that is younger than they. */
  #early(client: XdsClient, { pending, last }: Follower, writes: readonly CarriedWrite[], madeAt: number): void {
    const next = pending.findLast(({ isPushed }) => !isPushed);
    if (next) next.writes.push(...writes.slice(0, MOST_WRITES));
    else if (last && last.at >= madeAt) this.#tell(client, last.push, writes, performance.now() - madeAt);
  }

  #tell(client: XdsClient, push: Push, all: readonly CarriedWrite[], ageMs: number): void {
    const { log, traced } = this.options;
    const { kind: type, counter: change, resources, removed } = push;
    const writes = all.slice(0, MOST_WRITES);
    const requestIds = writes.map(({ requestId }) => requestId);
    log.debug({ requestIds, change, node: client.node, proxy: client.proxy, type, sent: resources, removed }, 'pushed');
    traced?.(push, client, writes, ageMs);
  }
}
