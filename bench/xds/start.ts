import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../../tests/support/product';
import { percentile } from '../statistics';
import { startClients } from './client-process';
import { machineClock } from './clients';
import { seedServices, startDatabase } from './database';
import { figure, spread } from './report';

const SERVICES = 5_000;
const ROUNDS = 5;
/** What a process of clients needs to be up and dialling. */
const CLIENTS_UP_MS = 3_000;

/** From the start of the process to when a client that waits has all clusters and endpoints. The database runs already. */
export async function measureStart(): Promise<boolean> {
  const database = await startDatabase();
  const samples: number[] = [];
  try {
    await seedServices(database.pool, SERVICES, 20_000);
    for (let round = 0; round < ROUNDS; round += 1) {
      const product = await Product.prepare({ DATABASE_URL: database.url, LOG_LEVEL: 'warn', ENVOY: 'off' });
      const clients = startClients({ port: product.ports.xds, proxy: 'gw', clients: 1, clusters: SERVICES });
      await sleep(CLIENTS_UP_MS);
      const started = machineClock();
      await product.start();
      const { readyAt, stop } = await clients;
      samples.push(readyAt - started);
      await stop();
      await product.dispose();
    }
  } finally {
    await database.stop();
  }
  spread('start to the last of 5,000 clusters and endpoints', samples);
  return figure('the same, p50', percentile(samples, 0.5), { most: 3_000 });
}
