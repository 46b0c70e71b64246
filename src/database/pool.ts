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
 * Messages in English, for callers that pass them on. Only who may set it does (superusers): for others it would be an
 * error, and the server's own language stays.
 */
async function speakEnglish(client: pg.ClientBase): Promise<void> {
  await client.query(`SELECT set_config('lc_messages', 'C', false) FROM pg_roles WHERE rolname = current_user AND rolsuper`);
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
    onConnect: speakEnglish as (client: pg.ClientBase) => void, // Awaited, whatever its type says.
  });
  // The error carries its client, settings and all: only its text is logged.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'));
  return pool;
}
