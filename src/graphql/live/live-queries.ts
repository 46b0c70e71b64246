import type pg from 'pg';
import type { Logger } from '../../log';
import type { Plan } from '../compile';
import type { ResultRow } from '../execute';
import { values } from '../execute';
import type { ChangeSource, ChangedTable } from './changes';
import { LiveGroup } from './group';
import type { Values } from './run-many';
import { runMany, runOnce } from './run-many';
import type { Sink, Subscription } from './subscriber';
import { Turns } from '../turns';

export interface LiveOptions {
  readonly pool: pg.Pool;
  /** Without one, for tables that it does not cover, and while it does not follow, queries are run every so many milliseconds. */
  readonly changes: ChangeSource | undefined;
  readonly pollMs: number;
  /** The same for streams. */
  readonly streamPollMs: number;
  readonly log: Logger;
}

/** How many runs of live queries may be under way at once, and how many slow ones: the other connections are for requests. */
const MAX_RUNS = 4;
const MAX_SLOW_RUNS = 2;
/** What is told of changes runs as often all the same: a time may have passed that a condition speaks of. */
const TOLD_POLL_MS = 30_000;

type LivePlan = Plan & { readonly live: NonNullable<Plan['live']> };

/** The subscriptions of all clients: those with one statement are run together (contract 11.1). */
export class LiveQueries {
  readonly #groups = new Map<string, LiveGroup>();
  readonly #keys = new WeakMap<Plan, string>();
  /** By table, the groups that are told of its changes. */
  readonly #byTable = new Map<string, Set<LiveGroup>>();
  readonly #turns = new Turns(MAX_RUNS);
  readonly #slowTurns = new Turns(MAX_SLOW_RUNS);
  readonly #stopListening: (() => void) | undefined;

  constructor(private readonly options: LiveOptions) {
    this.#stopListening = options.changes?.listen((tables) => this.#changed(tables));
  }

  /**
   * Gives the first result of a subscription and each later one that differs to the sink.
   * @throws RequestError for values that do not fit their types; Postgres' own refusal comes to the sink
   */
  subscribe(plan: Plan, variables: ReadonlyMap<string, unknown>, sink: Sink): Subscription {
    const { live } = plan;
    if (!live) throw new Error('the plan is not that of a subscription');
    const bound = values(live, variables);
    const key = this.#keys.get(plan) ?? JSON.stringify([live.name, plan.output]);
    this.#keys.set(plan, key);
    const group = this.#groups.get(key) ?? this.#open(key, { ...plan, live });
    return group.add(bound, sink);
  }

  /** Nothing runs any more; the sinks are left to whoever gave them. */
  stop(): void {
    this.#stopListening?.();
    for (const group of this.#groups.values()) group.stop();
    this.#groups.clear();
    this.#byTable.clear();
  }

  #open(key: string, plan: LivePlan): LiveGroup {
    const { pool, changes, log } = this.options;
    const { live } = plan;
    const isTold = changes !== undefined && live.tables.every((table) => changes.covers(table));
    const pollMs = live.cursor ? this.options.streamPollMs : this.options.pollMs;
    const names = isTold ? live.tables.map(nameOf) : [];
    const group: LiveGroup = new LiveGroup({
      plan,
      run: async (all, isSlow) => {
        let slowestMs = 0;
        const once = async (some: readonly Values[]): Promise<ResultRow[]> => {
          const started = performance.now();
          return runOnce(pool, live, some).finally(() => (slowestMs = Math.max(slowestMs, performance.now() - started)));
        };
        const inTurn = (some: readonly Values[]) =>
          this.#inTurn(
            isSlow,
            () => once(some),
            () => !group.isEmpty,
          );
        return { outcomes: await runMany(plan, all, inTurn), slowestMs };
      },
      pollMs: () => (isTold && changes.isFollowing ? Math.max(pollMs, TOLD_POLL_MS) : pollMs),
      onEmpty: () => {
        this.#groups.delete(key);
        for (const name of names) this.#forget(name, group);
      },
      log,
    });
    this.#groups.set(key, group);
    for (const name of names) this.#byTable.set(name, (this.#byTable.get(name) ?? new Set()).add(group));
    return group;
  }

  #inTurn<T>(isSlow: boolean, use: () => Promise<T>, isWanted: () => boolean): Promise<T | undefined> {
    const take = (): Promise<T | undefined> => this.#turns.take(use, isWanted);
    return isSlow ? this.#slowTurns.take(take, isWanted) : take();
  }

  #forget(name: string, group: LiveGroup): void {
    const groups = this.#byTable.get(name);
    groups?.delete(group);
    if (groups?.size === 0) this.#byTable.delete(name);
  }

  #changed(tables: readonly ChangedTable[] | undefined): void {
    const names = tables ? new Set(tables.map(nameOf)) : this.#byTable.keys();
    const touched = new Set([...names].flatMap((name) => [...(this.#byTable.get(name) ?? [])]));
    for (const group of touched) group.changed();
  }
}

function nameOf({ schema, relation }: ChangedTable): string {
  return JSON.stringify([schema, relation]);
}
