import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { RequestError } from '../errors';

/** A statement may begin just after the last one was cancelled. */
const AGAIN_MS = 100;

/**
 * Runs statements of a connection, and has Postgres cancel them from `ms` on; undefined sets no limit but Postgres' own for
 * each statement.
 * @throws RequestError `timeout` when that has come
 */
export async function withinTime<T>(
  pool: pg.Pool,
  client: pg.PoolClient,
  ms: number | undefined,
  use: () => Promise<T>,
): Promise<T> {
  if (ms === undefined) return use();
  const done = new AbortController();
  let cancelling: Promise<void> | undefined;
  const timer = setTimeout(() => (cancelling = cancel(pool, client, done.signal)), ms);
  try {
    return await use();
  } catch (error) {
    if (!cancelling || !(error instanceof RequestError) || error.detail.sqlState !== '57014') throw error;
    const message = 'the request took longer than its time limit (GRAPHQL_TIMEOUT_MS): ask for less at a time';
    throw new RequestError('timeout', '$', message, { status: 504, sqlState: '57014', cause: error });
  } finally {
    clearTimeout(timer);
    done.abort();
    // Not later: the connection's next statement is another request's.
    await cancelling;
  }
}

async function cancel(pool: pg.Pool, client: pg.PoolClient, done: AbortSignal): Promise<void> {
  const { processID } = client as pg.PoolClient & { readonly processID: number };
  while (!done.aborted) {
    // When no connection is to be had for it, Postgres' own time limit ends the statement.
    await pool.query('SELECT pg_cancel_backend($1)', [processID]).catch(() => undefined);
    await sleep(AGAIN_MS, undefined, { signal: done }).catch(() => undefined); // Rejects when it is done.
  }
}
