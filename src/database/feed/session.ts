import pg from 'pg';
import { SESSION, socketOf } from '../pool';
import type { Bell } from './bell';
import { within } from './within';

const CHANNEL = 'gateway_changes';

/** A connection that listens. It rings the bell for each notification, and when it is lost. */
export interface ListeningSession {
  readonly client: pg.Client;
  /** Which run of which server and database this is: transaction ids of another one mean nothing here. */
  readonly server: string;
  readonly lost: Error | undefined;
  close(): Promise<void>;
}

/** A database that does not answer a small question for so long, in milliseconds, is taken to be away. */
export const ANSWER_WITHIN_MS = 4_000;
const CONNECT_WITHIN_MS = 3_000;
const CLOSE_WITHIN_MS = 1_000;

const WHICH_SERVER = `
  SELECT pg_postmaster_start_time()::text || ' ' || oid AS server FROM pg_database WHERE datname = current_database()`;

/** Whether an error says that no answer came. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/**
 * Listens from before the first read on, so that no change falls between the two.
 * @param answerWithinMs a server that went away without a word holds the feed for no longer than this
 */
export async function openListeningSession(url: string, bell: Bell, answerWithinMs: number): Promise<ListeningSession> {
  const config = {
    ...SESSION,
    application_name: 'enroute-gateway feed',
    // What is new in the log is found by its index; right after many rows came, Postgres would rather read all of it.
    options: `${SESSION.options} -c enable_seqscan=off`,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
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
    await client.query(within(answerWithinMs, { text: `LISTEN ${CHANNEL}` }));
    const { rows } = await client.query<{ server: string }>(within(answerWithinMs, { text: WHICH_SERVER }));
    const server = rows[0]?.server ?? '';
    return {
      client,
      server,
      get lost() {
        return lost;
      },
      close: () => end(client),
    };
  } catch (error) {
    await end(client);
    throw error;
  }
}

/** Takes leave; a server that does not answer even that is left. */
async function end(client: pg.Client): Promise<void> {
  const late = setTimeout(() => socketOf(client).destroy(), CLOSE_WITHIN_MS);
  await client.end();
  clearTimeout(late);
}
