import { spawnSync } from 'node:child_process';
import { StartError } from '../../errors';

/** The operating system's user that Postgres runs as; undefined is our own. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string } | undefined;

/**
 * Postgres refuses to run as root: then it runs as `postgres`, or else as `nobody`.
 * @throws StartError when we are root and there is neither.
 */
export function chooseAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = id('-u', name);
    const gid = id('-g', name);
    if (uid && gid) return { uid, gid, name };
  }
  throw new StartError(
    'Postgres does not run as root, and there is no user "postgres" or "nobody": add one, or set DATABASE_URL',
  );
}

/** Whether the account can enter a folder, by trying: every folder above counts, and so do access lists. */
export function canEnter(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1" && test -r .', 'sh', folder], { ...as(account), stdio: 'ignore' }).status === 0;
}

/** Spawn options that run a child as the account; the working folder is one that everybody can enter. */
export function as(account: Account): { cwd: string; uid?: number; gid?: number } {
  return account ? { cwd: '/', uid: account.uid, gid: account.gid } : { cwd: '/' };
}

function id(flag: '-u' | '-g', name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : undefined;
}
