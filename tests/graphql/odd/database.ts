import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { createGraphQL } from '../../../src/graphql';
import type { GraphQLEngine, GraphQLOptions } from '../../../src/graphql';
import { createTestDatabase } from '../../support/postgres';
import { log } from '../database';

/** A database with schemas that are odd in one respect each. */
export interface OddDatabase {
  readonly pool: pg.Pool;
  /** GraphQL over some of its schemas. */
  serve(schemas: readonly string[], options?: Partial<GraphQLOptions>): Promise<GraphQLEngine>;
  drop(): Promise<void>;
}

export async function oddDatabase(file: string): Promise<OddDatabase> {
  const { pool, drop } = await createTestDatabase({ migrations: false });
  await pool.query(readFileSync(path.join(__dirname, file), 'utf8'));
  return {
    pool,
    serve: (schemas, options = {}) => createGraphQL({ pool, schemas, maxBodyBytes: 100_000, log, ...options }),
    drop,
  };
}
