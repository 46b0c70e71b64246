import { createPool, openDatabase } from '../../src/database';
import { StartError } from '../../src/errors';
import { createLogger } from '../../src/log';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

const log = createLogger('silent');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: '/nonexistent' }, log);

function changed(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

test('a database that DATABASE_URL names is used as it is, and left running', async () => {
  const opened = await open(database.url);
  expect(opened).toMatchObject({ url: database.url, embedded: false });
  await opened.stop();
  expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test.each([
  [
    'no server',
    (url: URL) => (url.port = '1'),
    /^the database at 127\.0\.0\.1:1\/test_\w+ cannot be reached: .*ECONNREFUSED.*; check DATABASE_URL$/,
  ],
  [
    'a host with several addresses',
    (url: URL) => (url.host = 'localhost:1'),
    /^the database at localhost:1\/test_\w+ cannot be reached: .*ECONNREFUSED/,
  ],
  [
    'a wrong password',
    (url: URL) => (url.password = 'hunter2'),
    /^the database at \S+ cannot be reached: password authentication failed for user "gateway"; check/,
  ],
  [
    'no such database',
    (url: URL) => (url.pathname = '/absent'),
    /^the database at \S+\/absent cannot be reached: database "absent" does not exist; check/,
  ],
])('%s is one clear line without the password', async (_, change, message) => {
  const failure: unknown = await open(changed(change)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect((failure as StartError).message).toMatch(message);
  expect((failure as StartError).message).not.toContain('hunter2');
});

test('a URL that cannot be read is one clear line without the password', async () => {
  const failure: unknown = await open('postgres://user:hunter2@localhost:port/db').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect((failure as StartError).message).toMatch(/^DATABASE_URL cannot be read as a URL/);
  expect((failure as StartError).message).not.toContain('ter2');
});

test('an idle connection that is lost is logged and replaced', async () => {
  const pool = createPool(database.url, log);
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
  while (pool.totalCount > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test('sessions are in UTC and speak English, and one without the right to set the language still works', async () => {
  const pool = createPool(database.url, log);
  const settings = `SELECT current_setting('timezone') AS zone, current_setting('lc_messages') AS messages`;
  expect((await pool.query(settings)).rows).toEqual([{ zone: 'UTC', messages: 'C' }]);
  await pool.end();
  const role = `plain_${Date.now()}`;
  await database.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
  const plain = createPool(
    changed((url) => {
      url.username = role;
      url.password = 'p';
    }),
    log,
  );
  expect((await plain.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await plain.end();
  await database.pool.query(`DROP ROLE ${role}`);
});
