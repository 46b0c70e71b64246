import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { StartError } from '../errors';
import type { Logger } from '../log';
import { ROOT } from '../root';
import { SESSION } from './pool';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  /** Programs that do not know it cannot work with what it leaves. */
  readonly isContract: boolean;
}

/** A line of its own in a migration that takes away or changes what older programs use. */
const CONTRACT = /^-- contract$/m;

/** Any number that no other program on the same server is likely to take. */
const LOCK = 7_226_271_001;

const RECORD = `
  CREATE SCHEMA IF NOT EXISTS gateway_private;
  CREATE TABLE IF NOT EXISTS gateway_private.migration (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now()
  );
  ALTER TABLE gateway_private.migration ADD COLUMN IF NOT EXISTS is_contract boolean NOT NULL DEFAULT false`;

/**
 * Brings the database to this program's schema: the files of `db/` that it has not had, in the order of their names, all
 * in one transaction under an advisory lock, so that instances that start at once wait for the first. When there is nothing to
 * do, nothing is locked or written. Files that it had from newer programs are fine, unless they say that older ones cannot go on.
 * @throws StartError when a file fails, when an applied file was edited, or when the database is too new for the program.
 */
export async function migrate(database: pg.Pool | string, log: Logger, folder = path.join(ROOT, 'db')): Promise<void> {
  const migrations = await readMigrations(folder);
  if (typeof database === 'string') {
    const client = new pg.Client({ ...SESSION, connectionString: database });
    client.on('error', (error) => log.warn({ reason: error.message }, 'the database connection of the migration was lost'));
    await client.connect();
    try {
      await apply(client, migrations, log);
    } finally {
      await client.end();
    }
    return;
  }
  const client = await database.connect();
  try {
    await apply(client, migrations, log);
    client.release();
  } catch (error) {
    client.release(true); // Closing the connection undoes the transaction.
    throw error;
  }
}

async function apply(client: pg.ClientBase, migrations: readonly Migration[], log: Logger): Promise<void> {
  if ((await missing(client, migrations)).length === 0) return;
  // Waiting for another instance, and a long migration, may take as long as they take.
  await client.query(`BEGIN; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(${LOCK}); ${RECORD}`);
  for (const migration of await missing(client, migrations)) {
    await applyOne(client, migration);
    log.info({ migration: migration.name }, 'migrating the database');
  }
  await client.query('COMMIT');
}

/** The migrations that the database has not had. @throws StartError when it had others than this program can work with */
async function missing(client: pg.ClientBase, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const applied = await recorded(client);
  refuseTooNew(applied, migrations);
  const checksums = new Map(applied.map((row) => [row.name, row.checksum]));
  return migrations.filter(({ name, checksum }) => {
    const before = checksums.get(name);
    if (before !== undefined && before !== checksum) {
      throw new StartError(
        `migration ${name} was edited after the database had it: put the file back, and make the change in a new one`,
      );
    }
    return before === undefined;
  });
}

interface Recorded {
  readonly name: string;
  readonly checksum: string;
  /** Absent in what the first programs recorded. */
  readonly is_contract?: boolean;
}

async function recorded(client: pg.ClientBase): Promise<readonly Recorded[]> {
  const found = await client.query<{ isThere: boolean }>(
    `SELECT to_regclass('gateway_private.migration') IS NOT NULL AS "isThere"`,
  );
  if (!found.rows[0]?.isThere) return [];
  return (await client.query<Recorded>('SELECT * FROM gateway_private.migration')).rows;
}

async function applyOne(client: pg.ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql);
  } catch (error) {
    throw new StartError(`migration ${migration.name} failed, the database is as it was: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await client.query('INSERT INTO gateway_private.migration (name, checksum, is_contract) VALUES ($1, $2, $3)', [
    migration.name,
    migration.checksum,
    migration.isContract,
  ]);
}

function refuseTooNew(applied: readonly Recorded[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = applied.filter(({ name, is_contract }) => is_contract && !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new StartError(
      `the database is too new for this program (it has ${unknown.sort().join(', ')}): start the newer version`,
    );
  }
}

/** The numbered files of a folder; line ends do not count for the checksum, as a checkout may change them. */
async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name, sql, checksum, isContract: CONTRACT.test(sql) };
    }),
  );
}
