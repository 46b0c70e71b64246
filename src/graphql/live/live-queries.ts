import type pg from 'pg';
import type { Logger } from '../../log';
import type { Plan } from '../compile';
import { values } from '../execute';
import type { ChangeSource, ChangedTable } from './changes';
import { LiveGroup } from './group';
import { runMany } from './run-many';
import type { Sink, Subscription } from './subscriber';
import { Turns } from './turns';

export interface LiveOptions {
  readonly pool: pg.Pool;
  /** Without one, and for tables that it does not cover, queries are run every so many milliseconds. */
  readonly changes: ChangeSource | undefined;
  readonly pollMs: number;
  readonly log: Logger;
}

/** How many runs of live queries may be under way at once: the other connections are for requests. */
const MAX_RUNS = 4;

/** The subscriptions of all clients: those with one statement are run together (contract 11.1). */
export class LiveQueries {
  readonly #groups = new Map<string, LiveGroup>();
  /** By table, the groups that are told of its changes. */
  readonly #byTable = new Map<string, Set<LiveGroup>>();
  readonly #turns = new Turns(MAX_RUNS);
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
    const key = JSON.stringify([live.name, plan.output]);
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

  #open(key: string, plan: Plan & { readonly live: NonNullable<Plan['live']> }): LiveGroup {
    const { pool, changes, pollMs, log } = this.options;
    const { tables } = plan.live;
    const isTold = changes !== undefined && tables.every((table) => changes.covers(table));
    const names = isTold ? tables.map(nameOf) : [];
    const group = new LiveGroup({
      plan,
      run: (all) => this.#turns.take(() => runMany(pool, plan, all)),
      pollMs: isTold ? undefined : pollMs,
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
