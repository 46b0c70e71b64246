import type pg from 'pg';
import { Documents } from '../../src/graphql/execute';
import { load as loadModel } from '../../src/graphql/load';
import { buildSchema } from '../../src/graphql/schema';
import { percentile } from '../statistics';
import type { Bare } from './bare';
import type { Case } from './cases';
import { CASES } from './cases';
import type { LoadResult, Server } from './processes';
import { load, postgresTime, processorTime, startServer } from './processes';

const CONNECTIONS = 20;
const SECONDS = 4;
const ROUNDS = 5;
const SCHEMA = 'saaras_db';

interface Rival {
  readonly name: 'ours' | 'bare' | 'postgraphile';
  readonly server: Server;
  readonly url: string;
  readonly body: string;
  readonly samples: (LoadResult & { readonly own: number; readonly postgres: number })[];
}

/** Requests a second of this server, a bare handler and PostGraphile 4, in turns on one Postgres. */
export async function throughput(
  pool: pg.Pool,
  url: string,
  postmaster: number,
  port: number,
  only: string | undefined,
): Promise<boolean> {
  const cases = CASES.filter(({ name }) => only === undefined || name.includes(only));
  const bare = Object.fromEntries(
    await Promise.all(cases.map(async (each, index) => [`case${index}`, await bareOf(pool, each)] as const)),
  );
  const environment = { DATABASE_URL: url };
  const servers = {
    ours: await startServer('dist/graphql-main.js', {
      ...environment,
      GRAPHQL_SCHEMAS: SCHEMA,
      ADMIN_PORT: String(port),
      LOG_LEVEL: 'error',
    }),
    bare: await startServer('bench/graphql/bare.ts', { ...environment, BENCH_STATEMENTS: JSON.stringify(bare) }),
    postgraphile: await startServer('bench/graphql/rivals/postgraphile.mjs', { ...environment, BENCH_SCHEMA: SCHEMA }),
  };
  let isGood = true;
  try {
    for (const [index, each] of cases.entries()) isGood = (await one(each, index, servers, postmaster)) && isGood;
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  }
  return isGood;
}

async function one(each: Case, index: number, servers: Record<Rival['name'], Server>, postmaster: number): Promise<boolean> {
  const { variables } = each;
  const rival = (name: Rival['name'], url: string, query: string): Rival => ({
    name,
    server: servers[name],
    url,
    body: JSON.stringify({ query, variables }),
    samples: [],
  });
  const rivals = [rival('ours', '/v1/graphql', each.query), rival('bare', `/case${index}`, '')];
  if (each.postgraphile) rivals.push(rival('postgraphile', '/graphql', each.postgraphile));
  for (const { server, url, body } of rivals) await load(server.port, url, body, CONNECTIONS, 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { server, url, body, samples } of rivals) {
      const before = { own: processorTime(server.pid), postgres: postgresTime(postmaster) };
      const result = await load(server.port, url, body, CONNECTIONS, SECONDS);
      const own = processorTime(server.pid) - before.own;
      samples.push({ ...result, own, postgres: postgresTime(postmaster) - before.postgres });
    }
  }
  return report(each, rivals);
}

function report({ name, bars }: Case, rivals: readonly Rival[]): boolean {
  console.log(`\n${name}`);
  const median = (rival: Rival | undefined, of: (sample: Rival['samples'][number]) => number): number =>
    percentile(rival?.samples.map(of) ?? [], 0.5);
  for (const rival of rivals) {
    const rate = median(rival, ({ requests, seconds }) => requests / seconds);
    const p99 = median(rival, (sample) => sample.p99);
    const own = median(rival, (sample) => sample.own / sample.seconds);
    const postgres = median(rival, (sample) => sample.postgres / (sample.postgres + sample.own));
    console.log(
      `  ${rival.name.padEnd(12)} ${rate.toFixed(0).padStart(6)}/s  p99 ${p99.toFixed(1)} ms  ${own.toFixed(2)} cores of its own, Postgres ${(postgres * 100).toFixed(0)} % of the processor time of both`,
    );
  }
  const [ours] = rivals;
  const ratios = rivals.slice(1).map((rival) => {
    const pairs = rival.samples.map((sample, round) => (ours?.samples[round]?.requests ?? 0) / sample.requests);
    const ratio = percentile(pairs, 0.5);
    const bar = bars[rival.name as 'bare' | 'postgraphile'] ?? 0;
    console.log(`  ${ratio.toFixed(2)} × ${rival.name} (bar ${bar}): ${ratio >= bar ? 'met' : 'MISSED'}`);
    return ratio >= bar;
  });
  return ratios.every(Boolean);
}

/** The statement that this server sends for a query, or the ones by hand for a mutation. */
async function bareOf(pool: pg.Pool, { query, variables, byHand }: Case): Promise<Bare> {
  if (byHand) return { kind: 'write', statements: byHand };
  const { model } = await loadModel({ pool, schemas: [SCHEMA] });
  const { plan } = new Documents({ model, schema: () => buildSchema(model) }).planOf({ query, variables });
  const [step] = plan.unlessLarge ?? plan.steps;
  return { kind: 'read', key: plan.roots[0]?.key ?? '', sql: step?.sql ?? '', variables: Object.keys(variables) };
}
