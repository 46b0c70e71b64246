import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeFeed, FeedEvent } from '../../src/database';
import { startChangeFeed } from '../../src/database';
import { createLogger } from '../../src/log';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

const log = createLogger('silent');
const NEVER = { ageMs: 1e9, rows: 1e9, everyMs: 1e9 };

let database: TestDatabase;
let feeds: ChangeFeed[];
beforeEach(async () => {
  database = await createTestDatabase();
  feeds = [];
});
afterEach(async () => {
  await Promise.all(feeds.map((feed) => feed.stop()));
  await database.drop();
});

function follow(
  retention: { ageMs: number; rows: number; everyMs: number },
  taking: () => Promise<void> = () => Promise.resolve(),
) {
  const events: FeedEvent[] = [];
  const onEvent = (event: FeedEvent) => {
    events.push(event);
    return taking();
  };
  feeds.push(startChangeFeed({ url: database.url, log, onEvent, retention }));
  return events;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await condition()); await sleep(5)) {
    if (Date.now() > deadline) throw new Error('not seen in time');
  }
}

async function logged(): Promise<number[]> {
  const { rows } = await database.pool.query<{ seq: number }>('SELECT seq::int FROM gateway_private.change_log ORDER BY seq');
  return rows.map((row) => row.seq);
}

let serial = 0;
const insert = () => database.pool.query(`INSERT INTO saaras_db.org (org_name) VALUES ('o${++serial}')`);
const seqs = (events: readonly FeedEvent[]) =>
  events.flatMap((event) => (event.kind === 'changes' ? event.changes.map((change) => Number(change.seq)) : []));
const resets = (events: readonly FeedEvent[]) => events.filter((event) => event.kind === 'reset').length;

/** Commits until the condition holds: each commit makes the feed look whether pruning is due. */
async function insertUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  await until(async () => {
    await insert();
    return condition();
  });
}

test('rows older than the age are removed after they were seen; the reader misses nothing and need not start over', async () => {
  const events = follow({ ageMs: 50, rows: 1e9, everyMs: 10 });
  await until(() => events.length === 1);
  for (let count = 0; count < 5; count++) await insert();
  await sleep(60);
  await insertUntil(async () => !(await logged()).includes(5));
  const last = (await logged()).at(-1)!;
  await until(() => seqs(events).includes(last));
  expect(seqs(events)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  expect(resets(events)).toBe(1);
});

test('no more rows than the limit are kept', async () => {
  const events = follow({ ageMs: 1e9, rows: 3, everyMs: 1 });
  await until(() => events.length === 1);
  for (let count = 0; count < 20; count++) await insert();
  await insertUntil(async () => (await logged()).length <= 4);
  await until(() => seqs(events).length >= 20);
  expect(resets(events)).toBe(1);
});

test('rows of a transaction that is younger than one still open stay, whatever their age', async () => {
  const open = await database.pool.connect();
  await open.query(`BEGIN; INSERT INTO saaras_db.org (org_name) VALUES ('open')`);
  const events = follow({ ageMs: 0, rows: 1e9, everyMs: 1 });
  await until(() => events.length === 1);
  for (let count = 0; count < 10; count++) await insert();
  await until(() => seqs(events).length === 10);
  expect(await logged()).toHaveLength(10);
  await open.query('COMMIT');
  open.release();
  await insertUntil(async () => (await logged()).length < 10);
  await until(() => seqs(events).includes(1));
  expect(resets(events)).toBe(1);
});

test('what a slow reader of the pruning instance has not seen is not removed', async () => {
  const events = follow({ ageMs: 0, rows: 0, everyMs: 0 }, () => sleep(15));
  await until(() => events.length === 1);
  for (let count = 0; count < 30; count++) await insert();
  await until(() => seqs(events).length === 30);
  expect(resets(events)).toBe(1);
});

test('a reader that is older than the log reads everything again, and then goes on as usual', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const behind = follow(NEVER, () => (behind.length === 1 ? held : Promise.resolve()));
  await until(() => behind.length === 1);
  const pruning = follow({ ageMs: 500, rows: 1e9, everyMs: 1 });
  await until(() => pruning.length === 1);
  await insertUntil(async () => !(await logged()).includes(1));
  release();
  await until(() => behind.length > 1);
  expect(behind[1]!.kind).toBe('reset');
  // A pruning that removes only what this reader has seen is no reason to start over.
  const before = behind.length;
  const mark = (await logged()).at(-1)!;
  await insertUntil(async () => !(await logged()).includes(mark));
  const last = (await logged()).at(-1)!;
  await until(() => seqs(behind).includes(last));
  expect(resets(behind.slice(before))).toBe(0);
});

test('the counter goes on when the whole log has been removed', async () => {
  const first = follow({ ageMs: 0, rows: 0, everyMs: 0 });
  await until(() => first.length === 1);
  await insert();
  await insert();
  await until(async () => (await logged()).length === 0);
  const events = follow(NEVER);
  await until(() => events.length === 1);
  expect(events[0]).toEqual({ kind: 'reset', counter: '2' });
});
