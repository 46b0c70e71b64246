import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import type { GraphQLEngine, GraphQLOutcome, GraphQLRequest } from '../../src/graphql/engine';
import { createLogger } from '../../src/log';
import { createRest } from '../../src/rest';
import type { Answer } from '../support/http-client';
import { ask } from '../support/http-client';

export type Fields = Readonly<Record<string, string>>;

export interface Caller {
  readonly port: number;
  get(path: string): Promise<Answer>;
  /** As `curl -d`: urlencoded. */
  form(method: string, path: string, fields?: Fields): Promise<Answer>;
  json(method: string, path: string, value: unknown): Promise<Answer>;
  /** As `curl -F name=@file`. */
  upload(path: string, files: Fields): Promise<Answer>;
  send(method: string, path: string, contentType: string | undefined, body: string | Buffer): Promise<Answer>;
  stop(): Promise<void>;
}

/** The REST facade on a free port, over an engine. */
export async function startRest(graphql: Pick<GraphQLEngine, 'execute'>, maxBodyBytes = 1_048_576): Promise<Caller> {
  const server = createServer(createRest({ graphql, maxBodyBytes, log: createLogger('fatal') }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const send: Caller['send'] = (method, path, contentType, body) =>
    ask({
      port,
      path,
      method,
      body,
      headers: {
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...(body.length > 0 && { 'content-length': String(Buffer.byteLength(body)) }),
      },
    });
  return {
    port,
    get: (path) => ask({ port, path }),
    form: (method, path, fields = {}) =>
      send(method, path, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString()),
    json: (method, path, value) => send(method, path, 'application/json', JSON.stringify(value)),
    upload: (path, files) => send('POST', path, 'multipart/form-data; boundary=B', multipart(files)),
    send,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A multipart body with boundary `B`, each value a file. */
export function multipart(files: Fields): string {
  const parts = Object.entries(files).map(
    ([name, text]) =>
      `--B\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.txt"\r\nContent-Type: application/octet-stream\r\n\r\n${text}\r\n`,
  );
  return `${parts.join('')}--B--\r\n`;
}

/** Stands where GraphQL stands, and keeps what it was asked. */
export class Recorder {
  readonly requests: GraphQLRequest[] = [];

  constructor(private readonly outcome: GraphQLOutcome = { body: '{"data":{"root":{"affected_rows":1}}}' }) {}

  execute(request: GraphQLRequest): Promise<GraphQLOutcome> {
    this.requests.push(request);
    return Promise.resolve(this.outcome);
  }

  /** The variables of the last request. */
  get variables(): unknown {
    return this.requests[this.requests.length - 1]?.variables;
  }
}

/** Status and error code of an answer of our own. */
export function refusal(answer: Answer): { status: number; code: string; error: string } {
  return { status: answer.status, ...(JSON.parse(answer.body) as { code: string; error: string }) };
}
