import type pg from 'pg';
import type { Applied, Gateway } from '../../src/gateway';
import { createGateway, createPairStore } from '../../src/gateway';
import type { GraphQLEngine, GraphQLRequest } from '../../src/graphql';
import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import type { Change } from '../../src/database';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

type Reader = Pick<GraphQLEngine, 'execute'>;

export interface Harness {
  readonly database: TestDatabase;
  readonly engine: Reader;
  readonly gateway: Gateway;
  /** The operations sent since the last look, with their variables. */
  sent(): { name: string; variables: Record<string, unknown> }[];
  /** Runs SQL and applies what it changed, as one batch. */
  run(sql: string, parameters?: readonly unknown[]): Promise<Applied>;
  /** Applies what changed since the last time. */
  catchUp(): Promise<Applied>;
  reset(): Promise<Applied>;
  /** The next operation answers that the database cannot be reached. */
  failNext(): void;
}

/** A gateway that takes changes from the change log itself, on a fresh database or beside another one on the same. */
export async function createHarness(beside?: Harness): Promise<Harness> {
  const database = beside?.database ?? (await createTestDatabase());
  const log = createLogger('silent');
  const engine =
    beside?.engine ?? (await createGraphQL({ pool: database.pool, schemas: ['saaras_db'], maxBodyBytes: 1_048_576, log }));
  let operations: GraphQLRequest[] = [];
  let fail = false;
  const graphql: Reader = {
    execute: async (request) => {
      operations.push(request);
      if (!fail) return engine.execute(request);
      fail = false;
      return { body: '{}', error: { code: 'unexpected', message: 'database unreachable', path: '$', unavailable: true } };
    },
  };
  const gateway = createGateway({ graphql, pairs: createPairStore(database.pool), log });
  let seen = await counter(database.pool);

  const harness: Harness = {
    database,
    engine,
    gateway,
    sent: () => {
      const sent = operations.map(({ operationName, variables }) => ({ name: operationName ?? '', variables: { ...variables } }));
      operations = [];
      return sent;
    },
    run: async (sql, parameters) => {
      await database.pool.query(sql, parameters && [...parameters]);
      return harness.catchUp();
    },
    catchUp: async () => {
      const { rows } = await database.pool.query<Change>(
        `SELECT seq::text, table_name AS table, old_keys AS "oldKeys", new_keys AS "newKeys", origin
           FROM gateway_private.change_log WHERE seq > $1 ORDER BY seq`,
        [seen],
      );
      const last = rows[rows.length - 1]?.seq ?? seen;
      const applied = await gateway.apply({ kind: 'changes', changes: rows, counter: last, madeAt: performance.now() });
      seen = last;
      return applied;
    },
    reset: async () => {
      seen = await counter(database.pool);
      return gateway.apply({ kind: 'reset', counter: seen });
    },
    failNext: () => {
      fail = true;
    },
  };
  await harness.reset();
  harness.sent();
  return harness;
}

async function counter(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ seq: string }>('SELECT coalesce(max(seq), 0)::text AS seq FROM gateway_private.change_log');
  return rows[0]?.seq ?? '0';
}

/** `count` services `s1`, `s2`, …, each with one route to an upstream of its own `u1`, `u2`, …, all served by the proxy gw. */
export function manyServices(count: number): string {
  return `
    INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw');
    INSERT INTO saaras_db.service (service_name, fqdn) SELECT 's' || n, 's' || n || '.test' FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id) SELECT 'r', '/', n FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port) SELECT 'u' || n, '127.0.0.1', 9000 FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id) SELECT n, n FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) SELECT 1, n FROM generate_series(1, ${count}) n;`;
}
