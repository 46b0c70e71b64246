import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLOutcome, GraphQLRequest } from '../engine';
import { RequestError } from '../errors';
import type { Logger } from '../../log';
import { authorize } from './authorize';
import type { Role } from './authorize';
import { readBody } from './body';
import { parseJson } from './json';

export interface HandlerOptions {
  /** Runs one request; the HTTP status is that of `/v1alpha1/graphql`. */
  readonly execute: (request: GraphQLRequest, role: Role) => Promise<GraphQLOutcome & { readonly status: number }>;
  readonly adminSecret: string | undefined;
  readonly maxBodyBytes: number;
  readonly log: Logger;
}

/** How many operations one batch may hold. */
const MAX_BATCH = 100;

/** What `/v1/version` answers: the contract that is kept, not a product of Hasura. */
const VERSION = JSON.stringify({ server_type: 'ce', version: 'v2.48.0' });

interface Answer {
  readonly body: string;
  /** The true status; `/v1/graphql` says 200 for what GraphQL answers. */
  readonly status: number;
}

/** The HTTP door (contract 10): false when the path is not one of its own. */
export function createHandler(options: HandlerOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const [path] = (request.url ?? '').split('?', 1);
    if (path === '/v1/version') {
      send(request, response, request.method === 'GET' ? { body: VERSION, status: 200 } : legacyError(notFound()));
      return true;
    }
    if (path !== '/v1/graphql' && path !== '/v1alpha1/graphql') return false;
    serve(options, request, response, path === '/v1alpha1/graphql').catch((error: unknown) => {
      options.log.error({ err: error }, 'a GraphQL request could not be answered');
      response.destroy();
    });
    return true;
  };
}

async function serve(
  options: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  realStatus: boolean,
): Promise<void> {
  try {
    if (request.method !== 'POST') {
      const answer = request.method === 'GET' ? errorAnswer(queryByGet()) : legacyError(notFound());
      send(request, response, { ...answer, status: request.method === 'GET' && !realStatus ? 200 : answer.status });
      return;
    }
    const role = authorize(request.headers, options.adminSecret);
    const answer = await answerBody(options, role, await readBody(request, options.maxBodyBytes));
    send(request, response, { body: answer.body, status: realStatus ? answer.status : 200 });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    // What was not read of the body is thrown away, so that the client gets to reading the answer.
    request.resume();
    if (error.status === 413) response.setHeader('Connection', 'close');
    send(request, response, { ...errorAnswer(error), status: realStatus || error.status === 413 ? error.status : 200 });
  }
}

async function answerBody(options: HandlerOptions, role: Role, text: string): Promise<Answer> {
  const body = parseJson(text);
  if (!Array.isArray(body)) return answerOne(options, role, body);
  if (body.length > MAX_BATCH)
    throw new RequestError('bad-request', '$', `a batch may hold ${MAX_BATCH} operations, this one has ${body.length}`);
  const answers: string[] = [];
  for (const member of body) answers.push((await answerOne(options, role, member)).body);
  return { body: `[${answers.join(',')}]`, status: 200 };
}

async function answerOne(options: HandlerOptions, role: Role, member: unknown): Promise<Answer> {
  try {
    const { body, status } = await options.execute(requestOf(member), role);
    return { body, status };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return errorAnswer(error);
  }
}

function requestOf(member: unknown): GraphQLRequest {
  if (typeof member !== 'object' || member === null) throw invalid('$', 'expected an object with the key "query"');
  const { query, operationName, variables, extensions } = member as Record<string, unknown>;
  if (isObject(extensions) && isObject(extensions.persistedQuery)) {
    throw new RequestError('not-supported', '$', 'PersistedQueryNotSupported');
  }
  if (query === undefined) throw invalid('$', 'key "query" not found');
  if (typeof query !== 'string') throw invalid('$.query', 'expected a string');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw invalid('$.operationName', 'expected a string');
  if (variables !== undefined && variables !== null && !isObject(variables)) throw invalid('$.variables', 'expected an object');
  return { query, operationName: operationName ?? null, variables: variables ?? null };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(path: string, message: string): RequestError {
  return new RequestError('invalid-json', path, message);
}

function queryByGet(): RequestError {
  return new RequestError('not-supported', '$', 'GET is for persisted queries, which are not supported: send the query by POST');
}

function notFound(): RequestError {
  return new RequestError('not-found', '$', 'resource does not exist', { status: 404 });
}

function errorAnswer(error: RequestError): Answer {
  return { body: error.toBody(), status: error.status };
}

/** The form of errors outside GraphQL. */
function legacyError(error: RequestError): Answer {
  return { body: JSON.stringify({ path: error.path, error: error.message, code: error.code }), status: error.status };
}

function send(request: IncomingMessage, response: ServerResponse, { body, status }: Answer): void {
  const requestId = request.headers['x-request-id'];
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'x-request-id': typeof requestId === 'string' && /^[\x21-\x7e]{1,200}$/.test(requestId) ? requestId : randomUUID(),
  });
  response.end(body);
}
