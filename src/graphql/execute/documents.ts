import type { Compiled, Plan, PreparedOperation, Question, Served } from '../compile';
import { answer, compile, prepare, variableValues } from '../compile';
import type { GraphQLRequest } from '../engine';

/** How many documents are kept compiled, how long a kept one may be in characters, and how many plans one may have. */
const MAX_DOCUMENTS = 1000;
const MAX_DOCUMENT_LENGTH = 100_000;
const MAX_PLANS = 200;
/** A plan that rests on more answers than this is not kept: to find it again would take long. */
const MAX_QUESTIONS = 1000;

/** The plans of a document: a plan, or a question about the variables and what follows from each answer. */
type Choice = { readonly plan: Plan } | { readonly question: Question; readonly answers: Map<string, Choice> };

interface KnownDocument {
  readonly prepared: PreparedOperation;
  choice: Choice | undefined;
  plans: number;
}

/** What a request runs. */
export interface BoundPlan {
  readonly plan: Plan;
  readonly variables: ReadonlyMap<string, unknown>;
}

/** Documents parsed, validated and compiled once, the least recently used dropped first. */
export class Documents {
  readonly #known = new Map<string, KnownDocument>();

  constructor(private readonly served: Served) {}

  /** @throws RequestError for a document or variables that are not valid. */
  planOf({ query, operationName, variables }: GraphQLRequest): BoundPlan {
    const document = this.#document(query, operationName ?? null);
    const { prepared } = document;
    const values = variableValues(prepared.declared, prepared.used, variables ?? {});
    const found = lookup(document.choice, values);
    if (found) return { plan: found, variables: values };
    const compiled = compile(this.served, prepared, values);
    if (compiled.asked.length > MAX_QUESTIONS) return { plan: compiled.plan, variables: values };
    if (document.plans >= MAX_PLANS) {
      document.choice = undefined;
      document.plans = 0;
    }
    document.choice = insert(document.choice, compiled);
    document.plans += 1;
    return { plan: compiled.plan, variables: values };
  }

  #document(query: string, operationName: string | null): KnownDocument {
    const key = operationName === null ? query : `${operationName}\n${query}`;
    const known = this.#known.get(key);
    if (known) {
      this.#known.delete(key);
      this.#known.set(key, known);
      return known;
    }
    const made: KnownDocument = { prepared: prepare(query, operationName), choice: undefined, plans: 0 };
    if (query.length > MAX_DOCUMENT_LENGTH) return made;
    this.#known.set(key, made);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_DOCUMENTS && oldest !== undefined) this.#known.delete(oldest);
    return made;
  }
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
