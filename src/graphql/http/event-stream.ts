import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestError } from '../errors';
import type { Subscription } from '../live';
import type { OperationSink } from '../operate';

/** Proxies drop a connection over which nothing comes for long. */
const KEEP_ALIVE_MS = 12_000;
/** With more than this unsent, a client gets no new results until it has taken them. */
const MAX_UNSENT_BYTES = 1_048_576;

/**
 * What a client wants as server-sent events. One that takes JSON as well, as clients do that take whatever comes, gets them
 * for subscriptions only: Hasura answers the rest with JSON.
 */
export function wantsEvents({ headers: { accept = '' } }: IncomingMessage): 'everything' | 'subscriptions' | 'nothing' {
  if (!/(^|[,\s])text\/event-stream\b/i.test(accept)) return 'nothing';
  return /[/+]json\b/i.test(accept) ? 'subscriptions' : 'everything';
}

/**
 * The answers that are server-sent events, as the GraphQL over SSE protocol has them in its distinct connections mode:
 * `next` for each result, `complete` at the end.
 */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();

  /** Sends what an operation gives; the operation ends when the client goes. */
  send(response: ServerResponse, start: (sink: OperationSink) => Subscription): void {
    if (response.destroyed) return;
    this.#open.add(response);
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    // What cannot be written any more has lost its client; the close follows.
    response.on('error', () => undefined);
    const keepAlive = setInterval(() => {
      if (!response.writableEnded && !isFull(response)) response.write(':\n\n');
    }, KEEP_ALIVE_MS);
    const operation = start(sinkOf(response));
    response.on('drain', () => operation.resume());
    response.once('close', () => {
      this.#open.delete(response);
      clearInterval(keepAlive);
      operation.stop();
    });
  }

  /** Breaks all of them off: clients ask anew. */
  closeAll(): void {
    for (const response of this.#open) response.destroy();
  }
}

function sinkOf(response: ServerResponse): OperationSink {
  const data = (body: string): void =>
    void response.write(`event: next\ndata: ${body.replaceAll(/\r\n|\r|\n/g, '\ndata: ')}\n\n`);
  const failed = (error: RequestError): void => data(JSON.stringify({ errors: error.toList() }));
  const complete = (): void => void response.end('event: complete\ndata: \n\n');
  const last = (error: RequestError): void => {
    failed(error);
    complete();
  };
  return { isBusy: () => isFull(response), inTurn: (use) => use(), data, failed, refused: last, aborted: last, complete };
}

function isFull(response: ServerResponse): boolean {
  return response.writableLength > MAX_UNSENT_BYTES;
}
