import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLRequest } from '../engine';
import { RequestError } from '../errors';
import type { Logger } from '../../log';
import type { Answer } from './answer';
import { send, sendInPieces } from './answer';
import { authorize } from './authorize';
import type { Role } from './authorize';
import { readBody } from './body';
import type { AllowedOrigins } from './cors';
import { answerCors } from './cors';
import { graphiqlPage } from './graphiql';
import { parseJson } from './json';

/** An answer that is too large to be held: its pieces are handed to `write` one after the other. */
export interface LargeAnswer {
  readonly produce: (write: (text: string) => Promise<void>) => Promise<void>;
}

export interface HandlerOptions {
  /** Runs one request; the HTTP status is that of `/v1alpha1/graphql`. */
  readonly execute: (request: GraphQLRequest, role: Role) => Promise<Answer>;
  /** The same for a client that can take a large answer in pieces. */
  readonly executeLarge: (request: GraphQLRequest, role: Role) => Promise<Answer | LargeAnswer>;
  /** The JSON of `/v1/graphql/explain`. @throws RequestError */
  readonly explain: (request: GraphQLRequest, role: Role) => Promise<string>;
  /** The JSON of `/v1/metadata`. @throws RequestError */
  readonly metadata: (command: unknown) => Promise<string>;
  /** What a failed request is told. */
  readonly failure: (error: unknown) => RequestError;
  readonly adminSecret: string | undefined;
  readonly allowedOrigins: AllowedOrigins;
  readonly maxBodyBytes: number;
  readonly log: Logger;
}

/** How many operations one batch may hold. */
const MAX_BATCH = 100;

/** What `/v1/version` answers: the contract that is kept, not a product of Hasura. */
const VERSION = JSON.stringify({ server_type: 'ce', version: 'v2.48.0' });

type Endpoint = (options: HandlerOptions, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v1/graphql': (...args) => graphql(...args, false),
  '/v1alpha1/graphql': (...args) => graphql(...args, true),
  '/v1/graphql/explain': explain,
  '/v1alpha1/graphql/explain': explain,
  '/v1/metadata': metadata,
  '/v1/version': async (_, request, response) => {
    if (request.method !== 'GET') throw notFound();
    await send(request, response, { body: VERSION, status: 200 });
  },
  '/graphiql': async (_, request, response) => {
    if (request.method !== 'GET') throw notFound();
    await send(request, response, { body: await graphiqlPage(), status: 200, contentType: 'text/html; charset=utf-8' });
  },
};

/** The HTTP door (contract 10): false when the path is neither one of its own nor one of Hasura's that it does not have. */
export function createHandler(options: HandlerOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (!isOwnPath(path)) return false;
    if (answerCors(options.allowedOrigins, request, response)) return true;
    const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
    const served = endpoint?.(options, request, response) ?? Promise.reject(notFound());
    served
      .catch((error: unknown) => refuse(options, request, response, error))
      .catch((error: unknown) => {
        options.log.error({ err: error }, 'a GraphQL request could not be answered');
        response.destroy();
      });
    return true;
  };
}

/** Whether a path belongs to the GraphQL API. */
export function isOwnPath(path: string): boolean {
  return path === '/graphiql' || /^\/v[12](alpha1|beta1)?\//.test(path);
}

/** Errors outside of GraphQL have a true status and Hasura's older form. */
async function refuse(
  options: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Promise<void> {
  const { path, message, code, status } = options.failure(error);
  // What was not read of the body is thrown away, so that the client gets to reading the answer.
  request.resume();
  if (status === 413) response.setHeader('Connection', 'close');
  await send(request, response, { body: JSON.stringify({ path, error: message, code }), status });
}

async function graphql(
  options: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  realStatus: boolean,
): Promise<void> {
  if (request.method !== 'POST' && request.method !== 'GET') throw notFound();
  try {
    if (request.method === 'GET') throw queryByGet();
    const role = authorize(request.headers, options.adminSecret);
    const answer = await answerBody(options, role, await readBody(request, options.maxBodyBytes));
    if ('produce' in answer) await sendInPieces(request, response, answer.produce);
    else await send(request, response, realStatus ? answer : { body: answer.body, status: 200 });
  } catch (error) {
    const failure = options.failure(error);
    request.resume();
    if (failure.status === 413) response.setHeader('Connection', 'close');
    const status = realStatus || failure.status === 413 ? failure.status : 200;
    await send(request, response, { body: failure.toBody(), status });
  }
}

async function explain(options: HandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await commandBody(options, request);
  if (!isObject(body)) throw invalid('$', 'expected an object with the key "query"');
  const role = isObject(body.user) ? body.user['x-hasura-role'] : undefined;
  const asked = requestOf(body.query, '$.query');
  await send(request, response, {
    body: await options.explain(asked, role === undefined || role === 'admin' ? 'admin' : 'other'),
    status: 200,
  });
}

async function metadata(options: HandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await send(request, response, { body: await options.metadata(await commandBody(options, request)), status: 200 });
}

/** The body of a POST by the administrator. */
async function commandBody(options: HandlerOptions, request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') throw notFound();
  if (authorize(request.headers, options.adminSecret) !== 'admin') {
    throw new RequestError('access-denied', '$', 'restricted access : admin only', { status: 400 });
  }
  return parseJson(await readBody(request, options.maxBodyBytes));
}

async function answerBody(options: HandlerOptions, role: Role, text: string): Promise<Answer | LargeAnswer> {
  const body = parseJson(text);
  if (!Array.isArray(body)) return options.executeLarge(requestOf(body), role);
  if (body.length > MAX_BATCH)
    throw new RequestError('bad-request', '$', `a batch may hold ${MAX_BATCH} operations, this one has ${body.length}`);
  const answers: string[] = [];
  for (const member of body) answers.push((await answerOne(options, role, member)).body);
  return { body: `[${answers.join(',')}]`, status: 200 };
}

async function answerOne(options: HandlerOptions, role: Role, member: unknown): Promise<Answer> {
  try {
    return await options.execute(requestOf(member), role);
  } catch (error) {
    const failure = options.failure(error);
    return { body: failure.toBody(), status: failure.status };
  }
}

function requestOf(member: unknown, path = '$'): GraphQLRequest {
  if (typeof member !== 'object' || member === null) throw invalid(path, 'expected an object with the key "query"');
  const { query, operationName, variables, extensions } = member as Record<string, unknown>;
  if (isObject(extensions) && isObject(extensions.persistedQuery)) {
    throw new RequestError('not-supported', '$', 'PersistedQueryNotSupported');
  }
  if (query === undefined) throw invalid(path, 'key "query" not found');
  if (typeof query !== 'string') throw invalid(`${path}.query`, 'expected a string');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw invalid(`${path}.operationName`, 'expected a string');
  if (variables !== undefined && variables !== null && !isObject(variables))
    throw invalid(`${path}.variables`, 'expected an object');
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
