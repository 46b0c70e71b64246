import pg from 'pg';
import { SESSION } from '../pool';
import type { Bell } from './bell';

const CHANNEL = 'gateway_changes';

/** A connection that listens. It rings the bell for each notification, and when it is lost. */
export interface ListeningSession {
  readonly client: pg.Client;
  /** Which run of which server and database this is: transaction ids of another one mean nothing here. */
  readonly server: string;
  readonly lost: Error | undefined;
  close(): Promise<void>;
}

/** Listens from before the first read on, so that no change falls between the two. */
export async function openListeningSession(url: string, bell: Bell): Promise<ListeningSession> {
  // A server that went away without a word must not hold the feed for longer than this.
  const config = {
    ...SESSION,
    application_name: 'enroute-gateway feed',
    query_timeout: 10_000,
    keepAliveInitialDelayMillis: 10_000,
  };
  const client = new pg.Client({ ...config, connectionString: url });
  let lost: Error | undefined;
  const lose = (error: Error) => {
    lost ??= error;
    bell.ring();
  };
  client.on('error', lose);
  client.on('end', () => lose(new Error('the connection ended')));
  client.on('notification', () => bell.ring());
  try {
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    const { rows } = await client.query<{ server: string }>(
      `SELECT pg_postmaster_start_time()::text || ' ' || oid AS server FROM pg_database WHERE datname = current_database()`,
    );
    const server = rows[0]?.server ?? '';
    return {
      client,
      server,
      get lost() {
        return lost;
      },
      close: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}
