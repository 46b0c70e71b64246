import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { RequestError } from '../errors';

/** How long an operation may take. */
export interface TimeLimit {
  readonly ms: number;
  /** The setting that an operator changes it by. */
  readonly setting: string;
  /** When it began, in terms of `performance.now()`, if before the operation itself. */
  readonly since?: number | undefined;
}

/** When a limit ends, in terms of `performance.now()`. */
export interface Deadline extends Pick<TimeLimit, 'setting'> {
  readonly at: number;
}

/** The end of a limit that begins now, unless it says since when. */
export function deadlineOf(limit: TimeLimit | undefined): Deadline | undefined {
  return limit && { at: (limit.since ?? performance.now()) + limit.ms, setting: limit.setting };
}

/** A statement may begin just after the last one was cancelled. */
const AGAIN_MS = 100;
/** CancelRequest of Postgres' protocol, https://www.postgresql.org/docs/current/protocol-message-formats.html. */
const CANCEL_REQUEST = 80_877_102;

/**
 * Runs statements of a connection, and has Postgres cancel them from the deadline on; without one only Postgres' own time
 * limit for each statement holds.
 * @throws RequestError `timeout` when that has come
 */
export async function withinTime<T>(client: pg.PoolClient, deadline: Deadline | undefined, use: () => Promise<T>): Promise<T> {
  if (!deadline) return use();
  const done = new AbortController();
  let cancelling: Promise<void> | undefined;
  const timer = setTimeout(() => (cancelling = cancelUntil(client, done.signal)), Math.max(1, deadline.at - performance.now()));
  try {
    return await use();
  } catch (error) {
    if (!cancelling || !(error instanceof RequestError) || error.detail.sqlState !== '57014') throw error;
    const message = `the request took longer than its time limit (${deadline.setting}): ask for less at a time`;
    throw new RequestError('timeout', '$', message, { status: 504, sqlState: '57014', cause: error });
  } finally {
    clearTimeout(timer);
    done.abort();
    // Not later: the connection's next statement is another request's.
    await cancelling;
  }
}

async function cancelUntil(client: pg.PoolClient, done: AbortSignal): Promise<void> {
  while (!done.aborted) {
    // When it cannot be asked for, Postgres' own time limit ends the statement.
    await cancel(client);
    await sleep(AGAIN_MS, undefined, { signal: done }).catch(() => undefined); // Rejects when it is done.
  }
}

/**
 * Asks Postgres to cancel what a connection runs, in the way of its protocol: over a socket for that alone, so that it needs
 * none of the pool's connections, which may all be as busy. Resolves when Postgres has taken note, or cannot be reached.
 */
function cancel(client: pg.PoolClient): Promise<void> {
  const { host, port, processID, secretKey } = client as pg.PoolClient & {
    readonly processID: number;
    readonly secretKey: number;
  };
  const message = Buffer.alloc(16);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(CANCEL_REQUEST, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host);
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('error', () => undefined); // Followed by the close.
    socket.on('close', () => resolve());
    socket.on('connect', () => socket.end(message));
    socket.resume();
  });
}
