import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest } from './engine';
import { RequestError } from './errors';
import type { AllowedOrigins } from './http';
import { answerCors, isOwnPath } from './http';

/** An engine that answers as one without a database until the real one is there. */
export interface DeferredGraphQL extends GraphQLEngine {
  settle(engine: GraphQLEngine): void;
}

const NO_DATABASE = new RequestError('postgres-error', '$', 'connection error', { status: 500, unavailable: true });

export function deferGraphQL(allowedOrigins?: AllowedOrigins): DeferredGraphQL {
  let current: GraphQLEngine | undefined;
  return {
    settle: (engine) => {
      current = engine;
    },
    execute: (request: GraphQLRequest): Promise<GraphQLOutcome> =>
      current?.execute(request) ?? Promise.resolve({ body: NO_DATABASE.toBody(), error: NO_DATABASE.toFailure() }),
    handle: (request: IncomingMessage, response: ServerResponse): boolean =>
      current?.handle(request, response) ?? refuse(allowedOrigins, request, response),
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): boolean =>
      current?.handleUpgrade(request, socket, head) ?? refuseUpgrade(request, socket),
    stop: () => current?.stop() ?? Promise.resolve(),
    printSchema: () => current?.printSchema() ?? '',
  };
}

/** Without a database there is nobody to tell a right secret from a wrong one, so nothing else is said. */
function refuse(allowedOrigins: AllowedOrigins, request: IncomingMessage, response: ServerResponse): boolean {
  const path = pathOf(request);
  if (!isOwnPath(path)) return false;
  if (answerCors(allowedOrigins, request, response)) return true;
  request.resume();
  response.writeHead(path === '/v1/graphql' ? 200 : 500, { 'content-type': 'application/json; charset=utf-8' });
  response.end(path.endsWith('/graphql') ? NO_DATABASE.toBody() : JSON.stringify(NO_DATABASE.toLegacy()));
  return true;
}

function refuseUpgrade(request: IncomingMessage, socket: Duplex): boolean {
  if (!pathOf(request).endsWith('/graphql')) return false;
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
  return true;
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}
