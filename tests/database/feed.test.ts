import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Change, ChangeFeed, ChangeFeedOptions, FeedEvent } from '../../src/database';
import { startChangeFeed } from '../../src/database';
import { createLogger } from '../../src/log';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

const log = createLogger('silent');

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

/** A feed whose events are kept; `until` waits for the events to satisfy a condition. */
function follow(options: Partial<ChangeFeedOptions> = {}) {
  const events: FeedEvent[] = [];
  const feed = startChangeFeed({ url: database.url, log, onEvent: (event) => void events.push(event), ...options });
  feeds.push(feed);
  const until = async (condition: () => boolean) => {
    for (const deadline = Date.now() + 20_000; !condition(); await sleep(2)) {
      if (Date.now() > deadline) throw new Error(`not seen: ${JSON.stringify(events.slice(-5))}`);
    }
  };
  const changes = (): Change[] => events.flatMap((event) => (event.kind === 'changes' ? event.changes : []));
  const started = () => until(() => events.length > 0);
  /** All that was committed until now has been delivered: so has a later, marked change. */
  const settle = async () => {
    const { rows } = await database.pool.query<{ id: number }>(
      `INSERT INTO saaras_db.org (org_name) VALUES (gen_random_uuid()) RETURNING org_id::int AS id`,
    );
    await until(() => changes().some((change) => change.table === 'org' && change.newKeys?.org_id === rows[0]!.id));
    return changes().filter((change) => change.table !== 'org');
  };
  return { feed, events, changes, until, settle, started };
}

async function begin(): Promise<pg.PoolClient> {
  const client = await database.pool.connect();
  await client.query('BEGIN');
  return client;
}

async function end(client: pg.PoolClient, how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
  await client.query(how);
  client.release();
}

const service = (id: number) => `INSERT INTO saaras_db.service (service_id, service_name) VALUES (${id}, 's${id}')`;
const ids = (changes: readonly Change[]) => changes.map((change) => change.newKeys?.service_id);

test('the first event is a reset with the counter, then come the changes with theirs', async () => {
  await database.pool.query(service(1));
  const { feed, events, started, settle, until } = follow();
  await started();
  expect(events).toEqual([{ kind: 'reset', counter: '1' }]);
  await database.pool.query(service(2));
  await until(() => events.length === 2);
  const change = { seq: '2', table: 'service', oldKeys: null, newKeys: { service_id: 2 }, origin: null };
  expect(events[1]).toEqual({ kind: 'changes', counter: '2', changes: [change], madeAt: expect.any(Number) as number });
  await settle();
  expect(feed.counter).toBe('3');
});

test('the changes of a transaction come together and in their order', async () => {
  const { events, started, settle } = follow();
  await started();
  const client = await begin();
  for (const id of [1, 2, 3]) await client.query(service(id));
  await client.query('DELETE FROM saaras_db.service WHERE service_id = 2');
  await end(client, 'COMMIT');
  const changes = await settle();
  expect(events[1]).toEqual(expect.objectContaining({ changes: expect.arrayContaining(changes) }));
  expect(changes.map((change) => [change.oldKeys, change.newKeys])).toEqual([
    [null, { service_id: 1 }],
    [null, { service_id: 2 }],
    [null, { service_id: 3 }],
    [{ service_id: 2 }, null],
  ]);
});

test.each([
  ['in the order in which they began', [0, 1]],
  ['in the opposite order', [1, 0]],
])('of two transactions that commit %s none is skipped and none comes twice', async (_, order) => {
  const { started, settle, until, changes } = follow();
  await started();
  const writers = [await begin(), await begin()];
  await writers[0]!.query(service(1));
  await writers[1]!.query(service(2));
  const expected = order.map((index) => index + 1);
  await end(writers[order[0]!]!, 'COMMIT');
  await until(() => changes().length === 1);
  expect(ids(changes())).toEqual(expected.slice(0, 1));
  await end(writers[order[1]!]!, 'COMMIT');
  expect(ids(await settle())).toEqual(expected);
});

test('a transaction that was open at the start is delivered when it commits', async () => {
  const open = await begin();
  await open.query(service(1));
  const { started, settle } = follow();
  await started();
  expect(await settle()).toEqual([]);
  await end(open, 'COMMIT');
  expect(ids(await settle())).toEqual([1]);
});

