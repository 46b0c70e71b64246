import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The process that serves the cluster, by its pid file; a pid file that a crash left behind is removed. */
export async function runningPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const recorded = await readPidFile(cluster);
  if (!recorded) return undefined;
  if (await serves(recorded.pid, cluster)) return recorded;
  // Postgres trusts any living process of that number, and would refuse to start.
  await rm(pidFile(cluster), { force: true });
  return undefined;
}

/** Asks the process to end the sessions and stop; after half a minute, to stop at once (its log makes that safe). */
export async function stopPostmaster(pid: number, cluster: Cluster, patience = 30_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!(await serves(pid, cluster))) return;
    process.kill(pid, signal);
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(10)) {
      if (!(await serves(pid, cluster))) return;
    }
  }
}

function pidFile(cluster: Cluster): string {
  return path.join(cluster.data, 'postmaster.pid');
}

/** Its lines: process, data folder, time of start, port, and more; cut short while Postgres writes it. */
async function readPidFile(cluster: Cluster): Promise<Postmaster | undefined> {
  if (!existsSync(pidFile(cluster))) return undefined;
  const lines = (await readFile(pidFile(cluster), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/**
 * Whether a process is Postgres in this very data folder: its command line says so. Process numbers are given out again,
 * and one that ended may keep its number, without a command line, until somebody asks for its status.
 */
async function serves(pid: number, cluster: Cluster): Promise<boolean> {
  const command = await commandLine(pid);
  return command.includes('postgres') && command.includes(cluster.data);
}

async function commandLine(pid: number): Promise<string> {
  if (!Number.isSafeInteger(pid) || pid <= 1) return '';
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
