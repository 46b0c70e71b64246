import { performance } from 'node:perf_hooks';
import type { Span } from '../origin';
import { originText } from '../origin';
import type { Plan } from './compile';
import type { GraphQLRequest, OperationObserver, OperationResult, Receipt } from './engine';
import { RequestError } from './errors';
import type { Beside } from './execute';

/** The longest text of a statement that is put into a trace. */
const MOST_SQL = 4_000;

/** One operation, from the request to its end: tells the observer, and is a span of the request's trace. */
export class Observed {
  readonly #started = performance.now();
  readonly #span: Span | undefined;
  #plan: Plan | undefined;

  constructor(
    request: GraphQLRequest,
    private readonly observer: OperationObserver | undefined,
  ) {
    this.#span = request.origin?.span?.child('GraphQL', { 'graphql.operation.name': request.operationName ?? undefined });
  }

  planned(plan: Plan): void {
    this.#plan = plan;
    this.#span?.set({ 'graphql.operation.type': plan.kind });
  }

  /** What is run beside a mutation: its origin, with this operation as the parent of what comes of it, and its receipt. */
  beside({ origin }: GraphQLRequest, receipt: Receipt | undefined): Beside {
    if (!receipt) return {};
    const { opening, sql } = receipt;
    if (!origin || opening === undefined) return { receipt: sql };
    return { receipt: sql, opening: { sql: opening, value: originText({ ...origin, span: this.#span }) } };
  }

  /** Runs a plan's statements, as a span of their own when there is a trace. */
  running<T>(plan: Plan, run: () => Promise<T>): Promise<T> {
    return this.#span ? traced(this.#span, plan, run) : run();
  }

  /** It was not run: the client had gone. */
  skipped(): void {
    this.#span?.end();
  }

  succeeded(): void {
    this.#end('ok');
    this.#span?.end();
  }

  failed(error: RequestError): void {
    this.#end(error.status >= 500 ? 'failed' : 'refused');
    this.#span?.end(error.code);
  }

  #end(result: OperationResult): void {
    const { kind = 'invalid', writes = [] } = this.#plan ?? {};
    this.observer?.ran(kind, writes, result, (performance.now() - this.#started) / 1000);
  }
}

async function traced<T>(parent: Span, { steps }: Plan, run: () => Promise<T>): Promise<T> {
  const sql = steps.map((step) => step.sql).join(';\n');
  const span = parent.child('Postgres', { 'db.system.name': 'postgresql', 'db.query.text': sql.slice(0, MOST_SQL) }, 'client');
  try {
    const result = await run();
    span.end();
    return result;
  } catch (error) {
    // Not the message: it may repeat a value.
    span.end(error instanceof RequestError ? error.code : 'unexpected');
    throw error;
  }
}