test('a writer that stays open holds nobody back, and its own changes come in the end', async () => {
  const { started, settle } = follow();
  await started();
  const open = await begin();
  await open.query(service(100));
  for (const id of [1, 2, 3]) {
    await database.pool.query(service(id));
    expect(ids(await settle())).toEqual([1, 2, 3].slice(0, id));
  }
  await end(open, 'COMMIT');
  expect(ids(await settle())).toEqual([1, 2, 3, 100]);
});

test('what was rolled back is never delivered, savepoints included', async () => {
  const { started, settle } = follow();
  await started();
  const undone = await begin();
  await undone.query(service(1));
  await end(undone, 'ROLLBACK');
  const partly = await begin();
  await partly.query(service(2));
  await partly.query('SAVEPOINT a');
  await partly.query(service(3));
  await partly.query('ROLLBACK TO a');
  await partly.query('SAVEPOINT b');
  await partly.query(service(4));
  await settle();
  await end(partly, 'COMMIT');
  expect(ids(await settle())).toEqual([2, 4]);
});

test('after a lost connection the feed goes on from where it was, without a reset', async () => {
  const { started, settle, events } = follow();
  await started();
  const open = await begin();
  await open.query(service(1));
  await database.pool.query(service(2));
  await settle();
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'enroute-gateway feed' AND datname = current_database()`,
  );
  await database.pool.query(service(3));
  await end(open, 'COMMIT');
  const seen = ids(await settle());
  expect(seen.slice(0, 1)).toEqual([2]);
  expect(seen.slice(1).sort()).toEqual([1, 3]);
  expect(events.filter((event) => event.kind === 'reset')).toHaveLength(1);
});

test('events come one at a time; what is committed during one comes after it', async () => {
  let running = 0;
  let most = 0;
  const seen: Change[] = [];
  const { until } = follow({
    onEvent: async (event) => {
      most = Math.max(most, ++running);
      await sleep(20);
      if (event.kind === 'changes') seen.push(...event.changes);
      running--;
    },
  });
  for (const id of [1, 2, 3, 4, 5, 6]) await database.pool.query(service(id)).then(() => sleep(8));
  await until(() => ids(seen).includes(6));
  expect(most).toBe(1);
});

test('when an event’s delivery fails, everything is read again', async () => {
  const events: FeedEvent[] = [];
  const { until } = follow({
    onEvent: (event) => {
      events.push(event);
      if (event.kind === 'changes') throw new Error('not taken in');
    },
  });
  await until(() => events.length === 1);
  await database.pool.query(service(1));
  await until(() => events.length === 3);
  expect(events.map((event) => event.kind)).toEqual(['reset', 'changes', 'reset']);
});

test('more than ten thousand changes at once are a reset', async () => {
  const { events, started, settle, until } = follow();
  await started();
  await database.pool.query(
    `INSERT INTO saaras_db.service (service_name) SELECT 'many' || n FROM generate_series(1, 10001) AS n`,
  );
  await until(() => events.length === 2);
  expect(events[1]).toEqual({ kind: 'reset', counter: '10001' });
  await database.pool.query(service(20_000));
  expect(ids(await settle())).toEqual([20_000]);
});

test('stop waits for the event being delivered, and nothing comes after it', async () => {
  let delivered = 0;
  const { feed, until } = follow({
    onEvent: async () => {
      await sleep(100);
      delivered++;
    },
  });
  await until(() => delivered === 1);
  await database.pool.query(service(1));
  await sleep(30);
  await feed.stop();
  const atStop = delivered;
  await database.pool.query(service(2));
  await sleep(50);
  expect(delivered).toBe(atStop);
  const { rows } = await database.pool.query(
    `SELECT FROM pg_stat_activity WHERE application_name = 'enroute-gateway feed' AND datname = current_database()`,
  );
  expect(rows).toHaveLength(0);
});

test('a database that cannot be reached is waited for, and stop ends the waiting at once', async () => {
  const url = new URL(database.url);
  url.port = '1';
  const feed = startChangeFeed({ url: url.href, log, onEvent: () => undefined });
  await sleep(300);
  expect(feed.counter).toBe('0');
  const before = Date.now();
  await feed.stop();
  expect(Date.now() - before).toBeLessThan(1_000);
});

test('a commit wakes the feed at once, long before it would look by itself', async () => {
  const { started, until, events } = follow();
  await started();
  const times: number[] = [];
  for (let id = 1; id <= 30; id++) {
    const count = events.length;
    const before = performance.now();
    await database.pool.query(service(id));
    await until(() => events.length > count);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  expect(times[15]!).toBeLessThan(100);
});
