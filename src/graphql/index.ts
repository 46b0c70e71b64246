import { printSchema } from 'graphql';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest, OperationObserver, Receipt } from './engine';
import { RequestError } from './errors';
import type { Plan } from './compile';
import type { BoundPlan, Ran, TimeLimit } from './execute';
import { parametersOf, run, runInChunks, runUnlessLarge } from './execute';
import { explain } from './explain';
import { failureOf } from './failure';
import { createHealthCheck } from './health-check';
import type { AllowedOrigins, LargeAnswer, Role } from './http';
import { createHandler, EventStreams } from './http';
import type { ChangeSource } from './live';
import { LiveQueries } from './live';
import { metadataCommand } from './metadata-api';
import { Observed } from './observed';
import { createOperate } from './operate';
import type { ServedOptions } from './served';
import { createServed } from './served';
import { createSocketServer } from './socket';
import { Turns } from './turns';

export { deferGraphQL } from './defer';
export type { DeferredGraphQL } from './defer';
export type {
  GraphQLEngine,
  GraphQLFailure,
  GraphQLOutcome,
  GraphQLRequest,
  OperationObserver,
  OperationResult,
  Receipt,
  ReceiptReport,
  ReceiptRow,
  WriteKind,
} from './engine';
export { allowsOrigin, isOwnPath as isGraphQLPath } from './http';
export type { ChangedTable, ChangeSource } from './live';
export { MetadataError } from './model';
export type { Metadata } from './model';
export type { Readers } from './readers';

export interface GraphQLOptions extends ServedOptions {
  /** The Postgres schemas whose tables and views are served. */
  readonly schemas: readonly string[];
  /** Undefined lets everybody in. */
  readonly adminSecret?: string | undefined;
  /** The pages of other origins that may call; none when undefined. */
  readonly allowedOrigins?: AllowedOrigins;
  readonly maxBodyBytes: number;
  /** Tells of changes; without it live queries poll. */
  readonly changes?: ChangeSource | undefined;
  /** How often live queries and streams poll that are not told of changes, in milliseconds; a second when undefined. */
  readonly pollMs?: number | undefined;
  readonly streamPollMs?: number | undefined;
  readonly receipt?: Receipt | undefined;
  /** How many operations one request may hold; 100 when undefined. */
  readonly maxBatch?: number | undefined;
  /** How long a mutation may take, and what this process asks itself, in milliseconds. */
  readonly timeMs?: number | undefined;
  /** How long a client's query may take until its answer begins, in milliseconds. */
  readonly queryTimeMs?: number | undefined;
  /** Told of each operation. */
  readonly observer?: OperationObserver | undefined;
}

const POLL_MS = 1_000;
const MAX_BATCH = 100;
/** How many large answers are read at once: each holds a connection for as long as its client takes. */
const MAX_LARGE = 4;

/**
 * A GraphQL API in Hasura's dialect over the schemas of a database, as its catalog is at this moment, and again whenever
 * `reload_metadata` is posted.
 * @throws MetadataError for metadata that cannot be served
 */
