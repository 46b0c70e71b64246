import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLOutcome, GraphQLRequest, Receipt } from '../engine';
import { AnswerTooLong, MAX_ANSWER, RequestError } from '../errors';
import type { Logger } from '../../log';
import type { Origin } from '../../origin';
import { originOf } from '../../origin';
import { pathOf } from '../../request-url';
import type { Subscription } from '../live';
import type { Operate, OperationSink } from '../operate';
import type { Answer } from './answer';
import { send, sendInPieces } from './answer';
import { authorize } from './authorize';
import type { Role } from './authorize';
import { readBody } from './body';
import type { AllowedOrigins } from './cors';
import { answerCors } from './cors';
import type { EventStreams } from './event-stream';
import { wantsEvents } from './event-stream';
import { graphiqlPage } from './graphiql';
import { parseJson } from './json';
import { invalid, isObject, requestOf } from './request-of';

/** An answer that is too large to be held: its pieces are handed to `write` one after the other. */
export interface LargeAnswer {
  readonly produce: (write: (text: string) => Promise<void>) => Promise<void>;
}

export interface HandlerOptions {
  /** Runs one request of a batch, whose time began at `since`. */
  readonly execute: (request: GraphQLRequest, role: Role, since: number) => Promise<Answer>;
  /** Runs a request by itself, whose answer is given in pieces if it is large; the status is that of `/v1alpha1/graphql`. */
  readonly executeLarge: (
    request: GraphQLRequest,
    role: Role,
  ) => Promise<(Answer & Pick<GraphQLOutcome, 'receipt'>) | LargeAnswer>;
  /** Serves an operation whose results are sent as events. */
  readonly operate: Operate;
  readonly isSubscription: (request: GraphQLRequest, role: Role) => boolean;
  readonly events: EventStreams;
  readonly receipt: Receipt | undefined;
  /** The JSON of `/v1/graphql/explain`. @throws RequestError */
  readonly explain: (request: GraphQLRequest, role: Role) => Promise<string>;
  /** The JSON of `/v1/metadata`. @throws RequestError */
  readonly metadata: (command: unknown) => Promise<string>;
  readonly health: () => Promise<Health>;
  /** What a failed request is told. */
  readonly failure: (error: unknown) => RequestError;
  readonly adminSecret: string | undefined;
  readonly allowedOrigins: AllowedOrigins;
  readonly maxBodyBytes: number;
  /** How many operations one batch may hold. */
  readonly maxBatch: number;
  readonly log: Logger;
}

/** What Hasura's health check looks at. */
export interface Health {
  readonly isDatabaseThere: boolean;
  /** Some table of the database cannot be served as it is. */
  readonly isInconsistent: boolean;
}

/** What `/v1/version` answers: the contract that is kept, not a product of Hasura. */
export const VERSION = JSON.stringify({ server_type: 'ce', version: 'v2.48.0' });

type Endpoint = (options: HandlerOptions, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v1/graphql': (...args) => graphql(...args, false),
  '/v1alpha1/graphql': (...args) => graphql(...args, true),
  '/healthz': healthz,
  '/hasura/healthz': healthz,
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
    const path = pathOf(request.url);
    if (!isOwnPath(path)) return false;
    if (answerCors(options.allowedOrigins, request, response)) return true;
    const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
    const served = endpoint?.(options, request, response) ?? Promise.reject(notFound());
    served
      .catch((error: unknown) => refuse(options, request, response, error))
      .catch((error: unknown) => {
        options.log.error({ err: error, requestId: originOf(request)?.requestId }, 'a GraphQL request could not be answered');
        response.destroy();
      });
    return true;
  };
}

const HEALTH_PATHS: readonly string[] = ['/healthz', '/hasura/healthz'];

