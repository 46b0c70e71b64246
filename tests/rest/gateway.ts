import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import type { Answer } from '../support/http-client';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';
import type { Caller, Fields } from './caller';
import { startRest } from './caller';

export interface Gateway extends Caller {
  readonly database: TestDatabase;
  stop(): Promise<void>;
}

/** REST over the real GraphQL engine over a fresh database. */
export async function startGateway(maxBodyBytes?: number): Promise<Gateway> {
  const database = await createTestDatabase();
  const graphql = await createGraphQL({
    pool: database.pool,
    schemas: ['saaras_db', 'gateway'],
    maxBodyBytes: 1_048_576,
    log: createLogger('fatal'),
  });
  const rest = await startRest(graphql, maxBodyBytes);
  return {
    ...rest,
    database,
    stop: async () => {
      await rest.stop();
      await database.drop();
    },
  };
}

/** One call of a script and what it is answered: a count of the named write, or a status alone. */
export interface Step {
  readonly call: string;
  readonly form?: Fields;
  readonly files?: Fields;
  readonly json?: unknown;
  readonly status: number;
  readonly count?: readonly [root: string, rows: number];
}

/** Runs a script; every answer must be JSON (or empty), as `jq` asks. Returns the answers. */
export async function run(gateway: Caller, steps: readonly Step[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const step of steps) {
    const answer = await perform(gateway, step);
    expect([step.call, answer.status]).toEqual([step.call, step.status]);
    if (answer.body !== '') expect(() => JSON.parse(answer.body) as unknown).not.toThrow();
    if (step.count) expect([step.call, JSON.stringify(JSON.parse(answer.body))]).toEqual([step.call, counted(...step.count)]);
    answers.push(answer);
  }
  return answers;
}

/** Runs a script whose creates may or may not find their objects; every answer must be JSON all the same. */
export async function attempt(gateway: Caller, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const { status, body } = await perform(gateway, step);
    expect([step.call, [step.status, 409].includes(status)]).toEqual([step.call, true]);
    expect(() => JSON.parse(body) as unknown).not.toThrow();
  }
}

function perform(gateway: Caller, { call, form, files, json }: Step): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ', 2);
  if (files) return gateway.upload(path, files);
  if (json !== undefined) return gateway.json(method, path, json);
  if (form) return gateway.form(method, path, form);
  return gateway.send(method, path, undefined, '');
}

/** The body of a write. */
export function counted(root: string, rows: number): string {
  return JSON.stringify({ data: { [root]: { affected_rows: rows } } });
}

/** Rows of a read's root, parsed. */
export async function rows(gateway: Caller, path: string): Promise<Record<string, unknown>[]> {
  const { body } = await gateway.get(path);
  const [list] = Object.values((JSON.parse(body) as { data: Record<string, Record<string, unknown>[]> }).data);
  return list ?? [];
}

/** How many rows all tables of the user's configuration hold together. */
export async function storedRows({ database }: Gateway): Promise<number> {
  const tables = ['proxy', 'service', 'route', 'upstream', 'secret', 'filter', 'globalconfig'];
  const links = ['proxy_service', 'proxy_globalconfig', 'route_upstream', 'route_filter', 'service_filter', 'service_secret'];
  const counts = [...tables, ...links].map((table) => `(SELECT count(*) FROM saaras_db.${table})`);
  const result = await database.pool.query<{ rows: number }>(`SELECT (${counts.join(' + ')})::int AS rows`);
  return result.rows[0]?.rows ?? -1;
}
