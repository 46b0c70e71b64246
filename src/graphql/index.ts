import { printSchema } from 'graphql';
import type pg from 'pg';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../log';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest } from './engine';
import { RequestError } from './errors';
import { Documents, run, runInChunks, runUnlessLarge } from './execute';
import type { BoundPlan } from './execute';
import { explain } from './explain';
import type { AllowedOrigins, LargeAnswer, Role } from './http';
import { createHandler, EventStreams } from './http';
import type { ChangeSource } from './live';
import { LiveQueries } from './live';
import type { Loaded, LoadOptions } from './load';
import { load } from './load';
import { metadataCommand } from './metadata-api';
import type { Model } from './model';
import { EMPTY_MODEL, MetadataError } from './model';
import { createOperate } from './operate';
import { buildSchema } from './schema';
import { createSocketServer } from './socket';

export { deferGraphQL } from './defer';
export type { DeferredGraphQL } from './defer';
export type { GraphQLEngine, GraphQLFailure, GraphQLOutcome, GraphQLRequest } from './engine';
export { allowsOrigin, isOwnPath as isGraphQLPath } from './http';
export type { ChangedTable, ChangeSource } from './live';
export { MetadataError } from './model';
export type { Metadata } from './model';

export interface GraphQLOptions extends LoadOptions {
  /** The Postgres schemas whose tables and views are served. */
  readonly schemas: readonly string[];
  /** Undefined lets everybody in. */
  readonly adminSecret?: string | undefined;
  /** The pages that may call over HTTP; none when undefined. */
  readonly allowedOrigins?: AllowedOrigins;
  readonly maxBodyBytes: number;
  /** The most rows that a root list of an answer over HTTP may have; no limit when undefined. */
  readonly maxRows?: number | undefined;
  /** Comparisons with null are left out instead of being errors (Hasura's V1_BOOLEAN_NULL_COLLAPSE). */
  readonly nullCollapse?: boolean | undefined;
  /** Tells of changes; without it live queries poll. */
  readonly changes?: ChangeSource | undefined;
  /** How often live queries poll that are not told of changes, in milliseconds; a second when undefined. */
  readonly pollMs?: number | undefined;
  readonly log: Logger;
}

const POLL_MS = 1_000;

/**
 * A GraphQL API in Hasura's dialect over the schemas of a database, as its catalog is at this moment, and again whenever
 * `reload_metadata` is posted.
 * @throws MetadataError for metadata that cannot be served
 */
export async function createGraphQL(options: GraphQLOptions): Promise<GraphQLEngine> {
  const { pool, log } = options;
  let served = serve(await load(options), options);
  let reloading: Promise<void> = Promise.resolve();

  async function reloadNow(): Promise<void> {
    try {
      served = serve(await load(options), options);
      // As Hasura does: what clients subscribed to may be called otherwise now.
      sockets.closeAll(1012, 'the metadata was changed');
      events.closeAll();
    } catch (error) {
      if (!(error instanceof MetadataError)) throw error;
      throw new RequestError('invalid-configuration', '$', error.message, { cause: error });
    }
  }
  /** One after the other, so that the last one asked for is what stays. */
  function reload(): Promise<void> {
    const next = reloading.then(reloadNow);
    reloading = next.catch((error: unknown) => log.warn({ err: error }, 'the metadata was not reloaded'));
    return next;
  }

  const attempt = async <T>(use: () => Promise<T>): Promise<T | (GraphQLOutcome & { status: number })> => {
    try {
      return await use();
    } catch (error) {
      const failure = failureOf(error, log);
      return { body: failure.toBody(), error: failure.toFailure(), status: failure.status };
    }
  };
  const planOf = (request: GraphQLRequest, role: Role): BoundPlan => {
    const bound = served[role].documents.planOf(request);
    if (!request.onlyReads || bound.plan.kind !== 'mutation') return bound;
    throw new RequestError('not-supported', '$', 'a mutation is not run by GET: send it by POST');
  };
  const planOfOne = (request: GraphQLRequest, role: Role): BoundPlan => {
    const bound = planOf(request, role);
    if (bound.plan.kind !== 'subscription') return bound;
    throw new RequestError('unexpected-payload', '$', 'subscriptions are not supported over HTTP, use websockets instead');
  };
  const execute = (request: GraphQLRequest, role: Role): Promise<GraphQLOutcome & { status: number }> =>
    attempt(async () => {
      const { plan, variables } = planOfOne(request, role);
      return { body: await run(pool, plan, variables), status: 200 };
    });
  const executeLarge = (request: GraphQLRequest, role: Role): Promise<(GraphQLOutcome & { status: number }) | LargeAnswer> =>
    attempt(async () => {
      const { plan, variables } = planOfOne(request, role);
      const body = await runUnlessLarge(pool, plan, variables);
      if (body !== undefined) return { body, status: 200 };
      return { produce: (write: (text: string) => Promise<void>) => runInChunks(pool, plan, variables, write) };
    });

  const failure = (error: unknown): RequestError => failureOf(error, log);
  const live = new LiveQueries({ pool, changes: options.changes, pollMs: options.pollMs ?? POLL_MS, log });
  const operate = createOperate({ pool, planOf, live, failure });
  const { adminSecret, maxBodyBytes } = options;
  const events = new EventStreams();
  const sockets = createSocketServer({ operate, failure, adminSecret, maxMessageBytes: maxBodyBytes });
  return {
    execute: (request) => execute(request, 'admin'),
    handle: createHandler({
      execute,
      executeLarge,
      explain: (request, role) => explain(pool, served[role].documents, request),
      metadata: (command) => metadataCommand({ current: () => served.loaded, reload }, command),
      operate,
      isSubscription: (request, role) => planOf(request, role).plan.kind === 'subscription',
      events,
      health: async () => ({ isDatabaseThere: await answers(pool), isInconsistent: served.loaded.refused.length > 0 }),
      failure,
      adminSecret,
      allowedOrigins: options.allowedOrigins,
      maxBodyBytes,
      log,
    }),
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
    stop: () => {
      live.stop();
      sockets.closeAll(1001, 'the server stops');
      events.closeAll();
    },
    printSchema: () => `${printSchema(served.admin.schema())}\n`,
  };
}

/** Whether the database answers at all. */
function answers(pool: pg.Pool): Promise<boolean> {
  return pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
}

interface Served {
  readonly documents: Documents;
  readonly schema: () => GraphQLSchema;
}

function serve(
  loaded: Loaded,
  { log, maxRows, nullCollapse }: GraphQLOptions,
): Record<Role, Served> & { readonly loaded: Loaded } {
  for (const reason of loaded.refused) log.warn(reason);
  const side = (model: Model): Served => {
    let built: GraphQLSchema | undefined;
    const schema = (): GraphQLSchema => (built ??= buildSchema(model));
    return { schema, documents: new Documents({ model, schema, maxRows, nullCollapse }) };
  };
  return { loaded, admin: side(loaded.model), other: side(EMPTY_MODEL) };
}

function failureOf(error: unknown, log: Logger): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof RangeError)
    return new RequestError('validation-failed', '$', 'the request nests values too deeply', { cause: error });
  log.error({ err: error }, 'a GraphQL request failed for a fault of ours');
  return new RequestError('unexpected', '$', 'internal error', { status: 500, cause: error });
}
