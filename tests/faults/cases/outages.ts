import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { answerConfig } from '../world/answers';
import { form } from '../world/http';
import type { Outcome } from '../world/http';
import { Traffic } from '../world/traffic';
import type { World } from '../world/world';
import type { CaseOptions, Row } from './case';
import { inSeconds, row } from './case';

const CAUGHT_UP_WITHIN_MS = 10_000;
/** Values longer than what is free in a page make a table grow. */
const LARGE = `--${'x'.repeat(200_000)}`;

/** The last models are on disk by then. */
const KEPT_WITHIN_MS = 8_000;

/** Existing connections of all instances fall silent; what is then written by others is to be everywhere within 10 s. */
export async function silentCut(world: World, { tell }: CaseOptions, times: number): Promise<Row> {
  return during(world, `listener connection cut silently × ${times}`, async (failures) => {
    const took: number[] = [];
    for (let done = 0; done < times; done += 1) {
      world.wire.freeze();
      await writeBySql(world, world.postgres.query.bind(world.postgres));
      await settle(world, took, failures);
      tell(`cut ${done + 1} of ${times}: caught up after ${inSeconds(took.at(-1) ?? 0)}`);
      await writesPass(world, failures);
    }
    return `caught up after at most ${inSeconds(Math.max(...took))}`;
  });
}

/** The primary goes without a word, and its address leads to a copy of it. */
export async function failover(world: World, { tell }: CaseOptions): Promise<Row> {
  return during(world, 'Postgres failover to a promoted standby', async (failures) => {
    const took: number[] = [];
    world.wire.isSilent = true;
    world.wire.freeze();
    await world.postgres.stop();
    const former = world.postgres;
    world.postgres = await former.coldCopy();
    await world.postgres.start();
    await writeBySql(world, world.postgres.query.bind(world.postgres));
    world.wire.lead(world.postgres.port);
    await settle(world, took, failures);
    tell(`failover: caught up after ${inSeconds(took[0] ?? 0)}`);
    await writesPass(world, failures);
    await former.dispose();
    return `caught up ${inSeconds(took[0] ?? 0)} after the new primary could be reached`;
  });
}

export async function diskFull(world: World, options: CaseOptions): Promise<Row> {
  const fault = 'database full';
  if (!world.postgres.hasOwnVolume) return row(`${fault} (left out: no right to mount a small file system)`, '', []);
  return refusing(
    world,
    options,
    fault,
    () => world.postgres.fill(),
    () => world.postgres.makeRoom(),
  );
}

export async function readOnly(world: World, options: CaseOptions): Promise<Row> {
  const set = async (isReadOnly: boolean): Promise<void> => {
    await world.postgres.query(`ALTER SYSTEM SET default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`);
    await world.postgres.query('SELECT pg_reload_conf()');
    await sleep(500);
  };
  return refusing(
    world,
    options,
    'database read-only',
    () => set(true),
    () => set(false),
  );
}

/** All connections of the pools wait for a lock that somebody holds. */
export async function poolExhausted(world: World, options: CaseOptions): Promise<Row> {
  let unlock = (): void => undefined;
  const hold = async (): Promise<void> => {
    const until = new Promise<void>((resolve) => (unlock = resolve));
    await world.postgres.holding('LOCK TABLE saaras_db.globalconfig IN ACCESS EXCLUSIVE MODE', until);
    const fields = { globalconfig_name: 'locked', globalconfig_type: 'globalconfig_ratelimit' };
    for (const { ports } of world.instances)
      for (let index = 0; index < 40; index += 1) void form(ports.admin, 'POST', '/globalconfig', fields);
    await sleep(500);
  };
  return refusing(world, options, 'connection pool exhausted', hold, () => unlock());
}

/** Each message to the database is a second late. */
export async function slow(world: World, { tell }: CaseOptions, seconds: number): Promise<Row> {
  return during(world, 'database slow (1 s a statement)', async (failures) => {
    world.wire.delayMs = 1_000;
    const outcomes: Outcome[] = [];
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      const all = world.instances.map(({ ports }, index) => write(world, `k${index}`, ports.admin));
      outcomes.push(...(await Promise.all(all)));
    }
    await settle(world, [], failures, 30_000);
    world.wire.delayMs = 0;
    const started = performance.now();
    await writesPass(world, failures);
    const longest = Math.max(...outcomes.map(({ ms }) => ms));
    const passed = outcomes.filter((outcome) => outcome.kind === 'answer' && outcome.status < 300).length;
    failures.push(...outcomes.flatMap((outcome) => (isClear(outcome) ? [] : [`an unclear answer: ${JSON.stringify(outcome)}`])));
    tell(`slow: ${passed} of ${outcomes.length} writes passed`);
    return `${passed} of ${outcomes.length} writes passed, the longest took ${inSeconds(longest)}; well ${inSeconds(performance.now() - started)} after`;
  });
}

