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
import type { Kind } from './propagate';
import { machine, percentile } from './statistics';
import { figure, spread } from './xds/report';

const sizes = (process.argv[2] ?? '10,3000,10000').split(',').map(Number);
const rounds = Number(process.argv[3] ?? 200);
/** Milliseconds, and of the smallest size. */
const MOST = { p50: 10, p99: 40, times: 2, controlPlane: 4, controlPlaneTimes: 1.5 } as const;

/** At one size: milliseconds of each kind of write, and the median of the control plane's part of all of them. */
interface Measured {
  readonly size: number;
  readonly samples: Record<Kind, number[]>;
  readonly controlPlane: number;
}

async function measure(bench: Propagation, size: number): Promise<Measured> {
  const before = await pushed(bench.product);
  const samples = await bench.measure(size, rounds);
  const after = await pushed(bench.product);
  return { size, samples, controlPlane: medianBetween(before, after) * 1000 };
}

/** The cumulated buckets, by their upper ends in seconds, of the time from a commit to the bytes on the stream. */
async function pushed(product: Product): Promise<ReadonlyMap<number, number>> {
  const { body } = await product.call('GET', '/metrics');
  const lines = body.matchAll(/^enroute_change_push_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, end, count]) => [end === '+Inf' ? Infinity : Number(end), Number(count)]));
}

/** By interpolation in the bucket that has it. */
function medianBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  const counts = [...after].map(([end, count]) => [end, count - (before.get(end) ?? 0)] as const);
  const half = (counts.at(-1)?.[1] ?? 0) / 2;
  let [from, below] = [0, 0];
  for (const [end, count] of counts) {
    if (count >= half) return from + ((end - from) * (half - below)) / (count - below);
    [from, below] = [end, count];
  }
  return NaN;
}

function report({ size, samples, controlPlane }: Measured, smallest: Measured): boolean {
  const isMet: boolean[] = [];
  const against = (what: string, value: number, most: number, unit?: string): unknown =>
    isMet.push(figure(`${size} services, ${what}`, value, { most }, unit));
  for (const [kind, values] of Object.entries(samples) as [Kind, number[]][]) {
    const median = percentile(values, 0.5);
    against(`${kind}, p50`, median, MOST.p50);
    against(`${kind}, p99`, percentile(values, 0.99), MOST.p99);
    against(`${kind}, p50 to that of ${smallest.size}`, median / percentile(smallest.samples[kind], 0.5), MOST.times, '×');
  }
  against('commit to bytes on the stream, p50', controlPlane, MOST.controlPlane);
  against(`the same to that of ${smallest.size}`, controlPlane / smallest.controlPlane, MOST.controlPlaneTimes, '×');
  return isMet.every(Boolean);
}

async function main(): Promise<void> {
  const [a, b] = await Promise.all([startHttpServer({ name: 'a' }), startHttpServer({ name: 'b' })]);
  const product = await Product.start({ LOG_LEVEL: 'warn' });
  try {
    const bench = new Propagation(product, a, b);
    console.log(`Propagation, REST answer to first request that shows it, ${rounds} writes of a kind. ${machine()}`);
    await bench.prepare();
    const all: Measured[] = [];
    for (const size of sizes) {
      await bench.seed(all.at(-1)?.size ?? 0, size);
      // What seeding left behind, in Postgres above all, is not what is measured.
      await sleep(5_000);
      const measured = await measure(bench, size);
      for (const [kind, values] of Object.entries(measured.samples)) spread(`${size} services, ${kind}`, values);
      all.push(measured);
    }
    const [smallest, ...larger] = all;
    const isMet = larger.map((measured) => report(measured, smallest!));
    console.log(machine());
    if (!isMet.every(Boolean)) throw new Error('a bar is missed');
  } finally {
    await product.dispose();
    await Promise.all([a.stop(), b.stop()]);
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
