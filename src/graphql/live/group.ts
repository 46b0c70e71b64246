import { hash } from 'node:crypto';
import type { Logger } from '../../log';
import type { Output } from '../compile';
import type { ResultRow } from '../execute';
import { assemble, isRetryable } from '../execute';
import { isFinal, isPassing } from './failures';
import type { LivePlan, Outcome, Values } from './run-many';
import { Failure } from './run-many';
import type { Sink, Subscriber, Subscription } from './subscriber';

/** No query is run for its changes more often than once in this time. */
const MIN_INTERVAL_MS = 250;
/** What failed for a reason that may pass is tried again after this time, then after twice that, and so on. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** How many lists of values one statement is run for; fewer when that takes long. */
const MAX_BATCH = 1_000;
const LONG_MS = 5_000;
/** A group whose statements take longer must not keep others waiting. */
const SLOW_MS = 1_000;

export interface GroupOptions {
  readonly plan: LivePlan & { readonly output: readonly Output[] };
  readonly run: (all: readonly Values[], isSlow: boolean) => Promise<Run>;
  /** How often it is run without being told of a change, in milliseconds. */
  readonly pollMs: () => number;
  readonly onEmpty: () => void;
  readonly log: Logger;
}

/** What a run gave; nothing when nobody wanted it any more. */
export interface Run {
  readonly outcomes: readonly Outcome[];
  /** How long the slowest of its statements took, in milliseconds, once it was its turn. */
  readonly slowestMs: number;
}

/**
 * All subscriptions to one statement. At most one run is under way: of a change for all of them, not more often than four
 * times a second, or at once for those that wait: new ones, streams that have more, and clients that have caught up.
 */
