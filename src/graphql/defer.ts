import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pathOf } from '../request-url';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest } from './engine';
import { RequestError } from './errors';
import type { AllowedOrigins } from './http';
import { answerCors, authorize, isOwnPath, VERSION } from './http';

/** An engine that answers as one without a database until the real one is there. */
export interface DeferredGraphQL extends GraphQLEngine {
  settle(engine: GraphQLEngine): void;
}

/** Who may come in, as the engine's own options say. */
interface Doors {
  readonly allowedOrigins?: AllowedOrigins;
  readonly adminSecret?: string | undefined;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const NO_DATABASE = new RequestError('postgres-error', '$', 'connection error', { status: 500, unavailable: true });

export function deferGraphQL(doors: Doors = {}): DeferredGraphQL {
  let current: GraphQLEngine | undefined;
  return {
    settle: (engine) => {
      current = engine;
    },
    execute: (request: GraphQLRequest): Promise<GraphQLOutcome> =>
      current?.execute(request) ?? Promise.resolve({ body: NO_DATABASE.toBody(), error: NO_DATABASE.toFailure() }),
    handle: (request: IncomingMessage, response: ServerResponse): boolean =>
      current?.handle(request, response) ?? refuse(doors, request, response),
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): boolean =>
      current?.handleUpgrade(request, socket, head) ?? refuseUpgrade(request, socket),
    stop: () => current?.stop() ?? Promise.resolve(),
    printSchema: () => current?.printSchema() ?? '',
  };
}

/** Who has no secret learns nothing of the database either. */
function refuse({ allowedOrigins, adminSecret }: Doors, request: IncomingMessage, response: ServerResponse): boolean {
  const path = pathOf(request.url);
  if (!isOwnPath(path)) return false;
  if (answerCors(allowedOrigins, request, response)) return true;
  request.resume();
  if (path === '/v1/version') {
    response.writeHead(200, JSON_HEADERS).end(VERSION);
    return true;
  }
  const error = refusalOf(request, adminSecret);
  response.writeHead(path === '/v1/graphql' ? 200 : error.status, JSON_HEADERS);
  response.end(path.endsWith('/graphql') ? error.toBody() : JSON.stringify(error.toLegacy()));
  return true;
}

function refusalOf({ headers }: IncomingMessage, adminSecret: string | undefined): RequestError {
  try {
    authorize(headers, adminSecret);
    return NO_DATABASE;
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}

function refuseUpgrade(request: IncomingMessage, socket: Duplex): boolean {
  if (!pathOf(request.url).endsWith('/graphql')) return false;
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
  return true;
}
