import { lexicographicSortSchema, printSchema } from 'graphql';
import type pg from 'pg';
import type { Logger } from '../log';
import { introspect } from './catalog';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest } from './engine';
import { RequestError } from './errors';
import { Documents, run } from './execute';
import type { Role } from './http';
import { createHandler } from './http';
import type { Metadata, Model } from './model';
import { buildModel, EMPTY_MODEL } from './model';
import { buildSchema } from './schema';

export { deferGraphQL } from './defer';
export type { DeferredGraphQL } from './defer';
export type { GraphQLEngine, GraphQLFailure, GraphQLOutcome, GraphQLRequest } from './engine';
export type { Metadata } from './model';

export interface GraphQLOptions {
  readonly pool: pg.Pool;
  /** The Postgres schemas whose tables and views are served. */
  readonly schemas: readonly string[];
  readonly metadata?: Metadata;
  /** Undefined lets everybody in. */
  readonly adminSecret?: string | undefined;
  readonly maxBodyBytes: number;
  readonly log: Logger;
}

/** A GraphQL API in Hasura's dialect over the schemas of a database, as its catalog is at this moment. */
export async function createGraphQL({
  pool,
  schemas,
  metadata,
  adminSecret,
  maxBodyBytes,
  log,
}: GraphQLOptions): Promise<GraphQLEngine> {
  const { model, refused } = buildModel(await introspect(pool, schemas), metadata);
  for (const reason of refused) log.warn(reason);
  const served: Record<Role, Served> = { admin: serve(model), other: serve(EMPTY_MODEL) };

  const execute = async (request: GraphQLRequest, role: Role): Promise<GraphQLOutcome & { status: number }> => {
    try {
      const { plan, variables } = served[role].documents.planOf(request);
      return { body: await run(pool, plan, variables), status: 200 };
    } catch (error) {
      const failure = failureOf(error, log);
      return { body: failure.toBody(), error: failure.toFailure(), status: failure.status };
    }
  };

  return {
    execute: (request) => execute(request, 'admin'),
    handle: createHandler({ execute, adminSecret, maxBodyBytes, log }),
    printSchema: () => `${printSchema(served.admin.schema())}\n`,
  };
}

interface Served {
  readonly documents: Documents;
  readonly schema: () => ReturnType<typeof buildSchema>;
}

function serve(model: Model): Served {
  let built: ReturnType<typeof buildSchema> | undefined;
  const schema = () => (built ??= lexicographicSortSchema(buildSchema(model)));
  return { schema, documents: new Documents({ model, schema }) };
}

function failureOf(error: unknown, log: Logger): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof RangeError)
    return new RequestError('validation-failed', '$', 'the request nests values too deeply', { cause: error });
  log.error({ err: error }, 'a GraphQL request failed for a fault of ours');
  return new RequestError('unexpected', '$', 'internal error', { status: 500, cause: error });
}
