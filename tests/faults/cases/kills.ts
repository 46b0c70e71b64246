import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { send } from '../world/http';
import { Random } from '../world/random';
import { Traffic } from '../world/traffic';
import type { World } from '../world/world';
import { Writers } from '../world/writers';
import type { CaseOptions, Row } from './case';
import { inSeconds, row } from './case';

/** How soon after its recovery everything is to be everywhere. */
const WITHIN_MS = 5_000;
/** What is broken off of an Envoy's connections when it is killed, and until all is well again, is nobody's fault. */
const AFTER_A_KILL_MS = 3_000;

/** Something that can be killed and comes back. */
interface Target {
  readonly name: string;
  kill(): Promise<void>;
  /** Resolves when it is back. */
  recover(): Promise<void>;
}

/**
 * kill -9 of any instance, of Postgres and of Envoys at random moments under writes and traffic. After each, when what was killed
 * is back, every acknowledged write is to be on every Envoy and in the database within 5 s.
 */
export async function kills(
  world: World,
  { seed, tell }: CaseOptions,
  count: number,
  others: readonly Target[] = [],
): Promise<Row> {
  const random = new Random(seed);
  const targets: readonly Target[] = [...targetsOf(world), ...others];
  const writers = new Writers(world, seed);
  const traffic = new Traffic(world);
  const failures: string[] = [];
  const took: number[] = [];
  const envoyKills: number[] = [];
  const killed = new Map<string, number>();
  await writers.prepare();
  writers.start(6, 30);
  traffic.start(100);
  for (let done = 0; done < count; done += 1) {
    const target = random.of(targets);
    await sleep(random.below(400));
    await target.kill();
    const kind = target.name.replace(/[ -]\d+$/, '');
    if (kind === 'Envoy') envoyKills.push(performance.now());
    killed.set(kind, (killed.get(kind) ?? 0) + 1);
    await sleep(random.below(1_000));
    try {
      await target.recover();
      const ms = await world.settled(WITHIN_MS);
      took.push(ms);
      tell(`${done + 1} of ${count}: ${target.name} killed, all is everywhere ${inSeconds(ms)} after it is back`);
    } catch (error) {
      failures.push(`kill ${done + 1}, ${target.name}: ${(error as Error).message}`);
      tell(`${done + 1} of ${count}: ${target.name} killed: ${(error as Error).message}`);
      await world.settled(60_000);
    }
  }
  await writers.stop();
  await traffic.stop();
  await eventually(async () => {
    const faults = [...(await world.faultsInDatabase()), ...(await writers.faults())];
    if (faults.length > 0) throw new Error(faults.join('; '));
  }, WITHIN_MS).catch((error: Error) => failures.push(error.message));
  await world.settled(WITHIN_MS).catch((error: Error) => failures.push(`at the end: ${error.message}`));
  const unexplained = traffic.broken.filter(
    ({ at }) => !envoyKills.some((killedAt) => at > killedAt - AFTER_A_KILL_MS && at < killedAt + AFTER_A_KILL_MS),
  );
  failures.push(...traffic.wrong.slice(0, 5).map((text) => `a wrong answer: ${text}`));
  failures.push(...unexplained.slice(0, 5).map(({ reason }) => `a broken connection without an Envoy killed: ${reason}`));
  failures.push(...writers.unclear.slice(0, 5).map((text) => `an unclear answer: ${text}`));
  const { fates, increments, created } = writers;
  const acknowledged = fates.acknowledged + increments.acknowledged + created.acknowledged.length;
  const unknown = fates.unknown + increments.unknown + created.unknown.length;
  const refused = fates.refused + increments.refused + created.refused.length;
  const kinds = [...killed].map(([kind, times]) => `${times} ${kind}`).join(', ');
  return row(
    `kill -9 × ${count} (${kinds})`,
    `${acknowledged} writes acknowledged, ${refused} refused, ${unknown} unknown; everywhere after at most ${inSeconds(Math.max(...took, 0))}; ` +
      `${traffic.requests} requests, ${traffic.wrong.length} wrong, ${traffic.broken.length} broken off by Envoys that were killed`,
    failures,
  );
}

function targetsOf({ instances, postgres, envoys }: World): Target[] {
  return [
    ...instances.map((instance, index): Target => ({
      name: `instance ${index}`,
      kill: () => instance.kill(),
      recover: () => instance.start(),
    })),
    // As often as the instances together.
    ...instances.map((): Target => ({
      name: 'Postgres',
      kill: () => postgres.kill(),
      recover: () => postgres.start(),
    })),
    ...envoys.map((envoy, index): Target => ({
      name: `Envoy ${index}`,
      kill: () => envoy.kill(),
      recover: async () => {
        await envoy.start();
        await envoy.ready(10_000);
      },
    })),
  ];
}

/** Whether an instance takes writes. */
export async function takesWrites(port: number): Promise<boolean> {
  const outcome = await send({
    port,
    method: 'POST',
    path: '/proxy',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'name=gw',
  });
  return outcome.kind === 'answer' && outcome.status < 300;
}
