import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { StartError } from '../errors';
import type { Pair, PairOptions } from './issue';
import { makeAuthority, makePair } from './issue';

/** What becomes of certificates that are there already. */
export type Existing = 'refuse' | 'renew' | 'ensure';

export interface GenerateOptions {
  readonly folder: string;
  /** Names and addresses under which Envoys dial, besides those of this machine alone. */
  readonly hosts: readonly string[];
  readonly days: number;
  readonly existing: Existing;
}

/** This machine's own, under which a managed Envoy dials. */
const LOCAL = ['localhost', '127.0.0.1', '::1'];
const AUTHORITY_DAYS = 3650;
const SOON_MS = 30 * 86_400_000;

/** The folders and what is in them: each but the authority's is all that one machine needs. */
const FOLDERS = ['authority', 'server', 'client'] as const;
const FILES = ['cert.pem', 'key.pem', 'ca.pem'];

/**
 * Makes an authority and, signed by it, a pair for the control plane and one for its Envoys, in three folders; files are 0600.
 * Renewing keeps the authority, so that old and new certificates trust each other.
 * @returns what was done, for the terminal
 * @throws StartError when certificates are there that shall not be replaced, or cannot be read
 */
export async function generate(options: GenerateOptions): Promise<string> {
  const { folder, existing } = options;
  const there = await filesThere(folder);
  if (existing === 'refuse' && there.length > 0) {
    throw new StartError(
      `${path.join(folder, there[0] ?? '')} is there already: say --renew for new certificates of the same authority, or name another folder`,
    );
  }
  const authority = await readPair(folder, 'authority');
  if (existing === 'ensure' && authority && (await areFit(options, authority))) return `the certificates in ${folder} are kept`;
  return `${authority ? 'new certificates of the same authority' : 'an authority and its certificates'} are in ${folder}: ${await make(options, authority)}`;
}

async function make({ folder, hosts, days }: GenerateOptions, known: Pair | undefined): Promise<string> {
  const authority = known ?? (await makeAuthority('enroute-gateway authority', AUTHORITY_DAYS));
  const left = Math.floor((new Date(new X509Certificate(authority.certificate).validTo).getTime() - Date.now()) / 86_400_000);
  if (left < 1) throw new StartError(`the authority in ${folder} has expired: make another one in a new folder`);
  const common = { days: Math.min(days, left) };
  const server: PairOptions = {
    ...common,
    commonName: 'enroute-gateway',
    use: 'server',
    hosts: [...new Set([...LOCAL, ...hosts])],
  };
  const client: PairOptions = { ...common, commonName: 'envoy', use: 'client', hosts: [] };
  if (!known) await writePair(folder, 'authority', authority);
  await writePair(folder, 'server', await makePair(authority, server), authority.certificate);
  await writePair(folder, 'client', await makePair(authority, client), authority.certificate);
  return `for ${server.hosts.join(', ')}, valid for ${common.days} days`;
}

/** Whether all of them are there, of this authority, for these hosts, and good for a while. */
async function areFit({ folder, hosts }: GenerateOptions, authority: Pair): Promise<boolean> {
  const issuer = new X509Certificate(authority.certificate);
  for (const name of ['server', 'client'] as const) {
    const pair = await readPair(folder, name);
    if (!pair || (await read(path.join(folder, name, 'ca.pem'))) !== authority.certificate) return false;
    const certificate = new X509Certificate(pair.certificate);
    const isGood = new Date(certificate.validTo).getTime() - Date.now() > SOON_MS;
    if (!isGood || !certificate.verify(issuer.publicKey)) return false;
    const covers = (host: string): boolean =>
      (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
    if (name === 'server' && !hosts.every(covers)) return false;
  }
  return true;
}

async function filesThere(folder: string): Promise<string[]> {
  const all = FOLDERS.flatMap((name) => FILES.map((file) => path.join(name, file)));
  const found = await Promise.all(all.map(async (file) => ((await read(path.join(folder, file))) === undefined ? [] : [file])));
  return found.flat();
}

async function readPair(folder: string, name: (typeof FOLDERS)[number]): Promise<Pair | undefined> {
  const [certificate, privateKey] = await Promise.all([
    read(path.join(folder, name, 'cert.pem')),
    read(path.join(folder, name, 'key.pem')),
  ]);
  return certificate === undefined || privateKey === undefined ? undefined : { certificate, privateKey };
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The key first: who watches sees at worst a pair that does not fit, and never a key that others may read. */
async function writePair(folder: string, name: string, { certificate, privateKey }: Pair, authority?: string): Promise<void> {
  const own = path.join(folder, name);
  await mkdir(own, { recursive: true, mode: 0o700 });
  await write(path.join(own, 'key.pem'), privateKey);
  await write(path.join(own, 'cert.pem'), certificate);
  if (authority !== undefined) await write(path.join(own, 'ca.pem'), authority);
}

/** As a whole: a reader sees the old text or the new one. */
async function write(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
