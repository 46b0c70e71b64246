import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedEvent } from '../../src/database';
import { ChangeBroadcast, loggedTables, startChangeFeed } from '../../src/database';
import { createLogger } from '../../src/log';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

const log = createLogger('silent');

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** The database as a role sees it that may read the log, or not even that, and change nothing. */
async function asReader(mayRead: boolean): Promise<string> {
  const name = `reader_${Math.random().toString(36).slice(2)}`;
  await database.pool.query(`CREATE ROLE ${name} LOGIN PASSWORD 'reader'`);
  if (mayRead) {
    await database.pool.query(`GRANT USAGE ON SCHEMA gateway_private TO ${name}`);
    await database.pool.query(`GRANT SELECT ON ALL TABLES IN SCHEMA gateway_private TO ${name}`);
  }
  const url = new URL(database.url);
  url.username = name;
  url.password = 'reader';
  return url.href;
}

const insert = (name: string) => database.pool.query('INSERT INTO saaras_db.proxy (proxy_name) VALUES ($1)', [name]);

test('a reader that may not prune follows the log without interruption', async () => {
  const events: FeedEvent[] = [];
  const states: boolean[] = [];
  const feed = startChangeFeed({
    url: await asReader(true),
    log,
    onEvent: (event) => void events.push(event),
    onState: (isFollowing) => void states.push(isFollowing),
    retention: { ageMs: 0, rows: 0, everyMs: 50 },
  });
  while (events.length < 1) await sleep(10);
  for (const name of ['one', 'two', 'three']) {
    await insert(name);
    await sleep(150);
  }
  expect(events.map(({ kind }) => kind)).toEqual(['reset', 'changes', 'changes', 'changes']);
  expect(states).toEqual([true]);
  await feed.stop();
});

test('listeners are told when changes are followed no more, and when they are again', async () => {
  const changes = new ChangeBroadcast(await loggedTables(database.pool));
  const told: unknown[] = [];
  changes.listen((tables) => told.push(tables));
  const feed = startChangeFeed({
    url: await asReader(false),
    log,
    onEvent: (event) => changes.tell(event),
    onState: (isFollowing) => changes.follow(isFollowing),
  });
  await sleep(500);
  expect(changes.isFollowing).toBe(false);
  await database.pool.query('GRANT USAGE ON SCHEMA gateway_private TO PUBLIC');
  await database.pool.query('GRANT SELECT ON ALL TABLES IN SCHEMA gateway_private TO PUBLIC');
  while (!changes.isFollowing) await sleep(20);
  await insert('one');
  while (told.length < 3) await sleep(10);
  expect(told).toEqual([undefined, undefined, [{ schema: 'saaras_db', relation: 'proxy' }]]);
  await database.pool
    .query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    )
    .catch(() => undefined);
  while (told.length < 4) await sleep(10);
  expect(told[3]).toBeUndefined();
  await feed.stop();
});

test('a table whose trigger is off is not told of', async () => {
  await database.pool.query('ALTER TABLE saaras_db.proxy DISABLE TRIGGER log_insert');
  const changes = new ChangeBroadcast(await loggedTables(database.pool));
  expect(changes.covers({ schema: 'saaras_db', relation: 'proxy' })).toBe(false);
  expect(changes.covers({ schema: 'saaras_db', relation: 'route' })).toBe(true);
});
