import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { RequestError } from '../errors';
import type { Role } from '../http';
import type { Origin } from '../../origin';
import { authorize, requestOf } from '../http';
import type { Subscription } from '../live';
import type { Operate, OperationSink } from '../operate';
import { Turns } from '../turns';
import type { ClientMessage } from './message';
import { initHeaders, readMessage } from './message';
import type { Close, Protocol } from './protocol';

export interface ConnectionOptions {
  readonly operate: Operate;
  readonly failure: (error: unknown) => RequestError;
  readonly adminSecret: string | undefined;
  /** Those of the request that opened the connection. */
  readonly headers: IncomingHttpHeaders;
  /** What the request that opened the connection is known by. */
  readonly origin: Origin | undefined;
  /** How `/v1alpha1/graphql` writes the errors of requests. */
  readonly asLegacy: boolean;
  /** What the websocket runs over. */
  readonly stream: Socket;
  /** A client is gone that for so many milliseconds answers no ping or, when there is something unsent, takes none of it. */
  readonly goneMs: number;
}

/** Hasura's times. */
const INIT_MS = 3_000;
const KEEP_ALIVE_MS = 5_000;
const CLOSE_MS = 2_000;
const MAX_OPERATIONS = 1_000;
/** How many queries and mutations of a connection run at once; the others wait. */
const MAX_RUNNING = 4;
/** With more than this unsent, a client is sent no new results and heard no more, until it has taken them. */
const MAX_UNSENT_BYTES = 1_048_576;

const STARTING: Subscription = { resume: () => undefined, stop: () => undefined };