/** Instances and Envoys that start while Postgres is away. */
export async function startWithoutDatabase(world: World, { tell }: CaseOptions): Promise<Row> {
  return during(world, 'Postgres away while instances and Envoys start', async (failures) => {
    await sleep(KEPT_WITHIN_MS);
    await world.postgres.stop();
    await Promise.all(world.instances.map((instance) => instance.kill()));
    const envoy = world.envoys[0]!;
    await envoy.kill();
    await Promise.all(world.instances.map((instance) => instance.start()));
    const started = performance.now();
    await envoy.start();
    await envoy.ready(20_000);
    const ready = performance.now() - started;
    await world.settled(5_000);
    tell(`the Envoy has the last snapshot ${inSeconds(ready)} after its start`);
    for (const { ports } of world.instances) {
      const outcome = await write(world, 'k0', ports.admin);
      if (!isRefusal(outcome)) failures.push(`a write without a database: ${JSON.stringify(outcome)}`);
    }
    await world.postgres.start();
    const back = performance.now();
    await writesPass(world, failures);
    return `the Envoy had the last snapshot after ${inSeconds(ready)}, writes were refused, all was well ${inSeconds(performance.now() - back)} after Postgres was back`;
  });
}

/** Runs a fault under traffic, which is never to notice. */
async function during(world: World, fault: string, run: (failures: string[]) => Promise<string>): Promise<Row> {
  const failures: string[] = [];
  const traffic = new Traffic(world);
  traffic.start(50);
  let measured = '';
  try {
    measured = await run(failures);
  } catch (error) {
    failures.push((error as Error).message);
  }
  await world.postgres.start();
  await traffic.stop();
  failures.push(...traffic.wrong.slice(0, 5).map((text) => `a wrong answer: ${text}`));
  failures.push(...(await world.faultsInDatabase()));
  return row(fault, `${measured}; ${traffic.requests} requests, ${traffic.wrong.length} wrong`, failures);
}

/** A fault under which writes are refused, until it is taken away. */
async function refusing(
  world: World,
  { tell }: CaseOptions,
  fault: string,
  begin: () => Promise<void> | void,
  end: () => Promise<void> | void,
): Promise<Row> {
  return during(world, fault, async (failures) => {
    await begin();
    const outcomes: Outcome[] = [];
    for (let round = 0; round < 3; round += 1) {
      const asked = world.instances.map(({ ports }, index) => {
        const filter_name = `large-${fault}-${round}-${index}`;
        return form(ports.admin, 'POST', '/filter', { filter_name, filter_type: 'http_filter_lua', filter_config: LARGE });
      });
      outcomes.push(...(await Promise.all(asked)));
    }
    for (const outcome of outcomes)
      if (!isRefusal(outcome)) failures.push(`no refusal: ${JSON.stringify(outcome).slice(0, 300)}`);
    await world.settled(5_000);
    await end();
    const ended = performance.now();
    await writesPass(world, failures);
    const longest = Math.max(...outcomes.map(({ ms }) => ms));
    const well = performance.now() - ended;
    tell(`${fault}: writes refused, well after ${inSeconds(well)}`);
    const refused = outcomes.filter(isRefusal).length;
    return `${refused} of ${outcomes.length} writes refused within ${inSeconds(longest)}, well ${inSeconds(well)} after its end`;
  });
}

/** Writes pass at every instance, and come to every Envoy. */
async function writesPass(world: World, failures: string[]): Promise<void> {
  for (const [index, { ports }] of world.instances.entries()) {
    await eventually(async () => {
      const outcome = await write(world, `k${index}`, ports.admin);
      if (outcome.kind !== 'answer' || outcome.status >= 300) throw new Error(`no write passes: ${JSON.stringify(outcome)}`);
    }, CAUGHT_UP_WITHIN_MS).catch((error: Error) => failures.push(error.message));
  }
  await settle(world, [], failures);
}

async function write(world: World, key: string, port: number): Promise<Outcome> {
  const number = world.ledger.begin(key);
  const outcome = await form(port, 'POST', `/filter/${key}/config`, { Config: answerConfig(key, number) });
  if (outcome.kind === 'answer' && outcome.status < 300) world.ledger.acknowledge(key, number);
  else if (isRefusal(outcome) && !outcome.body.includes('outcome_unknown')) world.ledger.refuse(key, number);
  return outcome;
}

/** What others write, past the instances. */
async function writeBySql(world: World, query: (sql: string, values: unknown[]) => Promise<unknown>): Promise<void> {
  const key = world.ledger.keys.at(-1)!;
  const number = world.ledger.begin(key);
  await query('UPDATE saaras_db.filter SET filter_config = $2 WHERE filter_name = $1', [key, answerConfig(key, number)]);
  world.ledger.acknowledge(key, number);
}

async function settle(world: World, took: number[], failures: string[], withinMs = CAUGHT_UP_WITHIN_MS): Promise<void> {
  try {
    took.push(await world.settled(withinMs));
  } catch (error) {
    failures.push(`not caught up after ${inSeconds(withinMs)}: ${(error as Error).message}`);
    took.push(withinMs + (await world.settled(60_000)));
  }
}

/** 503 with the time after which to try again, and what is wrong in words and by code. */
function isRefusal(outcome: Outcome): outcome is Outcome & { kind: 'answer' } {
  if (outcome.kind !== 'answer' || outcome.status !== 503 || !outcome.headers['retry-after']) return false;
  const { error, code } = JSON.parse(outcome.body) as { error?: string; code?: string };
  return Boolean(error) && Boolean(code);
}

function isClear(outcome: Outcome): boolean {
  return (outcome.kind === 'answer' && outcome.status < 300) || isRefusal(outcome);
}
