import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../src/root';
import type { Report } from './clients';

/** Delta clients in a process of their own. */
export interface Clients {
  /** When all had their endpoints first, of the machine's clock. */
  readonly readyAt: number;
  /** Until each client has got endpoints again: when each did. */
  next(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

export interface ClientsOptions {
  readonly port: number;
  readonly proxy: string;
  readonly clients: number;
  /** Of each client. */
  readonly clusters: number;
  /** Each client is a proxy of its own, `proxy` and its number. */
  readonly isOwn?: boolean;
}

const ANSWER_WITHIN_MS = 120_000;

/** Resolves when all clients have everything. */
export async function startClients({ port, proxy, clients, clusters, isOwn = false }: ClientsOptions): Promise<Clients> {
  const program = path.join(ROOT, 'bench/xds/clients.ts');
  const args = [port, proxy, clients, clusters, isOwn ? 'own' : 'shared'].map(String);
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['pipe', 'pipe', 'inherit'], cwd: ROOT });
  let times = new Map<number, number>();
  let onReady: (at: number) => void = () => undefined;
  let onAll: (times: readonly number[]) => void = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const report = JSON.parse(line) as Report;
    if (report.kind === 'ready') onReady(report.at);
    else if (times.set(report.client, report.at).size === clients) {
      const all = [...times.values()];
      times = new Map();
      onAll(all);
    }
  });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('the clients ended')));
  const within = <T>(promise: Promise<T>): Promise<T> => Promise.race([promise, failed, timeout()]) as Promise<T>;
  failed.catch(() => undefined);
  const readyAt = await within(new Promise<number>((resolve) => (onReady = resolve)));
  return {
    readyAt,
    next: () => within(new Promise((resolve) => (onAll = resolve))),
    stop: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the clients did not get it within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS).unref();
  });
}
