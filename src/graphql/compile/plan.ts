import type { RequestErrorCode } from '../errors';
import type { WriteKind } from '../engine';
import type { Table } from '../model';
import type { LiveRoot, LiveStatement } from './live';
import { liveStatement } from './live';
import type { NamedStatement } from './named-statement';
import { named } from './named-statement';
import type { Cell, Slot, Sql } from './sql';
import { render } from './sql';

/** One statement of a plan. Its result is one row of text columns at most; none reads as a row of nulls. */
export interface Step extends NamedStatement {
  readonly slots: readonly Slot[];
  /** Where an error of this statement is said to be, unless it comes from one of the `places`. */
  readonly path: string;
  readonly places: readonly Place[];
  readonly checks: readonly Check[];
  /** The same list of rows for one who can take it in chunks. */
  readonly list?: ListStatements;
}

/** The statements of a list that may be large; their parameters are those of the step. */
export interface ListStatements {
  /** The whole list as JSON, or NULL when it is large. */
  readonly whole: NamedStatement;
  /** One JSON text a row. */
  readonly rows: NamedStatement;
  /** Whether there are more rows than may be asked for; undefined without a limit. */
  readonly excess: NamedStatement | undefined;
}

/** A part of a statement that writes one table with a range of the parameters. */
export interface Place {
  readonly table: Table;
  readonly firstSlot: number;
  readonly endSlot: number;
  readonly path: string;
}

/** A count in the result that must not be zero. */
export interface Check {
  readonly column: number;
  readonly code: RequestErrorCode;
  readonly path: string;
  readonly message: string;
}

/** A piece of the answer: text, a value that a statement gave (null when it is NULL), or the sum of counts. */
export type Output = string | Cell | { readonly sum: readonly Cell[] };

/** What an operation runs and how its answer is put together. */
export interface Plan {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly steps: readonly Step[];
  /** The steps with every list in the form that is NULL when it is large; undefined without a list. */
  readonly unlessLarge: readonly Step[] | undefined;
  /** The index of the first step of each round: the steps of a round are sent together. */
  readonly rounds: readonly number[];
  readonly output: readonly Output[];
  /** The root fields in order, each with its step when it is one of a table. */
  readonly roots: readonly { readonly key: string; readonly step: number | undefined }[];
  /** What the root fields of a mutation do. */
  readonly writes: readonly WriteKind[];
  /** Of a subscription: all its steps for many subscribers at once. */
  readonly live: LiveStatement | undefined;
}

/** The forms of a list's statement for a large one, see ListStatements. */
interface ListForms {
  readonly whole: Sql;
  readonly rows: Sql;
  readonly excess: Sql | undefined;
}

/** Gathers the steps and the answer of an operation's root fields in order. */
export class PlanBuilder {
  /** The steps of a query: they read one snapshot, so that equal ones are one. */
  readonly #known = new Map<string, number>();
  readonly #steps: Step[] = [];
  readonly #output: Output[] = [];
  readonly #roots: Plan['roots'][number][] = [];
  readonly #writes: WriteKind[] = [];
  readonly #live: LiveRoot[] = [];

  constructor(private readonly kind: Plan['kind']) {}

  get nextStep(): number {
    return this.#steps.length;
  }

  /** Adds a statement and gives its index. */
  add(step: Omit<Step, 'name' | 'places' | 'checks'> & Partial<Pick<Step, 'places' | 'checks'>>): number {
    return this.#steps.push({ places: [], checks: [], ...step, ...named(step.sql) }) - 1;
  }

  /** Adds a statement that gives a list, with the forms of it that are for large ones. */
  addList(statement: Sql, list: ListForms, checks: readonly Check[] = []): number {
    const form = (other: Sql): NamedStatement => named(render(other, []));
    const excess = list.excess && form(list.excess);
    const forms = { whole: form(list.whole), rows: form(list.rows), excess };
    return this.#addRoot({ statement, width: 1 + checks.length }, '$', { list: forms, checks });
  }

  /** Adds a statement that a subscription streams from. */
  addStream(root: LiveRoot): number {
    return this.#addRoot(root, '$');
  }

  /** Adds a root field with its answer. */
  root(key: string, output: readonly Output[], write?: WriteKind): void {
    if (write) this.#writes.push(write);
    const cells = output.flatMap((piece) => (typeof piece === 'string' ? [] : 'sum' in piece ? piece.sum : [piece]));
    this.#roots.push({ key, step: cells[0]?.step });
    this.write(`${this.#roots.length === 1 ? '' : ','}${JSON.stringify(key)}:`, ...output);
  }

  addSql(statement: Sql, path: string): number {
    return this.#addRoot({ statement, width: 1 }, path);
  }

  #addRoot(root: LiveRoot, path: string, rest: Partial<Pick<Step, 'list' | 'checks'>> = {}): number {
    const slots: Slot[] = [];
    const sql = render(root.statement, slots);
    const identity = this.kind === 'query' ? sql + JSON.stringify(slots) : undefined;
    const known = identity === undefined ? undefined : this.#known.get(identity);
    if (known !== undefined) return known;
    this.#live.push(root);
    const step = this.add({ sql, slots, path, ...rest });
    if (identity !== undefined) this.#known.set(identity, step);
    return step;
  }

  write(...pieces: Output[]): void {
    this.#output.push(...pieces);
  }

  build(): Plan {
    const kind = this.kind;
    const steps = this.#steps;
    const unlessLarge = steps.some(({ list }) => list) ? steps.map(unlessLargeForm) : undefined;
    return {
      kind,
      steps,
      unlessLarge,
      rounds: kind === 'mutation' ? roundsOf(steps) : steps.length > 0 ? [0] : [],
      output: mergeText(this.#output),
      roots: this.#roots,
      writes: this.#writes,
      live: kind === 'subscription' ? liveStatement(this.#live) : undefined,
    };
  }
}

/** It has no column to check: a list with too many rows is NULL as one that is large. */
function unlessLargeForm(step: Step): Step {
  return step.list ? { ...step, ...step.list.whole, checks: [] } : step;
}

/** A step starts a new round when it needs a result of the current one, or one whose rows must be checked first. */
function roundsOf(steps: readonly Step[]): number[] {
  const rounds: number[] = steps.length > 0 ? [0] : [];
  let start = 0;
  let isChecked = false;
  steps.forEach((step, index) => {
    const needed = step.slots.flatMap((slot) =>
      slot.kind === 'cell' ? [slot.cell.step] : slot.kind === 'rows' ? slot.cells.map((cell) => cell.step) : [],
    );
    if (isChecked || needed.some((earlier) => earlier >= start)) {
      start = index;
      isChecked = false;
      if (index > 0) rounds.push(index);
    }
    isChecked ||= step.checks.length > 0;
  });
  return rounds;
}

function mergeText(pieces: readonly Output[]): Output[] {
  const merged: Output[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  return merged;
}