/** One client's connection, from its first message to its end. */
export class Connection {
  readonly #operations = new Map<string, Subscription>();
  readonly #initTimer: NodeJS.Timeout;
  #keepAlive: NodeJS.Timeout | undefined;
  #role: Role | undefined;
  readonly #turns = new Turns(MAX_RUNNING);
  /** When the client was last known to be there. */
  #lastSign = Date.now();
  readonly #held: (() => void)[] = [];
  #isBusy = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly protocol: Protocol,
    private readonly options: ConnectionOptions,
  ) {
    this.#initTimer = setTimeout(() => this.#close(protocol.noInit), INIT_MS);
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    socket.on('pong', () => (this.#lastSign = Date.now()));
    options.stream.setTimeout(options.goneMs, () => this.#isBusy && socket.terminate());
    socket.on('close', () => this.#end());
    // The close follows, with a code that says the same.
    socket.on('error', () => undefined);
  }

  /** @param code a close code of the websocket protocol */
  close(code: number, reason: string): void {
    this.#close({ code, reason });
    // A client that does not answer the close is not waited for.
    setTimeout(() => this.socket.terminate(), CLOSE_MS).unref();
  }

  #end(): void {
    clearTimeout(this.#initTimer);
    clearInterval(this.#keepAlive);
    for (const operation of this.#operations.values()) operation.stop();
    this.#operations.clear();
    this.#goOn();
  }

  #take(data: RawData, isBinary: boolean): void {
    try {
      if (isBinary) throw new RequestError('invalid-json', '$', 'a message must be text');
      this.#handle(readMessage((data as Buffer).toString('utf8')));
    } catch (error) {
      const answer = this.protocol.unreadable(this.options.failure(error).message);
      if (typeof answer === 'string') this.#send(answer);
      else this.#close(answer);
    }
  }

  #handle({ type, id, payload }: ClientMessage): void {
    switch (type) {
      case 'connection_init':
        return this.#init(payload);
      case this.protocol.start:
        if (id === undefined) throw new RequestError('invalid-json', '$', 'key "id" not found');
        return this.#start(id, payload);
      case this.protocol.stop:
        return this.#stop(id ?? '');
      case 'connection_terminate':
        return this.#close({ code: 1000, reason: 'Connection terminated by the client' });
      case 'ping':
        return this.#send(payload === undefined ? '{"type":"pong"}' : JSON.stringify({ type: 'pong', payload }));
      case 'pong':
        return;
      default:
        throw new RequestError('invalid-json', '$', `unknown message type ${JSON.stringify(type)}`);
    }
  }

  /** A second one changes who the client is, as in Hasura. */
  #init(payload: unknown): void {
    clearTimeout(this.#initTimer);
    try {
      this.#role = authorize({ ...this.options.headers, ...initHeaders(payload) }, this.options.adminSecret);
    } catch (error) {
      const { text, close } = this.protocol.denied(this.options.failure(error).message);
      if (text !== undefined) this.#send(text);
      this.#close(close);
      return;
    }
    this.#send('{"type":"connection_ack"}');
    this.#send(this.protocol.keepAlive);
    this.#keepAlive ??= setInterval(() => this.#keepAliveOrEnd(), KEEP_ALIVE_MS);
  }

  #keepAliveOrEnd(): void {
    // What is unsent stands before a ping; whether it goes on is what the timeout of the stream looks at.
    if (this.#isBusy) return;
    if (Date.now() - this.#lastSign > this.options.goneMs) {
      this.socket.terminate();
      return;
    }
    this.#send(this.protocol.keepAlive);
    this.socket.ping();
  }

  #start(id: string, payload: unknown): void {
    const { early, taken } = this.protocol;
    if (this.#role === undefined) {
      if (early === 'error') this.#refuse(id, startFailed('start received before the connection is initialised'));
      else this.#close(early);
      return;
    }
    if (this.#operations.has(id)) {
      if (taken === 'error') this.#refuse(id, startFailed(`an operation already exists with this id: ${id}`));
      else this.#close(taken(id));
      return;
    }
    if (this.#operations.size >= MAX_OPERATIONS) {
      this.#refuse(id, startFailed(`a connection may have ${MAX_OPERATIONS} operations at a time`));
      return;
    }
    this.#operations.set(id, STARTING);
    const operation = this.#operate(id, payload, this.#role);
    if (this.#operations.has(id)) this.#operations.set(id, operation);
  }

  #operate(id: string, payload: unknown, role: Role): Subscription {
    const sink = this.#sinkOf(id);
    try {
      return this.options.operate({ ...requestOf(payload), origin: this.options.origin }, role, sink);
    } catch (error) {
      sink.refused(this.options.failure(error));
      return STARTING;
    }
  }

  #sinkOf(id: string): OperationSink {
    const { protocol } = this;
    const last = (text: string): void => {
      this.#operations.delete(id);
      this.#sendError(id, text);
    };
    return {
      isBusy: () => this.#isBusy,
      inTurn: (use) =>
        this.#turns.take(
          () => this.#whenTaken().then(() => (this.#operations.has(id) ? use() : undefined)),
          () => this.#operations.has(id),
        ),
      data: (body) => this.#send(protocol.data(id, body)),
      failed: (error) => this.#send(protocol.failed(id, error)),
      refused: (error) => last(protocol.refused(id, error, this.options.asLegacy)),
      aborted: (error) => last(protocol.aborted(id, error)),
      complete: () => {
        this.#operations.delete(id);
        this.#send(completion(id));
      },
    };
  }

  /** Resolves when the client has taken what it was sent, or has gone. */
  #whenTaken(): Promise<void> {
    if (!this.#isBusy) return Promise.resolve();
    return new Promise((resolve) => this.#held.push(resolve));
  }

  #goOn(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }

  #stop(id: string): void {
    this.#operations.get(id)?.stop();
    this.#operations.delete(id);
  }

  #refuse(id: string, error: RequestError): void {
    this.#sendError(id, this.protocol.refused(id, error, this.options.asLegacy));
  }

  #sendError(id: string, text: string): void {
    this.#send(text);
    // A query's failure is data in the older protocol, so that it has to be completed too.
    if (this.protocol.completesErrors) this.#send(completion(id));
  }

  #send(text: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.socket.send(text, () => {
      if (!this.#isBusy || this.socket.bufferedAmount > 0) return;
      this.#isBusy = false;
      this.#lastSign = Date.now();
      this.socket.resume();
      this.#goOn();
      for (const operation of [...this.#operations.values()]) operation.resume();
    });
    if (this.#isBusy || this.socket.bufferedAmount <= MAX_UNSENT_BYTES) return;
    this.#isBusy = true;
    this.socket.pause();
  }

  /** Postgres' and our own texts may be longer than the 123 bytes that a close has room for. */
  #close({ code, reason }: Close): void {
    this.socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, 120)
        .toString('utf8')
        .replace(/\uFFFD$/, ''),
    );
  }
}

function completion(id: string): string {
  return JSON.stringify({ type: 'complete', id });
}

function startFailed(message: string): RequestError {
  return new RequestError('start-failed', '$', message);
}