export async function createGraphQL(options: GraphQLOptions): Promise<GraphQLEngine> {
  const {
    pool,
    log,
    adminSecret,
    maxBodyBytes,
    allowedOrigins,
    changes,
    pollMs = POLL_MS,
    streamPollMs = POLL_MS,
    receipt,
    maxBatch = MAX_BATCH,
    timeMs,
    queryTimeMs,
    observer,
  } = options;
  const failure = (error: unknown, requestId?: string): RequestError => failureOf(error, log, requestId);
  const live = new LiveQueries({ pool, changes, pollMs, streamPollMs, log });
  const events = new EventStreams();
  const health = createHealthCheck(pool);
  const largeTurns = new Turns(MAX_LARGE);
  const limit = limitOf(timeMs, 'GRAPHQL_TIMEOUT_MS');
  const queryLimit = limitOf(queryTimeMs, 'GRAPHQL_QUERY_TIMEOUT_MS');
  const clientLimit = ({ kind }: Plan, since?: number): TimeLimit | undefined => {
    const known = kind === 'query' ? queryLimit : limit;
    return known && { ...known, since };
  };
  const served = await createServed(options, () => {
    // As Hasura does: what clients subscribed to may be called otherwise now.
    sockets.closeAll(1012, 'the metadata was changed');
    events.closeAll();
  });

  const planOf = (request: GraphQLRequest, role: Role): BoundPlan => {
    const bound = served.current.of(role).documents.planOf(request);
    if (!request.onlyReads || bound.plan.kind !== 'mutation') return bound;
    throw new RequestError('not-supported', '$', 'a mutation is not run by GET: send it by POST');
  };
  const planOfOne = (request: GraphQLRequest, role: Role): BoundPlan => {
    const bound = planOf(request, role);
    if (bound.plan.kind !== 'subscription') return bound;
    throw new RequestError('unexpected-payload', '$', 'subscriptions are not supported over HTTP, use websockets instead');
  };
  const attempt = async <T>(
    request: GraphQLRequest,
    role: Role,
    use: (bound: BoundPlan, observed: Observed) => Promise<T>,
  ): Promise<T | (GraphQLOutcome & { status: number })> => {
    const observed = new Observed(request, observer);
    try {
      const bound = planOfOne(request, role);
      observed.planned(bound.plan);
      const result = await use(bound, observed);
      observed.succeeded();
      return result;
    } catch (error) {
      const failed = failure(error, request.origin?.requestId);
      observed.failed(failed);
      return { body: failed.toBody(), error: failed.toFailure(), status: failed.status };
    }
  };
  const execute = (
    request: GraphQLRequest,
    role: Role,
    limitFor: (plan: Plan) => TimeLimit | undefined,
  ): Promise<GraphQLOutcome & { status: number }> =>
    attempt(request, role, async ({ plan, variables }, observed) => {
      const running = { ...observed.beside(request, receipt), limit: limitFor(plan) };
      return outcomeOf(await observed.running(plan, () => run(pool, plan, parametersOf(plan, variables), running)));
    });
  const executeLarge = (request: GraphQLRequest, role: Role): Promise<(GraphQLOutcome & { status: number }) | LargeAnswer> =>
    attempt(request, role, async ({ plan, variables }, observed) => {
      const running = { ...observed.beside(request, receipt), limit: clientLimit(plan) };
      const ran = await observed.running(plan, () => runUnlessLarge(pool, plan, variables, running));
      if (ran) return outcomeOf(ran);
      return {
        produce: (write: (text: string) => Promise<void>) => largeTurns.take(() => runInChunks(pool, plan, variables, write)),
      };
    });

  const operate = createOperate({ pool, planOf, live, receipt, observer, failure, limitFor: (plan) => clientLimit(plan) });
  const sockets = createSocketServer({ operate, failure, adminSecret, maxMessageBytes: maxBodyBytes });
  return {
    execute: (request) => execute(request, 'admin', () => limit),
    handle: createHandler({
      execute: (request, role, since) => execute(request, role, (plan) => clientLimit(plan, since)),
      executeLarge,
      receipt,
      explain: (request, role) => explain(pool, served.current.of(role).documents, request, queryLimit),
      metadata: (command) => metadataCommand(served, command),
      operate,
      isSubscription: (request, role) => planOf(request, role).plan.kind === 'subscription',
      events,
      health: async () => ({
        isDatabaseThere: await health.isDatabaseThere(),
        isInconsistent: served.current.loaded.refused.length > 0,
      }),
      failure,
      adminSecret,
      allowedOrigins,
      maxBodyBytes,
      maxBatch,
      log,
    }),
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
    stop: async () => {
      live.stop();
      sockets.closeAll(1001, 'the server stops');
      events.closeAll();
      await health.end();
    },
    printSchema: () => `${printSchema(served.current.of('admin').schema())}\n`,
  };
}

function limitOf(ms: number | undefined, setting: string): TimeLimit | undefined {
  return ms === undefined ? undefined : { ms, setting };
}

function outcomeOf({ body, receipt }: Ran): GraphQLOutcome & { status: number } {
  return { body, status: 200, ...(receipt && { receipt }) };
}
