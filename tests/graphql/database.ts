import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { createGraphQL } from '../../src/graphql';
import type { GraphQLEngine, GraphQLOptions } from '../../src/graphql';
import { createLogger } from '../../src/log';
import { createTestDatabase } from '../support/postgres';

/** A database with rows in it and GraphQL over it. */
export interface Fixture {
  readonly pool: pg.Pool;
  readonly url: string;
  readonly schemas: readonly string[];
  /** The path of the metadata file. */
  readonly metadata?: string;
  readonly engine: GraphQLEngine;
  /** Puts the rows back as they were. */
  reset(): Promise<void>;
  drop(): Promise<void>;
}

export const log = createLogger('fatal');
const DEADLOCK = '40P01';

export function sqlFile(name: string): string {
  return readFileSync(path.join(__dirname, name), 'utf8');
}

/** The gateway's tables, with the rows of `gateway-rows.sql`. */
export async function gatewayFixture(options: Partial<GraphQLOptions> = {}): Promise<Fixture> {
  const database = await createTestDatabase();
  return fixture(database, ['saaras_db', 'gateway'], 'gateway-rows.sql', options);
}

/** The schema of `shop.sql`, which has nothing to do with gateways. */
export async function shopFixture(options: Partial<GraphQLOptions> = {}): Promise<Fixture> {
  const database = await createTestDatabase({ migrations: false });
  await database.pool.query(sqlFile('shop.sql'));
  return fixture(database, ['shop', 'public'], 'shop-rows.sql', options);
}

/** The schema of `library.sql` under `library-metadata.json`. */
export async function libraryFixture(options: Partial<GraphQLOptions> = {}): Promise<Fixture> {
  const database = await createTestDatabase({ migrations: false });
  await database.pool.query(sqlFile('library.sql'));
  const metadata = path.join(__dirname, 'library-metadata.json');
  return { ...(await fixture(database, ['library'], 'library-rows.sql', { metadata, ...options })), metadata };
}

async function fixture(
  { pool, url, drop }: Awaited<ReturnType<typeof createTestDatabase>>,
  schemas: readonly string[],
  rows: string,
  options: Partial<GraphQLOptions>,
): Promise<Fixture> {
  const reset = async (): Promise<void> => {
    // Postgres' own cleaning may hold what this wants, and want what this holds.
    for (let tries = 1; ; tries += 1) {
      try {
        await pool.query(sqlFile(rows));
        return;
      } catch (error) {
        if (tries === 3 || (error as { code?: string }).code !== DEADLOCK) throw error;
      }
    }
  };
  await reset();
  const engine = await createGraphQL({ pool, schemas, maxBodyBytes: 1_048_576, log, ...options });
  return {
    pool,
    url,
    schemas,
    engine,
    reset,
    drop: async () => {
      await engine.stop();
      await drop();
    },
  };
}

/** The answer as data; the text is checked to be JSON by that. */
export async function ask(
  engine: GraphQLEngine,
  query: string,
  variables?: Record<string, unknown> | null,
  operationName?: string,
): Promise<{
  data?: Record<string, unknown>;
  errors?: { message: string; extensions: { path: string; code: string; internal?: unknown } }[];
}> {
  const outcome = await engine.execute({ query, variables: variables ?? null, operationName: operationName ?? null });
  return JSON.parse(outcome.body) as Awaited<ReturnType<typeof ask>>;
}
