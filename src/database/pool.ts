import type { Socket } from 'node:net';
import pg from 'pg';
import type { Logger } from '../log';

/** How every connection of ours begins: named for the operator, times in UTC. */
export const SESSION = {
  application_name: 'enroute-gateway',
  options: '-c TimeZone=UTC',
  keepAlive: true,
  connectionTimeoutMillis: 5_000,
} satisfies pg.ClientConfig;

/**
 * Messages in English, for callers that pass them on; and writers that wait for each other are found after a tenth of a second
 * and not after a whole one, since one of them is run again and others wait meanwhile. Only who may set these does
 * (superusers): for others it would be an error, and they stay as the server has them.
 */
async function setUp(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config('lc_messages', 'C', false), set_config('deadlock_timeout', '100ms', false)
       FROM pg_roles WHERE rolname = current_user AND rolsuper`,
  );
}

/**
 * A pool for short statements: 20 connections, 5 s to get one, 30 s for a statement or an idle transaction.
 * A connection that is lost while idle is logged and replaced; it never ends the process.
 */
export function createPool(url: string, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    ...SESSION,
    connectionString: url,
    max: 20,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    onConnect: setUp as (client: pg.ClientBase) => void, // Awaited, whatever its type says.
  });
  // The error carries its client, settings and all: only its text is logged.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'));
  const taken = new Map<pg.PoolClient, number | undefined>();
  connections.set(pool, taken);
  pool.on('connect', (client) => {
    taken.set(client, undefined);
    // One that is lost in the hands of a request fails the statement under way; between two statements nobody else listens.
    client.on('error', () => undefined);
  });
  pool.on('acquire', (client) => taken.set(client, performance.now()));
  pool.on('release', (_error, client) => taken.set(client, undefined));
  pool.on('remove', (client) => taken.delete(client));
  return pool;
}

/** The connections of each pool, and since when those that are in use are. */
const connections = new WeakMap<pg.Pool, Map<pg.PoolClient, number | undefined>>();

/**
 * Breaks off what a database that went away without a word has left behind: idle connections, and each one in use that has
 * got no answer for as long as it has been silent. Whoever waits on one is told that it is lost; what comes next connects anew.
 */
export function dropSilentConnections(pool: pg.Pool, silentMs: number): void {
  const now = performance.now();
  for (const [client, takenAt] of connections.get(pool) ?? []) {
    if (takenAt === undefined || takenAt <= now - silentMs) socketOf(client).destroy();
    else setTimeout(() => dropUnlessReleased(pool, client, takenAt), takenAt + silentMs - now).unref();
  }
}

function dropUnlessReleased(pool: pg.Pool, client: pg.PoolClient, takenAt: number): void {
  if (connections.get(pool)?.get(client) === takenAt) socketOf(client).destroy();
}

/** The driver's socket, which its types do not show: `end` would wait for an answer. */
export function socketOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
