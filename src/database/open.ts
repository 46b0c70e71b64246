import pg from 'pg';
import { DatabaseAwayError, StartError } from '../errors';
import type { Logger } from '../log';
import type { Settings } from '../settings';
import { startEmbedded } from './embedded';
import { explain } from './explain';
import { SESSION } from './pool';

const OLDEST = 13;

export interface Database {
  readonly url: string;
  readonly embedded: boolean;
  /** Where the embedded data is, when that is not in DATA_DIR. */
  readonly location?: string;
  /** Stops the embedded Postgres; leaves one that DATABASE_URL names alone. */
  stop(): Promise<void>;
}

/**
 * The Postgres that DATABASE_URL names, or else the embedded one.
 * @throws StartError when it cannot be reached or started, or is too old; the password is not in the message.
 */
export async function openDatabase(settings: Pick<Settings, 'databaseUrl' | 'dataDir'>, log: Logger): Promise<Database> {
  if (settings.databaseUrl === undefined) return { embedded: true, ...(await startEmbedded(settings.dataDir, log)) };
  await checkServer(settings.databaseUrl);
  return { embedded: false, url: settings.databaseUrl, stop: () => Promise.resolve() };
}

/** What a start says of an error that the database gave it after it was reached: the connection was lost, the disk is full… */
export function lostAtStart(error: unknown): unknown {
  if (error instanceof StartError || !(error instanceof Error) || PROGRAM_ERRORS.some((type) => error instanceof type))
    return error;
  return new DatabaseAwayError(`the database failed during the start: ${explain(error)}`, { cause: error });
}

/** These are faults of ours. */
const PROGRAM_ERRORS = [TypeError, RangeError, ReferenceError, SyntaxError];

async function checkServer(url: string): Promise<void> {
  const client = newClient(url);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseAwayError(`the database at ${place(client)} cannot be reached: ${explain(error)}; check DATABASE_URL`, {
      cause: error,
    });
  }
  try {
    const { rows } = await client.query<{ version: number; standby: boolean }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version, pg_is_in_recovery() AS standby`,
    );
    const { version = 0, standby = false } = rows[0] ?? {};
    if (version < OLDEST)
      throw new StartError(`the database at ${place(client)} is Postgres ${version}: ${OLDEST} or newer is needed`);
    if (standby)
      throw new DatabaseAwayError(
        `the database at ${place(client)} is a standby, which cannot be written: name the primary in DATABASE_URL`,
      );
  } finally {
    await client.end();
  }
}

function newClient(url: string): pg.Client {
  try {
    const client = new pg.Client({ ...SESSION, connectionString: url });
    client.on('error', () => undefined); // A lost connection fails the statement that waits on it; that is reported.
    return client;
  } catch {
    // Without its cause, which holds the whole URL.
    throw new StartError(
      'DATABASE_URL cannot be read as a URL: check its form, and percent-encode what is special in the password',
    );
  }
}

function place(client: pg.Client): string {
  return `${client.host}:${client.port}/${client.database ?? ''}`;
}
