import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { Product } from '../../support/product';
import { answerConfig } from '../world/answers';
import { receive } from '../world/delta-client';
import { form, graphql } from '../world/http';
import type { Outcome } from '../world/http';
import { Random } from '../world/random';
import type { World } from '../world/world';
import type { CaseOptions, Row } from './case';
import { inSeconds, row } from './case';

const CONTESTED = ['k0', 'k1', 'k2', 'k3'];
const PARALLEL = 24;

/**
 * Writes that contend for the same rows, through all instances at once: configurations that are replaced, counters that are
 * added to, and links that are made and undone. What is there at the end is what some order of them gives, and it is on all Envoys.
 */
export async function conflicts(world: World, { seed, tell }: CaseOptions, writes: number): Promise<Row> {
  const failures: string[] = [];
  const random = new Random(seed);
  const agent = new http.Agent({ keepAlive: true });
  await world.postgres.query(`INSERT INTO saaras_db.upstream (upstream_name, upstream_weight) VALUES ('contested', 0)`);
  /** The last replacement of each key, by the number of its change. */
  const last = new Map<string, { version: number; number: number }>();
  let increments = 0;
  const started = performance.now();

  async function writeOne(): Promise<void> {
    const { admin } = random.of(world.instances).ports;
    const dice = random.next();
    if (dice < 0.5) {
      const key = random.of(CONTESTED);
      const number = world.ledger.begin(key);
      const outcome = await form(admin, 'POST', `/filter/${key}/config`, { Config: answerConfig(key, number) }, agent);
      if (!passed(outcome)) return void failures.push(shown(outcome));
      const version = Number(outcome.headers['x-config-version']);
      if (version > (last.get(key)?.version ?? 0)) last.set(key, { version, number });
    } else if (dice < 0.85) {
      const query = `mutation { update_saaras_db_upstream(where: {upstream_name: {_eq: "contested"}}, _inc: {upstream_weight: 1}) { affected_rows } }`;
      const outcome = await graphql(admin, query, {}, agent);
      if (!passed(outcome) || outcome.body.includes('errors')) failures.push(shown(outcome));
      else increments += 1;
    } else {
      const target = `/proxy/gw/service/${random.of(CONTESTED)}-more`;
      const outcome = await form(admin, random.chance(0.5) ? 'POST' : 'DELETE', target, {}, agent);
      // Who comes second with a link is told that it is there.
      if (!passed(outcome) && !(outcome.kind === 'answer' && outcome.status === 409)) failures.push(shown(outcome));
    }
  }

  let left = writes;
  const workers = Array.from({ length: PARALLEL }, async () => {
    while (left > 0) {
      left -= 1;
      await writeOne();
    }
  });
  await Promise.all(workers);
  const took = performance.now() - started;
  agent.destroy();
  tell(`${writes} writes in ${inSeconds(took)}`);
  const [counter] = await world.postgres.query<{ n: number }>(
    `SELECT upstream_weight AS n FROM saaras_db.upstream WHERE upstream_name = 'contested'`,
  );
  if (counter?.n !== increments) failures.push(`${increments} increments were acknowledged, and the counter is ${counter?.n}`);
  for (const [key, { number }] of last) {
    const [stored] = await world.postgres.query<{ config: string }>(
      'SELECT filter_config AS config FROM saaras_db.filter WHERE filter_name = $1',
      [key],
    );
    if (stored?.config !== answerConfig(key, number))
      failures.push(`${key}: the last write was ${number}, and ${stored?.config} is there`);
  }
  const equality = await allEqual(world, failures);
  return row(
    `${world.instances.length} instances × ${writes} conflicting writes`,
    `${Math.round(writes / (took / 1000))} writes/s, ${increments} increments all counted; ${equality}`,
    failures,
  );
}

/** What all Envoys have, against each other and against an instance that has just read the database. */
async function allEqual(world: World, failures: string[]): Promise<string> {
  // The routes of every host together follow when no change came for a second.
  await sleep(3_000);
  const fresh = await Product.start({ DATABASE_URL: world.postgres.url, ENVOY: 'off', ...world.listening });
  try {
    const received = await receive(fresh.ports.xds);
    const resources: ReadonlyMap<string, string> = new Map(
      [...received].flatMap(([kind, versions]) => [...versions].map(([name, version]) => [`${kind} ${name}`, version] as const)),
    );
    for (const { ports } of world.instances) {
      const again = [...(await receive(ports.xds, received))].flatMap(([kind, versions]) =>
        [...versions.keys()].map((name) => `${kind} ${name}`),
      );
      if (again.length > 0) failures.push(`whoever comes from another instance is sent again: ${again.slice(0, 5).join(', ')}`);
    }
    await eventually(async () => {
      const all = await Promise.all(world.envoys.map((envoy) => envoy.configuration()));
      for (const [index, one] of all.entries()) {
        const differing = one.find((item, position) => item !== all[0]?.[position]);
        if (differing !== undefined || one.length !== all[0]?.length)
          throw new Error(`envoy-${index} differs from envoy-0: ${differing?.slice(0, 300)}`);
      }
      for (const envoy of world.envoys) {
        for (const [name, version] of await envoy.versions()) {
          if (resources.get(name) !== version && !isScope(name))
            throw new Error(`${envoy.name} has ${name} in version ${version}, a fresh instance in ${resources.get(name)}`);
        }
      }
    }, 10_000).catch((error: Error) => failures.push(error.message));
    const { length } = await world.envoys[0]!.configuration();
    return `${world.envoys.length} Envoys equal in ${length} resources, to each other byte for byte and to a fresh instance by the hashes of their content; who moves to another instance is sent none`;
  } finally {
    await fresh.dispose();
  }
}

/** Of scopes Envoy shows the version of the response that brought them. */
function isScope(name: string): boolean {
  return name.startsWith('scope ');
}

function passed(outcome: Outcome): outcome is Outcome & { kind: 'answer' } {
  return outcome.kind === 'answer' && outcome.status < 300;
}

function shown(outcome: Outcome): string {
  return JSON.stringify(outcome).slice(0, 300);
}