export class LiveGroup {
  readonly #subscribers = new Set<Subscriber>();
  readonly #waiting = new Set<Subscriber>();
  readonly #retrying = new Set<Subscriber>();
  #isRunning = false;
  #isSlow = false;
  #batch = MAX_BATCH;
  /** When the last run of all began, when the next is due, and when what failed is tried again. */
  #lastStart = -Infinity;
  #dueAt: number;
  #retryAt = Infinity;
  #retryMs = FIRST_RETRY_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: GroupOptions) {
    this.#dueAt = performance.now() + options.pollMs();
  }

  get isEmpty(): boolean {
    return this.#subscribers.size === 0;
  }

  add(values: Values, sink: Sink): Subscription {
    const key = JSON.stringify(values);
    const subscriber: Subscriber = { sink, values, key, last: undefined, isProven: false, isSuspect: false, isBehind: false };
    this.#subscribers.add(subscriber);
    this.#wait(subscriber);
    return {
      resume: () => {
        if (subscriber.isBehind && this.#subscribers.has(subscriber)) this.#wait(subscriber);
      },
      stop: () => this.#remove(subscriber),
    };
  }

  /** Something that is read may have changed. */
  changed(): void {
    this.#due(Math.max(performance.now(), this.#lastStart + MIN_INTERVAL_MS));
    this.#go();
  }

  stop(): void {
    this.#subscribers.clear();
    clearTimeout(this.#timer);
  }

  #remove(subscriber: Subscriber): void {
    this.#waiting.delete(subscriber);
    this.#retrying.delete(subscriber);
    if (!this.#subscribers.delete(subscriber) || this.#subscribers.size > 0) return;
    clearTimeout(this.#timer);
    this.options.onEmpty();
  }

  #due(at: number): void {
    this.#dueAt = Math.min(this.#dueAt, at);
  }

  #wait(subscriber: Subscriber): void {
    this.#waiting.add(subscriber);
    this.#go();
  }

  #go(): void {
    if (this.#isRunning || this.isEmpty) return;
    clearTimeout(this.#timer);
    const now = performance.now();
    if (now >= this.#dueAt) {
      this.#dueAt = Infinity;
      this.#lastStart = now;
      this.#waiting.clear();
      void this.#start([...this.#subscribers], true);
      return;
    }
    if (now >= this.#retryAt) {
      for (const subscriber of this.#retrying) this.#waiting.add(subscriber);
      this.#retrying.clear();
      this.#retryAt = Infinity;
    }
    if (this.#waiting.size > 0) {
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      void this.#start(waiting, false);
    } else this.#timer = setTimeout(() => this.#go(), Math.min(this.#dueAt, this.#retryAt) - now);
  }

  async #start(subscribers: readonly Subscriber[], isOfAll: boolean): Promise<void> {
    const started = performance.now();
    this.#isRunning = true;
    try {
      await this.#run(subscribers);
    } catch (error) {
      this.options.log.error({ err: error }, 'a live query failed for a fault of ours');
    }
    this.#isRunning = false;
    const ended = performance.now();
    // What takes long is not polled for more than half of the time.
    if (isOfAll) this.#due(Math.max(started + this.options.pollMs(), ended + (ended - started)));
    this.#go();
  }

  async #run(subscribers: readonly Subscriber[]): Promise<void> {
    const equal = new Map<string, Subscriber[]>();
    for (const subscriber of subscribers) {
      subscriber.isBehind = subscriber.sink.isBusy();
      if (subscriber.isBehind) continue;
      const others = equal.get(subscriber.key);
      if (others) others.push(subscriber);
      else equal.set(subscriber.key, [subscriber]);
    }
    // Those that failed are run apart, so that the others are one statement.
    for (const isSuspect of [false, true]) {
      const all = [...equal.values()].filter(([first]) => first?.isSuspect === isSuspect);
      for (let next = 0; next < all.length && !this.isEmpty;) {
        const batch = all.slice(next, next + this.#batch);
        next += batch.length;
        await this.#runBatch(batch);
      }
    }
  }

  async #runBatch(batch: readonly Subscriber[][]): Promise<void> {
    const all = batch.map(([first]) => first?.values ?? []);
    const { outcomes, slowestMs } = await this.options.run(all, this.#isSlow);
    this.#isSlow = slowestMs > SLOW_MS;
    if (slowestMs > LONG_MS) this.#batch = Math.ceil(this.#batch / 2);
    else if (!this.#isSlow) this.#batch = Math.min(MAX_BATCH, this.#batch * 2);
    outcomes.forEach((outcome, index) => {
      const members = (batch[index] ?? []).filter((subscriber) => this.#subscribers.has(subscriber));
      if (outcome instanceof Failure) for (const subscriber of members) this.#fail(subscriber, outcome);
      else this.#deliver(members, outcome);
    });
  }

  #deliver(members: readonly Subscriber[], rows: readonly ResultRow[]): void {
    const { output, live } = this.options.plan;
    const body = assemble(output, rows);
    const digest = live.cursor ? '' : hash('sha1', body, 'base64');
    this.#retryMs = FIRST_RETRY_MS;
    for (const subscriber of members) {
      subscriber.isSuspect = false;
      subscriber.isProven = true;
      // Those before it in this run may have filled its connection.
      subscriber.isBehind = subscriber.sink.isBusy();
      if (subscriber.isBehind) continue;
      if (live.cursor) this.#advance(subscriber, rows, body);
      else if (subscriber.last !== digest) {
        subscriber.last = digest;
        subscriber.sink.data(body);
      }
    }
  }

  /** Sends a batch of a stream, unless it is empty, and asks for the next one at once when this one was full. */
  #advance(subscriber: Subscriber, [row = []]: readonly ResultRow[], body: string): void {
    const { cursor } = this.options.plan.live;
    const next = cursor && row[cursor.next];
    if (cursor === undefined || next === null || next === undefined) return;
    subscriber.values = subscriber.values.map((value, slot) => (slot === cursor.slot ? next : value));
    subscriber.key = JSON.stringify(subscriber.values);
    subscriber.last = undefined;
    subscriber.sink.data(body);
    if (row[cursor.isFull] === 't') this.#waiting.add(subscriber);
  }

  #fail(subscriber: Subscriber, { error, isOwn }: Failure): void {
    subscriber.isSuspect = true;
    if (isOwn && !subscriber.isProven && isFinal(error)) {
      this.#remove(subscriber);
      subscriber.sink.refused(error);
      return;
    }
    if (!isRetryable(error) && subscriber.last !== error.message) {
      subscriber.last = error.message;
      subscriber.sink.failed(error);
    }
    if (isOwn && !isPassing(error)) return;
    this.#retrying.add(subscriber);
    if (this.#retryAt < Infinity) return;
    this.#retryAt = performance.now() + (isRetryable(error) ? MIN_INTERVAL_MS : this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }
}
