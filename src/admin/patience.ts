import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long clients may take, in milliseconds, and how many there may be at once. */
export interface Patience {
  /** From the first byte of a request to the end of its headers, and to the end of its body. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** For how long a client may take nothing of an answer. */
  readonly stalledMs: number;
  /** How often that is looked at for requests: Node closes those that take too long no sooner. */
  readonly checkMs: number;
  readonly connections: number;
}

export const PATIENCE: Patience = {
  headersMs: 10_000,
  requestMs: 60_000,
  stalledMs: 60_000,
  checkMs: 1_000,
  connections: 25_000,
};

/** More headers than any client sends. */
const MAX_HEADERS = 200;

/** Keeps slow clients from holding what others need: their connections are closed, and there are only so many. */
export function limitPatience(server: Server, { headersMs, requestMs, connections }: Patience, onFull: () => void): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = connections;
  server.on('drop', onFull);
}

/** Closes the connection of a client that takes nothing of its answer. One that waits for its answer is let wait. */
export function endWhenStalled(response: ServerResponse, stalledMs: number): void {
  response.setTimeout(stalledMs);
  response.on('timeout', (socket: Socket) => {
    if (socket.writableLength > 0) socket.destroy();
    else socket.setTimeout(stalledMs);
  });
}
