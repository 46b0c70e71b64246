import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { GraphQLEngine } from '../graphql/engine';
import { GatewayError } from '../errors';
import type { Logger } from '../log';
import { originOf } from '../origin';
import { pathOf, queryOf } from '../request-url';
import type { Answer } from './answer';
import { errorAnswer, send } from './answer';
import { dropBody, EMPTY_FORM, readForm, RequestAborted } from './body';
import { createCall, variablesOf } from './call';
import { affectedRows } from './endpoints/answer-body';
import { ENDPOINTS } from './endpoints';
import { QUESTION_ENDPOINTS } from './endpoints/explain';
import type { OperationEndpoint, QuestionEndpoint } from './endpoint';
import type { Executor } from './execute';
import { execute, OperationError } from './execute';
import { createMatcher } from './match';
import { DOCUMENTATION } from './documentation';
import { readPage } from './paging';
import type { QueryValues } from './query';
import { readQuery } from './query';
import { redactForViewer } from './redact';
import type { Rollout } from '../rollout';
import { withReport } from './rollout-answer';

export interface RestOptions {
  readonly graphql: Pick<GraphQLEngine, 'execute'>;
  /** The largest body and the largest uploaded file. */
  readonly maxBodyBytes: number;
  /** Says of a write, by its receipt, which change it made and how far that has come. */
  readonly rollout?: Pick<Rollout, 'report'>;
  /** For who only reads: writes are refused, and nothing is shown that may be a private key. */
  readonly readOnly?: boolean;
  /** Answers `/explain`; without it there is no such path. @throws GatewayError */
  readonly explain?: (values: QueryValues) => object;
  readonly log: Logger;
}

const match = createMatcher([...ENDPOINTS, ...QUESTION_ENDPOINTS, ...DOCUMENTATION]);

/**
 * The REST facade: forms in, the bodies of GraphQL operations out. Every answer is JSON or empty, but for the
 * documentation's page.
 */
export function createRest(options: RestOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const application = express();
  application.disable('x-powered-by');
  application.use(async (request, response) => {
    try {
      send(response, await answer(options, request, response), request.method);
    } catch (error) {
      if (error instanceof RequestAborted) return;
      const failed = errorAnswer(error);
      if (failed.status >= 500) logFailure(options.log, request, error);
      send(response, failed, request.method);
    }
  });
  return (request, response) => void application(request, response);
}

/** The template of the path that a request takes, such as `/proxy/:proxy_name`; undefined when there is none. */
export function routeTemplate(method: string, target: string): string | undefined {
  try {
    const found = match(method, pathOf(target));
    return found.kind === 'found' ? found.route.path : undefined;
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}

async function answer(options: RestOptions, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
  const method = request.method ?? '';
  const path = pathOf(request.url);
  const found = match(method, path);
  if (found.kind === 'none') throw noPath(path);
  if (found.kind === 'other method') {
    const headers = { Allow: found.allow.join(', ') };
    if (method === 'OPTIONS') return { status: 204, body: '', headers };
    const refusal = new GatewayError('method_not_allowed', `${method} is not allowed here: use ${headers.Allow}`);
    return { ...errorAnswer(refusal), headers };
  }
  if (options.readOnly && found.route.method !== 'GET')
    throw new GatewayError('forbidden', `the role viewer reads and changes nothing: ${method} needs the role admin`);
  if ('body' in found.route) return found.route;
  if ('question' in found.route) return answerQuestion(options, found.route, path, request);
  const answered = await answerOperation(options, found.route, found.params, request, response);
  return options.readOnly ? { ...answered, body: redactForViewer(answered.body) } : answered;
}

async function answerQuestion(
  options: RestOptions,
  { question, parameters, status }: QuestionEndpoint,
  path: string,
  request: IncomingMessage,
): Promise<Answer> {
  const answerOf = options[question];
  if (!answerOf) throw noPath(path);
  await dropBody(request, options.maxBodyBytes);
  return { status, body: JSON.stringify(answerOf(readQuery(parameters, queryOf(request.url)))) };
}

async function answerOperation(
  { graphql: engine, maxBodyBytes, rollout }: RestOptions,
  endpoint: OperationEndpoint,
  params: ReadonlyMap<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> {
  const origin = originOf(request);
  const graphql: Executor = { execute: (asked) => engine.execute({ ...asked, origin }) };
  const readsForm = endpoint.fields !== undefined || endpoint.uploads !== undefined;
  if (!readsForm) await dropBody(request, maxBodyBytes);
  const form = readsForm ? await readForm(request, response, maxBodyBytes) : EMPTY_FORM;
  const call = createCall(endpoint, params, form, graphql);
  const page = endpoint.list ? readPage(queryOf(request.url)) : undefined;
  const { body, receipt } = await execute(graphql, endpoint.operation, await variablesOf(endpoint, call, page));
  if (endpoint.missing && affectedRows(body) === 0) throw new GatewayError('object_not_found', endpoint.missing(call));
  const answer = { status: endpoint.status, body: endpoint.present?.(body, call) ?? body };
  return receipt && rollout ? withReport(answer, await rollout.report(receipt, request.headers.prefer)) : answer;
}

function noPath(path: string): GatewayError {
  return new GatewayError('not_found', `there is no path ${path}; /swagger/index.html lists those there are`);
}

/** GraphQL's message names the operation and never its variables. */
function logFailure(log: Logger, request: IncomingMessage, error: unknown): void {
  const { method, url } = request;
  const requestId = originOf(request)?.requestId;
  if (error instanceof OperationError)
    log.error({ requestId, method, url, operation: error.operation.name, ...error.failure }, 'a request failed');
  else log.error({ requestId, method, url, err: error }, 'a request failed');
}
