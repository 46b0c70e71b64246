import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Below this many bytes gzip saves no packet. */
const MIN_GZIP_BYTES = 1400;
const GZIP = { level: constants.Z_BEST_SPEED };
/** A client that takes nothing for so long holds a connection to the database for nothing. */
const STALLED_MS = 20_000;
/** Nor for longer than this in all: it holds a connection to the database, and what Postgres must keep for its snapshot. */
const LONGEST_MS = 600_000;

export interface Answer {
  readonly body: string;
  /** The true status; `/v1/graphql` says 200 for what GraphQL answers. */
  readonly status: number;
  readonly contentType?: string;
}

/** Sends an answer, compressed when that is asked for and worthwhile. */
export async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { body, status, contentType } = answer;
  const headers = commonHeaders(request, contentType);
  const size = Buffer.byteLength(body);
  if (size < MIN_GZIP_BYTES || !acceptsGzip(request)) {
    response.writeHead(status, { ...headers, 'Content-Length': size });
    response.end(body);
    return;
  }
  const compressed = await compress(body, GZIP);
  response.appendHeader('Vary', 'Accept-Encoding');
  response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip', 'Content-Length': compressed.length });
  response.end(compressed);
}

/**
 * Sends an answer that `produce` gives piece by piece, as fast as the client takes it. An error before the first piece is
 * thrown; after it the connection is broken off, so that half an answer never passes for a whole one.
 */
export async function sendInPieces(
  request: IncomingMessage,
  response: ServerResponse,
  produce: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  let out: Writable | undefined;
  const deadline = Date.now() + LONGEST_MS;
  try {
    await produce(async (text) => {
      if (response.destroyed || Date.now() > deadline) throw new Error('the client went away, or takes too long');
      out ??= begin(request, response);
      if (!out.write(text)) await drained(out, response);
    });
    out?.end();
  } catch (error) {
    if (!out && !response.destroyed) throw error;
    response.destroy();
  }
}

function begin(request: IncomingMessage, response: ServerResponse): Writable {
  const headers = commonHeaders(request, undefined);
  if (!acceptsGzip(request)) {
    response.writeHead(200, headers);
    return response;
  }
  response.appendHeader('Vary', 'Accept-Encoding');
  response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip' });
  const zipped = createGzip(GZIP);
  zipped.pipe(response);
  return zipped;
}

async function drained(out: Writable, response: ServerResponse): Promise<void> {
  const waiting = new AbortController();
  const stop = (): void => waiting.abort();
  const timer = setTimeout(stop, STALLED_MS);
  response.once('close', stop);
  try {
    await once(out, 'drain', { signal: waiting.signal });
  } finally {
    clearTimeout(timer);
    response.off('close', stop);
  }
}

function commonHeaders(request: IncomingMessage, contentType = 'application/json; charset=utf-8') {
  const requestId = request.headers['x-request-id'];
  return {
    'Content-Type': contentType,
    'x-request-id': typeof requestId === 'string' && /^[\x21-\x7e]{1,200}$/.test(requestId) ? requestId : randomUUID(),
  };
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  const accepted = headers['accept-encoding'];
  return accepted !== undefined && /(^|,)\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|$)/i.test(accepted.toString());
}
