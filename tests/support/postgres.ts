import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createPool } from '../../src/database';
import { createLogger } from '../../src/log';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Closes the pool and removes the database; sessions that are still open are ended. */
  drop(): Promise<void>;
}

/** A fresh database on the run's one Postgres, with the migrations of `db/` applied unless told otherwise. */
export async function createTestDatabase({ migrations = true }: { migrations?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${migrations ? 'gateway_template' : 'template0'}`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  const pool = createPool(url.href, createLogger('error'));
  return {
    url: url.href,
    pool,
    drop: async () => {
      await pool.end();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the tests with jest, whose global setup starts Postgres');
  return url;
}
