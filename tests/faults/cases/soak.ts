import { setTimeout as sleep } from 'node:timers/promises';
import { residentOf } from '../world/memory';
import { Traffic } from '../world/traffic';
import type { World } from '../world/world';
import { Writers } from '../world/writers';
import type { CaseOptions, Row } from './case';
import { percentile, row } from './case';

const WRITES_A_SECOND = 50;
const REQUESTS_A_SECOND = 500;
const MOST = 1.5;
/** Compilers and caches are warm after that part of the time. */
const WARM_UP_SECONDS = 15;

interface Sample {
  readonly at: number;
  /** Of all instances, in megabytes. */
  readonly resident: number;
}

/**
 * Writes and traffic for a time: memory and latency of its last third against those of its first.
 * @param unrestMs by how much a machine's own unrest may move a median; four times that a 95th percentile
 */
export async function soak(world: World, { seed, tell }: CaseOptions, seconds: number, unrestMs: number): Promise<Row> {
  const warm = new Writers(world, seed);
  await warm.atRate(WRITES_A_SECOND, Math.min(WARM_UP_SECONDS, seconds / 3));
  await warm.stop();
  const writers = new Writers(world, seed + 1);
  const traffic = new Traffic(world, { keepAlive: true });
  const samples: Sample[] = [];
  const started = performance.now();
  const sampling = setInterval(() => samples.push({ at: performance.now(), resident: residentOf(world) }), 500);
  traffic.start(REQUESTS_A_SECOND);
  await writers.atRate(WRITES_A_SECOND, seconds);
  await traffic.stop();
  clearInterval(sampling);
  await writers.stop();
  const ended = performance.now();
  await sleep(1_000);
  const settled = await world.settled(5_000);

  const third = (ended - started) / 3;
  const parts = <T extends { readonly at: number }>(values: readonly T[]): readonly [T[], T[]] => [
    values.filter(({ at }) => at >= started && at < started + third),
    values.filter(({ at }) => at >= ended - third),
  ];
  const failures: string[] = [];
  const compare = (what: string, unit: string, first: number, last: number, unrest: number): string => {
    if (last > Math.max(first * MOST, first + unrest))
      failures.push(`${what} grew from ${first.toFixed(1)} to ${last.toFixed(1)} ${unit}`);
    return `${what} ${first.toFixed(1)} → ${last.toFixed(1)} ${unit}`;
  };
  const [firstWrites, lastWrites] = parts(writers.times).map((values) => values.map(({ ms }) => ms));
  const [firstRequests, lastRequests] = parts(traffic.times).map((values) => values.map(({ ms }) => ms));
  const [firstSamples, lastSamples] = parts(samples).map((values) => values.map(({ resident }) => resident));
  const measured = [
    compare('memory of the instances', 'MB', percentile(firstSamples ?? [], 0.5), percentile(lastSamples ?? [], 0.5), 0),
    compare('writes median', 'ms', percentile(firstWrites ?? [], 0.5), percentile(lastWrites ?? [], 0.5), unrestMs),
    compare('p95', 'ms', percentile(firstWrites ?? [], 0.95), percentile(lastWrites ?? [], 0.95), 4 * unrestMs),
    compare('requests median', 'ms', percentile(firstRequests ?? [], 0.5), percentile(lastRequests ?? [], 0.5), unrestMs),
    compare('p95', 'ms', percentile(firstRequests ?? [], 0.95), percentile(lastRequests ?? [], 0.95), 4 * unrestMs),
  ].join(', ');
  const { fates } = writers;
  if (fates.refused + fates.unknown > 0)
    failures.push(`${fates.refused} writes refused, ${fates.unknown} unknown: ${writers.unclear[0] ?? ''}`);
  failures.push(...traffic.wrong.slice(0, 3).map((text) => `a wrong answer: ${text}`));
  failures.push(...traffic.broken.slice(0, 3).map(({ reason }) => `a broken connection: ${reason}`));
  failures.push(...(await world.faultsInDatabase()));
  tell(measured);
  const rate = Math.round(traffic.requests / ((ended - started) / 1000));
  return row(
    `${seconds} s at ${WRITES_A_SECOND} writes/s and ${REQUESTS_A_SECOND} requests/s`,
    `${fates.acknowledged} writes, ${traffic.requests} requests (${rate}/s), ${traffic.wrong.length + traffic.broken.length} errors; ${measured}; all Envoys level ${settled.toFixed(0)} ms after`,
    failures,
  );
}
