import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../../tests/support/product';
import { seedServices, startDatabase } from './database';
import { figure, note } from './report';

const SERVICES = 200;
const RATE = 200;
const TICK_MS = 10;
const PAUSE_MS = 2_000;
const BACK_WITHIN_MS = 60_000;

/**
 * The whole product under load while it is edited: its control plane killed and started again loses nothing; of an Envoy
 * killed the connections break, and what answers afterwards answers right.
 */
export async function measureRestart(): Promise<boolean> {
  const server = http.createServer({ keepAliveTimeout: 0 }, (_, response) => response.end('ok')).listen(0, '127.0.0.1');
  const database = await startDatabase();
  const product = await Product.prepare({ DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
  try {
    await seedServices(database.pool, SERVICES, (server.address() as { port: number }).port);
    await product.start();
    const load = new SeedLoad(product.ports.http);
    await load.first();
    const [running, editing] = [load.run(), edit(product, load)];
    await sleep(PAUSE_MS);
    await product.kill();
    const killed = performance.now();
    await sleep(PAUSE_MS);
    await product.start();
    note('control plane killed, and up again after', performance.now() - killed);
    await sleep(2 * PAUSE_MS);
    const lost = load.bad.splice(0);
    show(lost);
    const isKept = figure(`control plane killed: bad answers of ${load.requests}`, lost.length, { most: 0 }, 'requests');

    process.kill(envoyOf(product), 'SIGKILL');
    const gone = performance.now();
    await load.first();
    note('Envoy killed, and serving again after', performance.now() - gone);
    await sleep(PAUSE_MS);
    load.isDone = true;
    await Promise.all([running, editing]);
    const wrong = load.bad.filter((failure) => /^\d{3} /.test(failure));
    show(wrong);
    note('Envoy killed: connections broken or refused', load.bad.length - wrong.length, 'requests');
    return figure('Envoy killed: wrong answers', wrong.length, { most: 0 }, 'requests') && isKept;
  } finally {
    await product.dispose();
    await database.stop();
    server.close().closeAllConnections();
  }
}

function show(failures: readonly string[]): void {
  for (const failure of new Set(failures)) console.log(`    ${failures.filter((each) => each === failure).length} × ${failure}`);
}

/** Weights and new routes by REST without pause, as long as there is something to write to. */
async function edit(product: Product, load: SeedLoad): Promise<void> {
  for (let turn = 0; !load.isDone; turn += 1) {
    const name = `seed-${1 + (turn % SERVICES)}`;
    const [method, target, form] =
      turn % 2 === 0
        ? ['PATCH', `/upstream/${name}`, `upstream_weight=${turn % 100}`]
        : ['POST', `/service/${name}/route`, `route_name=more-${turn}&route_prefix=/more-${turn}`];
    await product.call(method ?? '', target ?? '', form).catch(() => undefined);
    await sleep(2 * TICK_MS);
  }
}

function envoyOf({ dataDir }: Product): number {
  return (JSON.parse(readFileSync(path.join(dataDir, 'envoy.pid.json'), 'utf8')) as { envoy: { pid: number } }).envoy.pid;
}

/** So many requests a second to the seeded hosts; every answer but 200 is noted. */
class SeedLoad {
  readonly bad: string[] = [];
  requests = 0;
  isDone = false;
  readonly #agent = new http.Agent({ keepAlive: true, timeout: 20_000 });

  constructor(readonly port: number) {}

  /** Until the last of the hosts is served. */
  async first(): Promise<void> {
    const started = performance.now();
    while ((await this.#ask(SERVICES)) !== undefined) {
      if (performance.now() - started > BACK_WITHIN_MS) throw new Error('the hosts are not served');
      await sleep(TICK_MS);
    }
  }

  async run(): Promise<void> {
    const started = performance.now();
    for (let sent = 0; !this.isDone; await sleep(TICK_MS)) {
      for (const due = ((performance.now() - started) / 1_000) * RATE; sent < due; sent += 1) {
        void this.#ask(1 + (sent % SERVICES)).then((failure) => {
          this.requests += 1;
          if (failure !== undefined) this.bad.push(failure);
        });
      }
    }
    this.#agent.destroy();
  }

  /** @returns what went wrong: a status and its text, or an error of the connection */
  #ask(number: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      const headers = { host: `seed-${number}.test` };
      const request = http.get({ host: '127.0.0.1', port: this.port, headers, agent: this.#agent }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('error', (error) => resolve(error.message));
        response.on('end', () => resolve(response.statusCode === 200 ? undefined : `${response.statusCode} ${body}`));
      });
      request.on('error', (error) => resolve(error.message));
    });
  }
}
