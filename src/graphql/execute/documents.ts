import type { Compiled, Plan, PreparedOperation, Question, Served } from '../compile';
import { answer, compile, LIMITS, prepare, variableValues } from '../compile';
import type { GraphQLRequest } from '../engine';

/** How many bytes the kept documents and their plans may take, by estimate; and one plan: a longer one seldom comes again. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_PLAN_BYTES = 512 * 1024;
/** How many plans one document may have. */
const MAX_PLANS = 200;
/** A plan that rests on more answers than this is not kept: to find it again would take long. */
const MAX_QUESTIONS = 1000;
/** Measured: what a character of a parsed document takes, and a parameter of a plan. */
const BYTES_A_CHARACTER = 100;
const BYTES_A_SLOT = 1000;

/** The plans of a document: a plan, or a question about the variables and what follows from each answer. */
type Choice = { readonly plan: Plan } | { readonly question: Question; readonly answers: Map<string, Choice> };

interface KnownDocument {
  readonly prepared: PreparedOperation;
  /** What it takes without plans, and with them. */
  readonly ownBytes: number;
  readonly bytes: number;
  readonly choice: Choice | undefined;
  readonly plans: number;
}

/** What a request runs. */
export interface BoundPlan {
  readonly plan: Plan;
  readonly variables: ReadonlyMap<string, unknown>;
}

/** Documents parsed, validated and compiled once, the least recently used dropped first. */
export class Documents {
  readonly #known = new Map<string, KnownDocument>();
  #bytes = 0;

  constructor(private readonly served: Served) {}

  /** @throws RequestError for a document or variables that are not valid. */
  planOf({ query, operationName, variables }: GraphQLRequest): BoundPlan {
    const key = operationName === null || operationName === undefined ? query : `${operationName}\n${query}`;
    const document =
      this.#known.get(key) ?? unplanned(this.#prepare(query, operationName ?? null), query.length * BYTES_A_CHARACTER);
    const { prepared } = document;
    const values = variableValues(prepared.declared, prepared.used, variables ?? {});
    const found = lookup(document.choice, values);
    if (found) {
      this.#known.delete(key);
      this.#known.set(key, document);
      return { plan: found, variables: values };
    }
    const compiled = compile(this.served, prepared, values);
    this.#keep(key, document, compiled);
    return { plan: compiled.plan, variables: values };
  }

  #prepare(query: string, operationName: string | null): PreparedOperation {
    return prepare(query, operationName, this.served.limits ?? LIMITS);
  }

  #keep(key: string, document: KnownDocument, compiled: Compiled): void {
    const planBytes = bytesOf(compiled);
    if (document.ownBytes + planBytes > MAX_PLAN_BYTES || compiled.asked.length > MAX_QUESTIONS) return;
    const base = document.plans < MAX_PLANS ? document : unplanned(document.prepared, document.ownBytes);
    const { bytes, plans } = base;
    const kept = { ...base, choice: insert(base.choice, compiled), plans: plans + 1, bytes: bytes + planBytes };
    this.#drop(key);
    this.#known.set(key, kept);
    this.#bytes += kept.bytes;
    for (const oldest of this.#known.keys()) {
      if (this.#bytes <= MAX_BYTES) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#known.get(key)?.bytes ?? 0;
    this.#known.delete(key);
  }
}

function unplanned(prepared: PreparedOperation, ownBytes: number): KnownDocument {
  return { prepared, ownBytes, bytes: ownBytes, choice: undefined, plans: 0 };
}

function bytesOf({ plan, asked }: Compiled): number {
  const { steps, output, live } = plan;
  let bytes = 0;
  for (const { sql, slots, list } of steps) {
    bytes += sql.length + slots.length * BYTES_A_SLOT;
    if (list) bytes += list.whole.sql.length + list.rows.sql.length + (list.excess?.sql.length ?? 0);
  }
  for (const piece of output) bytes += typeof piece === 'string' ? piece.length : 0;
  for (const { answer: given } of asked) bytes += BYTES_A_CHARACTER + given.length;
  return bytes + (live ? live.sql.length + live.slots.length * BYTES_A_SLOT : 0);
}

function lookup(choice: Choice | undefined, values: ReadonlyMap<string, unknown>): Plan | undefined {
  let current = choice;
  while (current && 'question' in current) current = current.answers.get(answer(current.question, values));
  return current?.plan;
}

/** Adds a plan: equal answers to the same questions in the same order lead to it, because compiling is deterministic. */
function insert(known: Choice | undefined, { plan, asked }: Compiled): Choice {
  const root: { next: Choice | undefined } = { next: known };
  let set = (choice: Choice): void => {
    root.next = choice;
  };
  let current = known;
  for (const { question, answer: given } of asked) {
    const node = current && 'question' in current ? current : { question, answers: new Map<string, Choice>() };
    if (node !== current) set(node);
    set = (choice) => void node.answers.set(given, choice);
    current = node.answers.get(given);
  }
  set({ plan });
  return root.next ?? { plan };
}
