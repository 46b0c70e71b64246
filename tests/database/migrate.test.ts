import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/database';
import { StartError } from '../../src/errors';
import { createLogger } from '../../src/log';
import { ROOT } from '../../src/root';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

const log = createLogger('silent');

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase({ migrations: false });
  folder = await mkdtemp(path.join(tmpdir(), 'gateway-migrations-'));
  await cp(path.join(ROOT, 'db'), folder, { recursive: true });
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function applied(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM gateway_private.migration ORDER BY name');
  return rows.map((row) => row.name);
}

test('ten instances that start at once migrate once', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, index) => migrate(index % 2 ? database.url : database.pool, log, folder)));
  expect(await applied()).toEqual(expect.arrayContaining(['0001_saaras_db.sql', '0002_change_log.sql']));
  const { rows } = await database.pool.query('SELECT count(*)::int AS rows FROM gateway_private.change_log_horizon');
  expect(rows).toEqual([{ rows: 1 }]);
});

test('a later file is applied alone, and a second run does nothing', async () => {
  await migrate(database.pool, log, folder);
  const before = await applied();
  await writeFile(path.join(folder, '0900_later.sql'), 'CREATE TABLE gateway.later (a int)');
  await migrate(database.pool, log, folder);
  await migrate(database.pool, log, folder);
  expect(await applied()).toEqual([...before, '0900_later.sql']);
});

test('a file that was edited after it was applied stops the start', async () => {
  await migrate(database.pool, log, folder);
  await writeFile(path.join(folder, '0002_change_log.sql'), 'SELECT 1');
  const failure = migrate(database.pool, log, folder);
  await expect(failure).rejects.toThrow(StartError);
  await expect(failure).rejects.toThrow(/^migration 0002_change_log\.sql was edited after the database had it: [^\n]+$/);
});

test('other line ends are not an edit', async () => {
  await writeFile(path.join(folder, '0900_lines.sql'), 'SELECT 1;\nSELECT 2;\n');
  await migrate(database.pool, log, folder);
  await writeFile(path.join(folder, '0900_lines.sql'), 'SELECT 1;\r\nSELECT 2;\r\n');
  await expect(migrate(database.pool, log, folder)).resolves.toBeUndefined();
});

test('a program goes on with a database that a newer one has expanded', async () => {
  await writeFile(path.join(folder, '0900_expand.sql'), 'ALTER TABLE saaras_db.service ADD COLUMN note text');
  await migrate(database.pool, log, folder);
  const before = await applied();
  await rm(path.join(folder, '0900_expand.sql'));
  await migrate(database.pool, log, folder);
  await writeFile(path.join(folder, '0901_own.sql'), 'CREATE TABLE gateway.own (a int)');
  await migrate(database.pool, log, folder);
  expect(await applied()).toEqual([...before, '0901_own.sql']);
});

test('a program does not start on a database from which a newer one took what it needs', async () => {
  await writeFile(path.join(folder, '0900_expand.sql'), 'SELECT 1');
  await writeFile(path.join(folder, '0901_contract.sql'), 'SELECT 2;\r\n-- contract\r\nSELECT 1');
  await migrate(database.pool, log, folder);
  await rm(path.join(folder, '0900_expand.sql'));
  await rm(path.join(folder, '0901_contract.sql'));
  const failure = migrate(database.pool, log, folder);
  await expect(failure).rejects.toThrow(StartError);
  await expect(failure).rejects.toThrow(
    'the database is too new for this program (it has 0901_contract.sql): start the newer version',
  );
});

test('what programs recorded before they told apart expanding and contracting is read', async () => {
  await migrate(database.pool, log, folder);
  await database.pool.query('ALTER TABLE gateway_private.migration DROP COLUMN is_contract');
  await expect(migrate(database.pool, log, folder)).resolves.toBeUndefined();
  await writeFile(path.join(folder, '0900_later.sql'), 'SELECT 1');
  await migrate(database.pool, log, folder);
  expect(await applied()).toContain('0900_later.sql');
});

test('where nothing is to be done, nothing is written: a database that is read-only will do', async () => {
  await migrate(database.pool, log, folder);
  const url = new URL(database.url);
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  await expect(migrate(url.href, log, folder)).resolves.toBeUndefined();
  await writeFile(path.join(folder, '0900_later.sql'), 'SELECT 1');
  await expect(migrate(url.href, log, folder)).rejects.toThrow(/read-only/);
});

test('a file that fails leaves the database as it was, and its name and reason are said', async () => {
  await writeFile(path.join(folder, '0900_bad.sql'), 'CREATE TABLE gateway.half (a int); SELECT 1/0');
  await expect(migrate(database.pool, log, folder)).rejects.toThrow(
    /^migration 0900_bad\.sql failed, the database is as it was: division by zero$/,
  );
  const { rows } = await database.pool.query(
    `SELECT nspname FROM pg_namespace WHERE nspname IN ('saaras_db', 'gateway', 'gateway_private')`,
  );
  expect(rows).toEqual([]);
});

test('a pool stays usable after a migration failed', async () => {
  await writeFile(path.join(folder, '0900_bad.sql'), 'SELECT 1/0');
  await expect(migrate(database.pool, log, folder)).rejects.toThrow(StartError);
  expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
