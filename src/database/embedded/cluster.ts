import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { StartError } from '../../errors';
import type { Account } from './account';
import { as, canEnter } from './account';
import type { Binaries } from './binaries';

const USER = 'gateway';

/** A folder with one Postgres cluster: `data/`, `connection.json` (0600) and `postgres.log`. */
export interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly logFile: string;
  readonly port: number;
  readonly password: string;
}

/**
 * The folder of the cluster for a DATA_DIR, made if missing: in DATA_DIR, or, when the account cannot enter that, in one
 * of its own in `elsewhere`, named by DATA_DIR's path.
 * @throws StartError when it cannot be made.
 */
export async function clusterFolder(dataDir: string, account: Account, elsewhere: string): Promise<string> {
  await makeFolder(dataDir, `DATA_DIR ${dataDir}`);
  if (!account || canEnter(account, dataDir)) return path.join(dataDir, 'postgres');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  await makeFolder(path.join(elsewhere, name), `the data folder ${elsewhere}`);
  await chmod(elsewhere, 0o755);
  await chmod(path.join(elsewhere, name), 0o755);
  return path.join(elsewhere, name, 'postgres');
}

/** The cluster in the folder, made when there is none; made under another name first, so that one that exists is whole. */
export async function openCluster(folder: string, binaries: Binaries, account: Account): Promise<Cluster> {
  if (!existsSync(folder)) await makeCluster(folder, binaries, account);
  const data = path.join(folder, 'data');
  const major = await read(path.join(data, 'PG_VERSION'));
  if (Number(major) !== binaries.major) {
    throw new StartError(
      `the data in ${data} is of Postgres ${major.trim()}, the program brings ${binaries.major}: dump it with the old one and load it into a new DATA_DIR`,
    );
  }
  const connection = JSON.parse(await read(path.join(folder, 'connection.json'))) as { port: number; password: string };
  return { folder, data, logFile: path.join(folder, 'postgres.log'), ...connection };
}

export function clusterUrl({ port, password }: Pick<Cluster, 'port' | 'password'>): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
}

/** The cluster, on a free port of its own: the one that it had unless somebody else has taken it. */
export async function withFreePort(cluster: Cluster): Promise<Cluster> {
  if (await isFree(cluster.port)) return cluster;
  const port = await freePort();
  await writeConnection(cluster.folder, port, cluster.password);
  return { ...cluster, port };
}

async function makeCluster(folder: string, binaries: Binaries, account: Account): Promise<void> {
  await removeUnfinished(folder);
  const temporary = `${folder}.new-${randomBytes(4).toString('hex')}`;
  try {
    const data = path.join(temporary, 'data');
    const passwordFile = path.join(temporary, 'password');
    const password = randomBytes(24).toString('hex');
    // The account must pass through the cluster's folder, whatever our umask.
    await mkdir(temporary);
    await chmod(temporary, 0o711);
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account) await Promise.all([data, passwordFile].map((name) => chown(name, account.uid, account.gid)));
    await runInitdb(binaries, account, data, passwordFile);
    await rm(passwordFile);
    await writeConnection(temporary, await freePort(), password);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (existsSync(folder)) return; // Another start was faster.
    if (error instanceof StartError) throw error;
    throw new StartError(`the database cannot be made in ${folder}: ${(error as Error).message}`, { cause: error });
  }
}

/** What starts that were cut off left behind; one that is still at work is younger than ten minutes. */
async function removeUnfinished(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  for (const name of await readdir(parent)) {
    const left = path.join(parent, name);
    if (name.startsWith(`${path.basename(folder)}.new-`) && (await stat(left)).mtimeMs < Date.now() - 600_000) {
      await rm(left, { recursive: true, force: true });
    }
  }
}

function runInitdb(binaries: Binaries, account: Account, data: string, passwordFile: string): Promise<void> {
  const options = [
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--auth=scram-sha-256',
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.initdb, ['-D', data, ...options], { ...as(account), stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(reason(said) ?? `initdb ended with status ${code}`))));
  });
}

/** The first line with which a Postgres program says why it gave up. */
export function reason(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /\b(FATAL|PANIC|error):/.test(text)) ?? lines.find((text) => text !== '');
  return line?.replace(/^.*?\b(FATAL|PANIC|error):\s*/, '');
}

async function writeConnection(folder: string, port: number, password: string): Promise<void> {
  const file = path.join(folder, 'connection.json');
  await writeFile(`${file}.new`, `${JSON.stringify({ port, password })}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

async function makeFolder(folder: string, name: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new StartError(`${name} cannot be made: ${(error as Error).message}`, { cause: error });
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartError(`the database's file ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port to be had')),
      );
    });
  });
}
