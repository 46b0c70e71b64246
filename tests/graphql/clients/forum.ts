import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createGraphQL } from '../../../src/graphql';
import type { GraphQLOptions } from '../../../src/graphql';
import { createTestDatabase } from '../../support/postgres';
import { log } from '../database';
import { serve } from '../served';
import type { Program } from './program';
import { startProgram } from './program';

/** The tables of `forum.sql` behind a port. */
export interface Forum {
  /** Of `/v1/graphql`. */
  readonly url: string;
  /** Starts a client of this server, which asks `/v1/graphql` by HTTP and by websocket with what else is given. */
  client(program: string, given?: object): Promise<Program>;
  /** Puts the rows back as they were. */
  reset(): Promise<void>;
  /** What a statement gives of the database itself. */
  rows(statement: string, ...parameters: readonly unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
}

export async function openForum(options: Partial<GraphQLOptions> = {}): Promise<Forum> {
  const { pool, drop } = await createTestDatabase({ migrations: false });
  const run = (file: string) => pool.query(readFileSync(path.join(__dirname, file), 'utf8'));
  await run('forum.sql');
  await run('forum-rows.sql');
  const engine = await createGraphQL({ pool, schemas: ['public'], maxBodyBytes: 1_048_576, log, ...options });
  const served = await serve(engine);
  const url = `${served.url}/v1/graphql`;
  return {
    url,
    client: (program, given) =>
      startProgram(program, { url, socketUrl: url.replace('http', 'ws'), secret: options.adminSecret, ...given }),
    reset: async () => {
      await run('forum-rows.sql');
    },
    rows: async (statement, ...parameters) => (await pool.query(statement, [...parameters])).rows,
    close: async () => {
      await served.close();
      await drop();
    },
  };
}

/** The keys of `forum-rows.sql`. */
export const author = (n: number): string => `a0000000-0000-4000-8000-00000000000${n}`;
export const post = (n: number): string => `b0000000-0000-4000-8000-00000000000${n}`;