/** Whether a path belongs to the GraphQL API. */
export function isOwnPath(path: string): boolean {
  return HEALTH_PATHS.includes(path) || path === '/graphiql' || /^\/v[12](alpha1|beta1)?\//.test(path);
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
  const events = wantsEvents(request);
  if (events === 'everything') {
    options.events.send(response, await operationOf(options, request));
    return;
  }
  try {
    const role = authorize(request.headers, options.adminSecret);
    if (request.method === 'GET') throw queryByGet();
    const body = parseJson(await readBody(request, options.maxBodyBytes));
    const origin = originOf(request);
    const asked = Array.isArray(body) ? undefined : { ...requestOf(body), origin };
    if (asked && events === 'subscriptions' && options.isSubscription(asked, role)) {
      options.events.send(response, (sink) => options.operate(asked, role, sink));
      return;
    }
    const ran = asked ? await options.executeLarge(asked, role) : await answerBatch(options, role, body as unknown[], origin);
    const answer = 'produce' in ran ? ran : await withReceipt(options, request, response, ran);
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

/** What starts the operation of a request, or says to its sink why it cannot be. */
async function operationOf(options: HandlerOptions, request: IncomingMessage): Promise<(sink: OperationSink) => Subscription> {
  try {
    const role = authorize(request.headers, options.adminSecret);
    const body = request.method === 'GET' ? inUrl(request) : parseJson(await readBody(request, options.maxBodyBytes));
    const asked = { ...requestOf(body), onlyReads: request.method === 'GET', origin: originOf(request) };
    return (sink) => options.operate(asked, role, sink);
  } catch (error) {
    return (sink) => {
      sink.refused(options.failure(error));
      return { resume: () => undefined, stop: () => undefined };
    };
  }
}

/** An EventSource of a browser can only GET: its request stands in the URL. */
function inUrl(request: IncomingMessage): object {
  const given = new URL(request.url ?? '', 'http://localhost').searchParams;
  const { variables, ...rest } = Object.fromEntries(given);
  return { ...rest, ...(variables === undefined ? {} : { variables: parseJson(variables) }) };
}

/** Hasura's answers, by which its health is checked; `?strict=true` makes a fault of what is inconsistent. */
async function healthz(options: HandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET') throw notFound();
  const { isDatabaseThere, isInconsistent } = await options.health();
  const isStrict = /[?&]strict=true(&|$)/.test(request.url ?? '');
  const problem = 'inconsistent objects in schema';
  const answer = (status: number, body: string): Promise<void> =>
    send(request, response, { status, body, contentType: 'text/plain; charset=utf-8' });
  if (!isDatabaseThere) await answer(500, 'ERROR');
  else if (!isInconsistent) await answer(200, 'OK');
  else if (isStrict) await answer(500, `ERROR: ${problem}`);
  else await answer(200, `WARN: ${problem}`);
}

async function explain(options: HandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await commandBody(options, request);
  if (!isObject(body)) throw invalid('$', 'expected an object with the key "query"');
  const role = isObject(body.user) ? (body.user['x-hasura-role'] ?? 'admin') : 'admin';
  if (typeof role !== 'string') throw invalid('$.user', 'the key "x-hasura-role" must be a string');
  const asked = requestOf(body.query, '$.query');
  await send(request, response, { body: await options.explain(asked, role), status: 200 });
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

/** Says of a mutation what there is to be said beside its answer. */
async function withReceipt(
  { receipt }: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer & Pick<GraphQLOutcome, 'receipt'>,
): Promise<Answer> {
  if (!receipt || !answer.receipt) return answer;
  const { headers, extensions } = await receipt.report(answer.receipt, request.headers);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!extensions) return answer;
  return { ...answer, body: `${answer.body.slice(0, -1)},"extensions":${JSON.stringify(extensions)}}` };
}

async function answerBatch(
  options: HandlerOptions,
  role: Role,
  body: readonly unknown[],
  origin: Origin | undefined,
): Promise<Answer> {
  const { maxBatch } = options;
  if (body.length > maxBatch)
    throw new RequestError('bad-request', '$', `a batch may hold ${maxBatch} operations, this one has ${body.length}`);
  const since = performance.now();
  const answers: string[] = [];
  let length = 0;
  for (const member of body) {
    const answer = length > MAX_ANSWER ? new AnswerTooLong().toBody() : await answerOne(options, role, member, origin, since);
    length += answer.length;
    answers.push(answer);
  }
  return { body: `[${answers.join(',')}]`, status: 200 };
}

async function answerOne(
  options: HandlerOptions,
  role: Role,
  member: unknown,
  origin: Origin | undefined,
  since: number,
): Promise<string> {
  try {
    return (await options.execute({ ...requestOf(member), origin }, role, since)).body;
  } catch (error) {
    return options.failure(error).toBody();
  }
}

function queryByGet(): RequestError {
  return new RequestError('not-supported', '$', 'GET is for persisted queries, which are not supported: send the query by POST');
}

function notFound(): RequestError {
  return new RequestError('not-found', '$', 'resource does not exist', { status: 404 });
}
