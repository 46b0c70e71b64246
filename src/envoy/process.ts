import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A process that cannot be mistaken for a later one with the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the operating system's own form; only compared for equality. */
  readonly started: string;
}

/** What runs under `pid`, with its command line; undefined when nothing does, or only a zombie. */
export async function processOf(pid: number): Promise<(ProcessIdentity & { readonly command: string }) | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await processOf(pid))?.started === started;
}

/** Asks the process to end (SIGTERM) and insists (SIGKILL) after `patienceMs`; resolves when it is gone. */
export async function terminate(target: ProcessIdentity, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  if (!(await isRunning(target))) return;
  signal(target.pid, 'SIGTERM');
  while (await isRunning(target)) {
    if (Date.now() > deadline) signal(target.pid, 'SIGKILL');
    await sleep(20);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `/proc/<pid>/stat` (proc(5)): state is field 3, the start in clock ticks since boot field 22, after the name in brackets. */
async function fromProc(pid: number): ReturnType<typeof processOf> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, started] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' || !started
      ? undefined
      : { pid, started, command: command.split('\0').join(' ').trim() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** For macOS. In the C locale lstart is a date such as `Sun Nov 22 23:47:10 2026`. */
async function fromPs(pid: number): ReturnType<typeof processOf> {
  const lines = await promisify(execFile)(
    '/bin/ps',
    ['-ww', '-o', 'stat=', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)],
    { env: { LC_ALL: 'C' } },
  ).then(
    ({ stdout }) => stdout.trim(),
    (error: { code?: unknown }) => {
      if (error.code === 1) return ''; // No such process.
      throw error;
    },
  );
  const found = /^(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(lines);
  return found && !found[1]?.startsWith('Z') ? { pid, started: found[2] ?? '', command: found[3] ?? '' } : undefined;
}
