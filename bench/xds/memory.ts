import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Product } from '../../tests/support/product';
import { memoryOf } from '../graphql/processes';
import { startClients } from './client-process';
import { seedServices, startDatabase } from './database';
import { figure, note } from './report';

const SERVICES = 5_000;
const CHANGES = 20_000;
const BATCH = 20;
const QUARTERS = 4;
const MOST_ABOVE = 100;
const MOST_GROWTH = 1.05;
const SETTLE_MS = 3_000;

/**
 * Resident memory of the product's own process, without Envoy, with a delta client: at 5,000 services above the same process
 * with none, and over 20,000 changes of weights and prefixes.
 */
export async function measureMemory(): Promise<boolean> {
  const [empty, full] = [await startDatabase(), await startDatabase()];
  try {
    await seedServices(full.pool, SERVICES, 20_000);
    const none = await residentOf(empty.url, 0, () => Promise.resolve(0));
    note('with no services', none / 2 ** 20, 'MB');
    const quarters: number[] = [];
    const above = await residentOf(full.url, SERVICES, async (resident) => {
      const filled = await resident();
      note('with 5,000 services and routes', filled / 2 ** 20, 'MB');
      for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
        await change(full.pool, quarter);
        await sleep(SETTLE_MS);
        quarters.push(await resident());
        note(`after ${((quarter + 1) * CHANGES) / QUARTERS} changes`, (quarters.at(-1) ?? 0) / 2 ** 20, 'MB');
      }
      return filled;
    });
    const isSmall = figure('5,000 services and routes, above none', (above - none) / 2 ** 20, { most: MOST_ABOVE }, 'MB');
    const growth = (quarters.at(-1) ?? 0) / (quarters.at(-2) ?? 1);
    return figure('the last 5,000 of 20,000 changes, memory ×', growth, { most: MOST_GROWTH }, '') && isSmall;
  } finally {
    await Promise.all([empty.stop(), full.stop()]);
  }
}

/** Starts a product whose garbage collector can be called by a signal, and hands out its resident memory after that. */
async function residentOf(
  url: string,
  clusters: number,
  use: (resident: () => Promise<number>) => Promise<number>,
): Promise<number> {
  const product = await Product.prepare({ DATABASE_URL: url, LOG_LEVEL: 'warn', ENVOY: 'off', NODE_OPTIONS: COLLECTOR });
  await product.start();
  const clients = clusters > 0 ? await startClients({ port: product.ports.xds, proxy: 'gw', clients: 1, clusters }) : undefined;
  const resident = async (): Promise<number> => {
    for (let round = 0; round < 3; round += 1) {
      process.kill(product.pid ?? 0, 'SIGUSR2');
      await sleep(1_000);
    }
    return memoryOf(product.pid ?? 0).resident;
  };
  await sleep(SETTLE_MS);
  const given = await use(resident);
  const result = given === 0 ? await resident() : given;
  await clients?.stop();
  await product.dispose();
  return result;
}

/** Weights and prefixes in turn, a transaction of some of them after the other. */
async function change(pool: pg.Pool, quarter: number): Promise<void> {
  for (let done = 0; done < CHANGES / QUARTERS; done += BATCH) {
    const names = Array.from({ length: BATCH }, (_, index) => `seed-${1 + ((done + index) % SERVICES)}`);
    const isWeight = (done / BATCH) % 2 === 0;
    await (isWeight
      ? pool.query('UPDATE saaras_db.upstream SET upstream_port = $1 WHERE upstream_name = ANY($2)', [20_001 + quarter, names])
      : pool.query(
          `UPDATE saaras_db.route SET route_prefix = $1 FROM saaras_db.service
            WHERE service.service_id = route.service_id AND service_name = ANY($2)`,
          [`/changed-${quarter}`, names],
        ));
    await sleep(10);
  }
}

/** Node's option to call the collector at a signal, without touching the product. */
const COLLECTOR = `--expose-gc --require ${require.resolve('./collect-at-signal.cjs')}`;
