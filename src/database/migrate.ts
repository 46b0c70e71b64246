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
}

/** Any number that no other program on the same server is likely to take. */
const LOCK = 7_226_271_001;

const RECORD = `
  CREATE SCHEMA IF NOT EXISTS gateway_private;
  CREATE TABLE IF NOT EXISTS gateway_private.migration (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now()
  )`;

/**
 * Brings the database to this program's schema: the files of `db/` that it has not had, in the order of their names, all
 * in one transaction under an advisory lock, so that instances that start at once wait for the first.
 * @throws StartError when a file fails, when an applied file was edited, or when the database is newer than the program.
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
  // Waiting for another instance, and a long migration, may take as long as they take.
  await client.query(`BEGIN; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(${LOCK}); ${RECORD}`);
  const applied = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM gateway_private.migration');
  const checksums = new Map(applied.rows.map((row) => [row.name, row.checksum]));
  refuseUnknown([...checksums.keys()], migrations);
  for (const migration of migrations) {
    const checksum = checksums.get(migration.name);
    if (checksum === migration.checksum) continue;
    if (checksum !== undefined) {
      throw new StartError(
        `migration ${migration.name} was edited after the database had it: put the file back, and make the change in a new one`,
      );
    }
    await applyOne(client, migration);
    log.info({ migration: migration.name }, 'migrating the database');
  }
  await client.query('COMMIT');
}

async function applyOne(client: pg.ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql);
  } catch (error) {
    throw new StartError(`migration ${migration.name} failed, the database is as it was: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await client.query('INSERT INTO gateway_private.migration (name, checksum) VALUES ($1, $2)', [
    migration.name,
    migration.checksum,
  ]);
}

function refuseUnknown(applied: readonly string[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = applied.filter((name) => !known.has(name)).sort();
  if (unknown.length > 0) {
    throw new StartError(`the database is newer than this program (it has ${unknown.join(', ')}): start the newer version`);
  }
}

/** The numbered files of a folder; line ends do not count for the checksum, as a checkout may change them. */
async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
