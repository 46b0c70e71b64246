import type { CaseOptions, Row } from './cases/case';
import { conflicts } from './cases/conflicts';
import { hostile } from './cases/hostile';
import { kills } from './cases/kills';
import { diskFull, failover, poolExhausted, readOnly, silentCut, slow, startWithoutDatabase } from './cases/outages';
import { soak } from './cases/soak';
import { RedisServer } from './world/redis';
import { World } from './world/world';

/** How much is done of what can be done more or less often. */
export interface Scale {
  readonly kills: number;
  readonly hostileRequests: number;
  readonly soakSeconds: number;
  /** By how much latency may grow of itself, in milliseconds. */
  readonly unrestMs: number;
  readonly conflictingWrites: number;
  readonly cuts: number;
  readonly slowSeconds: number;
}

export const WHOLE: Scale = {
  kills: 60,
  hostileRequests: 100_000,
  soakSeconds: 300,
  unrestMs: 5,
  conflictingWrites: 10_000,
  cuts: 3,
  slowSeconds: 20,
};
/** What is tried with every test run, where other tests run beside it. */
export const SMALL: Scale = { ...WHOLE, kills: 6, hostileRequests: 5_000, soakSeconds: 30, unrestMs: 50 };

/** A part of the suite, on a world of its own. */
export type Part = (world: World, options: CaseOptions, scale: Scale, redis: RedisServer | undefined) => Promise<readonly Row[]>;

export const PARTS: Readonly<Record<string, Part>> = {
  kills: async (world, options, scale, redis) => [await kills(world, options, scale.kills, redis ? [redis] : [])],
  outages: async (world, options, scale) => [
    await silentCut(world, options, scale.cuts),
    await diskFull(world, options),
    await readOnly(world, options),
    await slow(world, options, scale.slowSeconds),
    await poolExhausted(world, options),
    await startWithoutDatabase(world, options),
    await failover(world, options),
  ],
  conflicts: async (world, options, scale) => [await conflicts(world, options, scale.conflictingWrites)],
  hostile: async (world, options, scale) => [await hostile(world, options, scale.hostileRequests)],
  soak: async (world, options, scale) => [await soak(world, options, scale.soakSeconds, scale.unrestMs)],
};

/** Runs a part; what it cannot come to an end with is a row that does not hold. */
export async function runPart(part: string, options: CaseOptions, scale: Scale): Promise<readonly Row[]> {
  let world: World | undefined;
  let redis: RedisServer | undefined;
  try {
    redis = await RedisServer.start();
    world = await World.create(undefined, redis ? { REDIS_URL: redis.url } : {});
    return await PARTS[part]!(world, options, scale, redis);
  } catch (error) {
    return [
      { fault: part, holds: false, measured: 'did not come to an end', failures: [(error as Error).stack ?? String(error)] },
    ];
  } finally {
    await world?.dispose();
    await redis?.kill();
  }
}
