import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest } from './engine';
import { RequestError } from './errors';
import { isOwnPath } from './http';

/** An engine that answers as one without a database until the real one is there. */
export interface DeferredGraphQL extends GraphQLEngine {
  settle(engine: GraphQLEngine): void;
}

const NO_DATABASE = new RequestError('postgres-error', '$', 'connection error', { status: 500, unavailable: true });

export function deferGraphQL(): DeferredGraphQL {
  let current: GraphQLEngine | undefined;
  return {
    settle: (engine) => {
      current = engine;
    },
    execute: (request: GraphQLRequest): Promise<GraphQLOutcome> =>
      current?.execute(request) ?? Promise.resolve({ body: NO_DATABASE.toBody(), error: NO_DATABASE.toFailure() }),
    handle: (request: IncomingMessage, response: ServerResponse): boolean =>
      current?.handle(request, response) ?? refuse(request, response),
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): boolean =>
      current?.handleUpgrade(request, socket, head) ?? false,
    stop: () => current?.stop(),
    printSchema: () => current?.printSchema() ?? '',
  };
}

/** Without a database there is nobody to tell a right secret from a wrong one, so nothing else is said. */
function refuse(request: IncomingMessage, response: ServerResponse): boolean {
  if (!isOwnPath((request.url ?? '').split('?', 1)[0] ?? '')) return false;
  request.resume();
  response.writeHead(request.url?.startsWith('/v1/graphql') ? 200 : 500, { 'content-type': 'application/json; charset=utf-8' });
  response.end(NO_DATABASE.toBody());
  return true;
}
