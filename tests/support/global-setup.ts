import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate, openDatabase } from '../../src/database';
import { createLogger } from '../../src/log';

/** What the teardown needs of the setup: both run in jest's main process. */
export interface TestCluster {
  stop(): Promise<void>;
}

declare global {
  var testCluster: TestCluster | undefined;
}

/** One Postgres a test run, in a temporary folder, with a template database that has the migrations. */
export default async function globalSetup(): Promise<void> {
  const log = createLogger('warn');
  const folder = await mkdtemp(path.join(tmpdir(), 'gateway-tests-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who must get in.
  const database = await openDatabase({ databaseUrl: undefined, dataDir: folder }, log);
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);

  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  // The data of a test run need not survive the machine.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await admin.query(`ALTER SYSTEM SET ${setting} = off`);
  await admin.query('SELECT pg_reload_conf()');
  await admin.query('CREATE DATABASE gateway_template');
  await admin.end();
  const template = new URL(database.url);
  template.pathname = '/gateway_template';
  await migrate(template.href, log);

  process.env.TEST_DATABASE_URL = database.url;
  globalThis.testCluster = {
    stop: async () => {
      await database.stop();
      await rm(folder, { recursive: true, force: true });
      process.off('exit', removeAtExit);
    },
  };
}
