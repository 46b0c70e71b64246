import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../src/root';
import { percentile } from '../statistics';
import { startClients } from './client-process';
import { figure, note, spread } from './report';

const CLIENTS = 1_000;
const SERVICES = 100;
const ROUNDS = 15;
const MOST_KILOBYTES = 150;

/** What the server's process tells: `listening` with its port, else what it measured. */
type Told = { readonly port: number } | { readonly bytes: number } | { readonly times: readonly number[] };

/** A server in a process of its own, with the garbage collector at hand; each line asks it for something. */
async function startServerProcess(kind: 'shared' | 'own') {
  const program = path.join(ROOT, 'bench/xds/thousand-server.ts');
  const args = ['--expose-gc', '--import', 'tsx', program, kind, String(CLIENTS), String(SERVICES)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], cwd: ROOT });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const told = async (): Promise<Told> => JSON.parse(String((await lines.next()).value)) as Told;
  const { port } = (await told()) as { port: number };
  return {
    port,
    memory: async () => {
      child.stdin.write('memory\n');
      return ((await told()) as { bytes: number }).bytes;
    },
    /** @returns the milliseconds until each client had acknowledged the change */
    change: async () => {
      child.stdin.write('change\n');
      return ((await told()) as { times: readonly number[] }).times;
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

/**
 * 1,000 clients that are one proxy, whose change goes to all of them at once; and 1,000 proxies of one client each, which
 * share an upstream that changes, so that every proxy's endpoints are made and sent.
 */
export async function measureThousandClients(): Promise<boolean> {
  const results: boolean[] = [];
  for (const kind of ['shared', 'own'] as const) {
    const server = await startServerProcess(kind);
    const before = await server.memory();
    const clients = await startClients({
      port: server.port,
      proxy: kind === 'own' ? 'gw-' : 'gw',
      clients: CLIENTS,
      clusters: SERVICES,
      isOwn: kind === 'own',
    });
    await sleep(2_000);
    const after = await server.memory();
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await sleep(200);
      samples.push(...(await server.change()));
    }
    await clients.stop();
    await server.stop();
    const title = kind === 'own' ? '1,000 proxies of 100 services' : 'one proxy of 100 services';
    results.push(figure(`${title}: acknowledged, p99`, percentile(samples, 0.99), { most: 1_000 }));
    spread('  the same', samples);
    results.push(figure(`${title}: memory a client`, (after - before) / CLIENTS / 1024, { most: MOST_KILOBYTES }, 'KB'));
    note('  the server without clients', before / 2 ** 20, 'MB');
  }
  return results.every(Boolean);
}
