import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../src/root';

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const TSX = ['--enable-source-maps', '--import', 'tsx'];
/** /proc counts processor time in these a second. */
const TICKS = 100;

/** Starts a program of Node; it is up when it has printed a line with `:port` or `on port`. */
export async function startServer(program: string, environment: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, [...(program.endsWith('.ts') ? TSX : []), path.join(ROOT, program)], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child, program);
  return {
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      clearTimeout(force);
    },
  };
}

function portOf(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /(?:on |:)(\d{4,5})\b/.exec(text)?.[1];
      if (port) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * So many connections, each sending one request after the other. By `wrk`, which leaves more of the processor to the servers
 * than any program of Node would.
 * @throws Error when an answer is none of data
 */
export async function load(port: number, url: string, body: string, connections: number, seconds: number): Promise<LoadResult> {
  const address = `http://127.0.0.1:${port}${url}`;
  await mustAnswerData(address, body);
  const script = path.join(ROOT, 'bench/graphql/load.lua');
  const limits = ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`];
  const { stdout } = await promisify(execFile)('wrk', [...limits, '--script', script, address, '--', body]);
  const { failed, ...result } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as LoadResult & { failed: number };
  if (failed > 0) throw new Error(`${failed} of ${result.requests} requests to ${url} failed`);
  return result;
}

async function mustAnswerData(address: string, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: body.replaceAll('CONNECTION', '0') });
  const text = await response.text();
  if (response.status !== 200 || !text.startsWith('{"data":{'))
    throw new Error(`${address} answers no data: ${text.slice(0, 500)}`);
}

/** The processor time of a process, in seconds. */
export function processorTime(pid: number): number {
  const fields = statOf(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS : 0;
}

/** That of a Postgres server: of the postmaster, the backends that it has, and those that it had. */
export function postgresTime(postmaster: number): number {
  const own = statOf(postmaster);
  const ended = own ? (Number(own[13]) + Number(own[14])) / TICKS : 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statOf(pid)?.[1]) === postmaster);
  return [postmaster, ...children].reduce((sum, pid) => sum + processorTime(pid), ended);
}

/** The resident memory of a process and the most that it had, in bytes. */
export function memoryOf(pid: number): { resident: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { resident: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024 };
}

/** The fields of /proc/pid/stat after the program's name; undefined when the process is gone. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
