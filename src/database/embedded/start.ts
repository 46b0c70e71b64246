import type { StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../../errors';
import { explain } from '../explain';
import { SESSION } from '../pool';
import type { Account } from './account';
import { as } from './account';
import type { Binaries } from './binaries';
import type { Cluster } from './cluster';
import { clusterUrl, reason } from './cluster';
import { runningPostmaster } from './postmaster';

/** Recovery after a crash may take long; past this a start has failed. */
const PATIENCE = 120_000;
const WRONG_PASSWORD = '28P01';
const MAX_LOG_BYTES = 10_000_000;

export interface RunningCluster {
  readonly cluster: Cluster;
  readonly pid: number;
  /** A session that is kept open: it owns the cluster, and its end tells that Postgres is gone. */
  readonly session: pg.Client;
}

/**
 * The Postgres that serves the cluster already, such as one that a killed process of ours left running.
 * @throws StartError when another process of ours uses it, or when it does not answer us.
 */
export async function adopt(found: Cluster): Promise<RunningCluster | undefined> {
  const survivor = await runningPostmaster(found);
  if (!survivor) return undefined;
  const cluster = { ...found, port: survivor.port || found.port };
  const session = await firstSession(cluster, async () => (await runningPostmaster(found)) === undefined);
  return session && own({ cluster, pid: survivor.pid, session });
}

/**
 * A new Postgres for the cluster, on its port.
 * @throws StartError when it does not start.
 */
export async function launch(cluster: Cluster, binaries: Binaries, account: Account): Promise<RunningCluster> {
  const child = await spawnPostgres(cluster, binaries, account);
  const session = await firstSession(cluster, () => Promise.resolve(child.hasEnded()));
  if (session) return own({ cluster, pid: child.pid, session });
  const faster = await adopt(cluster);
  if (faster) return faster;
  throw new StartError(`the database does not start: ${reason(await child.output()) ?? `see ${cluster.logFile}`}`);
}

/** One process of ours a cluster: a second one would stop Postgres under the first. The lock dies with its session. */
async function own(running: RunningCluster): Promise<RunningCluster> {
  const { session, cluster } = running;
  const { rows } = await session.query<{ owned: boolean; folder: string }>(
    `SELECT pg_try_advisory_lock(1) AS owned, current_setting('data_directory') AS folder`,
  );
  if (rows[0]?.owned && rows[0].folder === cluster.data) return running;
  await session.end();
  throw new StartError(`the database in ${cluster.folder} is in use by another gateway: stop that one, or set another DATA_DIR`);
}

interface Child {
  readonly pid: number;
  hasEnded(): boolean;
  /** What it has written to its log. */
  output(): Promise<string>;
}

async function spawnPostgres(cluster: Cluster, binaries: Binaries, account: Account): Promise<Child> {
  const size = await logSize(cluster.logFile);
  const start = size > MAX_LOG_BYTES ? 0 : size;
  const log = await open(cluster.logFile, start === 0 ? 'w' : 'a', 0o600);
  const options = [...SETTINGS, `port=${cluster.port}`].flatMap((setting) => ['-c', setting]);
  // Detached: a Ctrl-C in the terminal reaches us and not Postgres, which is stopped last.
  const spawning = { ...as(account), detached: true, stdio: ['ignore', log.fd, log.fd] as StdioOptions };
  const child = spawn(binaries.postgres, ['-D', cluster.data, ...options], spawning);
  child.unref();
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new StartError(`the database does not start: ${(error as Error).message}`, { cause: error });
  } finally {
    await log.close();
  }
  return {
    pid: child.pid!,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    output: () => readFrom(cluster.logFile, start),
  };
}

/** Durable by Postgres' own defaults (fsync, synchronous_commit). What users stored is kept out of its log. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=128MB',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
];

/** The first session that Postgres accepts; undefined when it ended instead. Starting up and recovery are waited for. */
async function firstSession(cluster: Cluster, ended: () => Promise<boolean>): Promise<pg.Client | undefined> {
  let last: unknown;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(15)) {
    const session = new pg.Client({
      ...SESSION,
      application_name: 'enroute-gateway owner',
      connectionString: clusterUrl(cluster),
    });
    try {
      await session.connect();
      return session;
    } catch (error) {
      last = error;
      if ((error as pg.DatabaseError).code === WRONG_PASSWORD) break;
    }
    if (await ended()) return undefined;
  }
  throw new StartError(
    `the database in ${cluster.folder} runs, but does not answer us on port ${cluster.port} (${explain(last)}): stop it`,
  );
}

async function logSize(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function readFrom(file: string, start: number): Promise<string> {
  const log = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of log.createReadStream({ start, autoClose: false })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await log.close();
  }
}
