/**
 * Propagation: the time from the answer of a REST write to the first request through Envoy that shows it, on the whole
 * product (embedded Postgres, real Envoy), at several numbers of services, three of them suffix wildcards.
 *
 *     npm run bench:propagation [-- sizes rounds]      e.g. -- 10,1000,3000 50
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../tests/support/product';
import { startHttpServer } from '../tests/support/http-echo';
import { Propagation } from './propagate';
import { machine, percentile } from './statistics';

const sizes = (process.argv[2] ?? '10,1000,3000').split(',').map(Number);
const rounds = Number(process.argv[3] ?? 50);

async function main(): Promise<void> {
  const [a, b] = await Promise.all([startHttpServer({ name: 'a' }), startHttpServer({ name: 'b' })]);
  const product = await Product.start({ LOG_LEVEL: 'warn' });
  try {
    const bench = new Propagation(product, a, b);
    console.log(`Propagation, REST answer to first request that shows it, ms, ${rounds} writes of a kind. ${machine()}`);
    await bench.prepare();
    let seeded = 0;
    for (const size of sizes) {
      await bench.seed(seeded, size);
      seeded = size;
      // What seeding left behind, in Postgres above all, is not what is measured.
      await sleep(5_000);
      const samples = await bench.measure(size, rounds);
      for (const [kind, values] of Object.entries(samples)) {
        const row = [0.5, 0.9, 0.99].map((p) => `p${p * 100} ${percentile(values, p).toFixed(1).padStart(7)}`).join('  ');
        console.log(`${String(size).padStart(6)} services  ${kind.padEnd(16)} ${row}`);
      }
    }
    console.log(machine());
  } finally {
    await product.dispose();
    await Promise.all([a.stop(), b.stop()]);
  }
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
