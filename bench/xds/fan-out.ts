import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigStore } from '../../src/xds';
import type { Delivery } from '../../src/xds/server/protocol';
import { encodeDelivery } from '../../src/xds/server/wire';
import { Session } from '../../src/xds/server/session';
import { Rejections } from '../../src/xds/server/rejections';
import { Product } from '../../tests/support/product';
import pino from 'pino';
import { percentile } from '../statistics';
import { startClients } from './client-process';
import { machineClock } from './clients';
import { seedServices, startDatabase } from './database';
import { manyServices, oneService } from './model';
import { figure, spread } from './report';
import { startServer } from './server';

const CLUSTERS = 5_000;
const BARS = [
  [1, 5],
  [50, 50],
] as const;
const ROUNDS = 60;
const WARM_UP = 20;
const PAUSE_MS = 30;
const MOST_BYTES = 1_024;

/** One changed endpoint of 5,000 clusters until the last of 1 and of 50 clients has it. */
export async function measureFanOut(): Promise<boolean> {
  const results: boolean[] = [];
  for (const [clients, most] of BARS) results.push(await fromUpdate(clients, most));
  results.push(bytesOfOneChange());
  for (const [clients] of BARS) await fromCommit(clients);
  return results.every(Boolean);
}

async function fromUpdate(clients: number, most: number): Promise<boolean> {
  const { configs, xds } = await startServer();
  const model = manyServices(CLUSTERS);
  configs.update([{ model, services: 'all' }], []);
  const group = await startClients({ port: xds.port, proxy: 'gw', clients, clusters: CLUSTERS });
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    await sleep(PAUSE_MS);
    const got = group.next();
    const started = machineClock();
    changeWeight(configs, model, 1 + ((round * 61) % CLUSTERS), 101 + round);
    const last = Math.max(...(await got)) - started;
    if (round >= WARM_UP) samples.push(last);
  }
  await group.stop();
  await xds.stop();
  const isMet = figure(`from the update to the last of ${clients} clients, p50`, percentile(samples, 0.5), { most });
  spread('  the same', samples);
  return isMet;
}

function changeWeight(configs: ConfigStore, model: ReturnType<typeof manyServices>, id: number, weight: number): void {
  const services = model.services as Map<number, ReturnType<typeof oneService>>;
  services.set(id, oneService(id, weight));
  configs.update([{ model: { ...model, version: String(weight) }, services: new Set([id]) }], []);
}

/** What a client is sent of one changed weight, as a message on its stream. */
function bytesOfOneChange(): boolean {
  const configs = startConfigs();
  const sent: Delivery[] = [];
  const { config } = configs.open('gw');
  const session = new Session(config, 'delta', {
    send: (delivery) => sent.push(delivery),
    now: () => performance.now(),
    after: () => () => undefined,
    log: pino({ level: 'silent' }),
    rejections: new Rejections(),
    client: 'bench/1',
    onMoved: () => undefined,
  });
  const model = manyServices(CLUSTERS);
  configs.update([{ model, services: 'all' }], []);
  const names = [...config.targets.endpoint.keys()];
  const ask = { rejection: undefined, has: new Map<string, string>() };
  session.onRequest({ ...ask, kind: 'endpoint', nonce: '', asks: { subscribe: names, unsubscribe: [] } });
  session.onRequest({ ...ask, kind: 'endpoint', nonce: '1', asks: { subscribe: [], unsubscribe: [] } });
  sent.length = 0;
  changeWeight(configs, model, 17, 7);
  const bytes = sent.reduce((sum, delivery) => sum + encodeDelivery('delta', delivery).length, 0);
  session.close();
  return figure('bytes that a client is sent of it', bytes, { most: MOST_BYTES }, 'B');
}

function startConfigs(): ConfigStore {
  const listen = { listenHost: '127.0.0.1', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443 };
  return new ConfigStore({ ...listen, proxyName: 'gw' });
}

/** The same on the whole product, from the answer to a COMMIT. */
async function fromCommit(clients: number): Promise<void> {
  const database = await startDatabase();
  const product = await Product.prepare({ DATABASE_URL: database.url, LOG_LEVEL: 'warn', ENVOY: 'off' });
  try {
    await seedServices(database.pool, CLUSTERS, 20_000);
    await product.start();
    const group = await startClients({ port: product.ports.xds, proxy: 'gw', clients, clusters: CLUSTERS });
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      await sleep(PAUSE_MS);
      const got = group.next();
      const port = 20_001 + round;
      await database.pool.query('UPDATE saaras_db.upstream SET upstream_port = $1 WHERE upstream_name = $2', [
        port,
        `seed-${1 + ((round * 61) % CLUSTERS)}`,
      ]);
      const committed = machineClock();
      const last = Math.max(...(await got)) - committed;
      if (round >= WARM_UP) samples.push(last);
    }
    await group.stop();
    spread(`from the commit, the whole product, to the last of ${clients} clients`, samples);
  } finally {
    await product.dispose();
    await database.stop();
  }
}
