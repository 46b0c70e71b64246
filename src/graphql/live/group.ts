import { hash } from 'node:crypto';
import type { Logger } from '../../log';
import type { Output } from '../compile';
import { RequestError } from '../errors';
import type { ResultRow } from '../execute';
import { assemble } from '../execute';
import type { LivePlan, Values } from './run-many';
import type { Sink, Subscriber, Subscription } from './subscriber';

/** No query is run for its changes more often than once in this time. */
const MIN_INTERVAL_MS = 250;
/** After a failure the next try comes so much later, whether anything changed or not. */
const RETRY_MS = 1_000;
/** How many lists of values one statement is run for. */
const BATCH = 1_000;

export interface GroupOptions {
  readonly plan: LivePlan & { readonly output: readonly Output[] };
  readonly run: (all: readonly Values[]) => Promise<(ResultRow[] | RequestError)[]>;
  /** How often it is run without being told of changes, in milliseconds; undefined when it is told of all of them. */
  readonly pollMs: number | undefined;
  readonly onEmpty: () => void;
  readonly log: Logger;
}

/**
 * All subscriptions to one statement. At most one run is under way: of a change for all of them, not more often than four
 * times a second, or at once for those that wait: new ones, and streams that have more.
 */
export class LiveGroup {
  readonly #subscribers = new Set<Subscriber>();
  readonly #waiting = new Set<Subscriber>();
  #isRunning = false;
  /** When the last run of all began, and when the next is due. */
  #lastStart = -Infinity;
  #dueAt = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: GroupOptions) {
    if (options.pollMs !== undefined) this.#dueAt = performance.now() + options.pollMs;
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

  #remove(subscriber: Subscriber): void {
    this.#waiting.delete(subscriber);
    if (!this.#subscribers.delete(subscriber) || this.#subscribers.size > 0) return;
    clearTimeout(this.#timer);
    this.options.onEmpty();
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

  #due(at: number): void {
    this.#dueAt = Math.min(this.#dueAt, at);
  }

  #wait(subscriber: Subscriber): void {
    this.#waiting.add(subscriber);
    this.#go();
  }

  #go(): void {
    if (this.#isRunning || this.#subscribers.size === 0) return;
    clearTimeout(this.#timer);
    const now = performance.now();
    if (now >= this.#dueAt) {
      this.#lastStart = now;
      this.#dueAt = now + (this.options.pollMs ?? Infinity);
      this.#waiting.clear();
      void this.#start([...this.#subscribers]);
    } else if (this.#waiting.size > 0) {
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      void this.#start(waiting);
    } else if (this.#dueAt < Infinity) this.#timer = setTimeout(() => this.#go(), this.#dueAt - now);
  }

  async #start(subscribers: readonly Subscriber[]): Promise<void> {
    this.#isRunning = true;
    try {
      if (await this.#run(subscribers)) this.#due(performance.now() + RETRY_MS);
    } catch (error) {
      this.options.log.error({ err: error }, 'a live query failed for a fault of ours');
      this.#due(performance.now() + RETRY_MS);
    }
    this.#isRunning = false;
    this.#go();
  }

  /** @returns whether any of it failed */
  async #run(subscribers: readonly Subscriber[]): Promise<boolean> {
    const equal = new Map<string, Subscriber[]>();
    for (const subscriber of subscribers) {
      subscriber.isBehind = subscriber.sink.isBusy();
      if (subscriber.isBehind) continue;
      const others = equal.get(subscriber.key);
      if (others) others.push(subscriber);
      else equal.set(subscriber.key, [subscriber]);
    }
    const all = [...equal.values()];
    const [suspect, good] = [true, false].map((isSuspect) => all.filter(([first]) => first?.isSuspect === isSuspect));
    let hasFailed = false;
    for (const batch of [...inBatches(good ?? []), ...inBatches(suspect ?? [])]) {
      const results = await this.options.run(batch.map(([first]) => first?.values ?? []));
      batch.forEach((members, index) => {
        const result = results[index] ?? [];
        hasFailed ||= result instanceof RequestError;
        this.#deliver(members, result);
      });
    }
    return hasFailed;
  }

  #deliver(members: readonly Subscriber[], result: ResultRow[] | RequestError): void {
    const failed = result instanceof RequestError;
    const body = failed ? result.toBody() : assemble(this.options.plan.output, result);
    const digest = hash('sha1', body, 'base64');
    for (const subscriber of members) {
      if (!this.#subscribers.has(subscriber)) continue;
      if (failed && !subscriber.isProven && !result.detail.unavailable && result.code !== 'timeout') {
        this.#remove(subscriber);
        subscriber.sink.refused(result);
        continue;
      }
      subscriber.isSuspect = failed;
      subscriber.isProven ||= !failed;
      if (!failed && this.options.plan.live.cursor) this.#advance(subscriber, result, body);
      else if (subscriber.last !== digest) {
        subscriber.last = digest;
        if (failed) subscriber.sink.failed(result);
        else subscriber.sink.data(body);
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
}

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}
