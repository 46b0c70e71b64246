import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGraphQL } from '../../../src/graphql';
import type { Fixture } from '../database';
import { ask, log, shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import { RawSocket } from './raw-socket';

// Clients that break off, take nothing, or ask for too much: none may stop the process, hold its memory, or keep others
// from being served.

const TRANSPORT = 'graphql-transport-ws';

let shop: Fixture;
let served: Served;
beforeAll(async () => {
  shop = await shopFixture();
  await shop.pool.query(`
    CREATE VIEW shop.nap AS SELECT 1 AS id, pg_sleep(0.7)::text AS slept;
    CREATE TABLE shop.large (id integer PRIMARY KEY, text text);
    INSERT INTO shop.large SELECT n, repeat('x', 1000000) FROM generate_series(1, 10) n`);
});
beforeEach(async () => {
  await shop.reset();
  served = await serve(await createGraphQL({ pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 1e6, pollMs: 100, log }));
});
afterEach(() => served.close());
afterAll(() => shop.drop());

const subscribe = (raw: RawSocket, id: string, query: string) => raw.send({ type: 'subscribe', id, payload: { query } });
const eventsOf = (query: string) =>
  `GET /v1/graphql?query=${encodeURIComponent(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`;
const portOf = (url: string) => Number(new URL(url).port);

test('events that have ended, but are not taken, are kept alive no more', async () => {
  jest.useFakeTimers({ doNotFake: DO_NOT_FAKE.filter((name) => name !== 'setInterval') });
  const socket = connect(portOf(served.url), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(eventsOf('{ shop_large { text } }'));
  await sleep(500);
  jest.advanceTimersByTime(60_000);
  await sleep(100);
  socket.destroy();
  jest.useRealTimers();
  expect(await ask(shop.engine, '{ __typename }')).toHaveProperty('data');
});

test('events whose request is broken off leave nothing behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  await sleep(50);
  const before = timers();
  for (let count = 0; count < 30; count += 1) {
    const socket = connect(portOf(served.url), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /v1/graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Length: 100\r\n\r\n{"que');
    await sleep(5);
    socket.destroy();
  }
  await sleep(200);
  expect(timers()).toBeLessThan(before + 10);
});

test.each([
  '{ shop_large { ALIASES } }',
  'subscription { shop_large { ALIASES } }',
  '{ shop_large_aggregate { nodes { ALIASES } } }',
])('an answer of more than 128 MB is refused: %s', async (template) => {
  const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: text`).join(' ');
  const raw = await RawSocket.connect(served.url, TRANSPORT);
  subscribe(raw, 'a', template.replace('ALIASES', aliases));
  const message = 'the answer of a root field is larger than 128 MiB: ask for less at a time';
  expect(await raw.take(undefined, 30_000)).toMatchObject({
    type: 'error',
    payload: [{ message, extensions: { path: '$', code: 'validation-failed' } }],
  });
  raw.close();
});

test('the same over HTTP is sent in chunks', async () => {
  const aliases = Array.from({ length: 16 }, (_, index) => `a${index}: text`).join(' ');
  const response = await fetch(`${served.url}/v1/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query: `{ shop_large { ${aliases} } }` }),
  });
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(160e6);
});

test('clients that do not take their large answers keep nobody waiting', async () => {
  const body = JSON.stringify({ query: '{ shop_large { text other: text } }' });
  const head = `POST /v1/graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`;
  const sockets = Array.from({ length: 30 }, () => connect(portOf(served.url), '127.0.0.1').on('error', () => undefined));
  for (const socket of sockets) socket.write(head + body);
  await sleep(1_500);
  const started = performance.now();
  const answer = await fetch(`${served.url}/v1/graphql`, { method: 'POST', body: JSON.stringify({ query: '{ note { id } }' }) });
  expect(await answer.json()).toEqual({ data: { note: [{ id: 1 }] } });
  expect(performance.now() - started).toBeLessThan(2_000);
  for (const socket of sockets) socket.destroy();
});

test.each([
  ['subscriptions', 'subscription { shop_large(limit: 2) { text } }'],
  ['queries', '{ shop_large(limit: 2) { text } }'],
])('a client that takes nothing of hundreds of %s holds little memory', async (_, query) => {
  const raw = await RawSocket.connect(served.url, TRANSPORT);
  raw.socket.pause();
  const before = process.memoryUsage.rss();
  for (let id = 0; id < 300; id += 1) subscribe(raw, String(id), query);
  let most = before;
  for (let wait = 0; wait < 20; wait += 1) {
    await sleep(100);
    most = Math.max(most, process.memoryUsage.rss());
  }
  // Together they would be 600 MB.
  expect(most - before).toBeLessThan(200e6);
  raw.socket.terminate();
});

test('queries of a client that takes nothing are answered once it does', async () => {
  const raw = await RawSocket.connect(served.url, TRANSPORT);
  raw.socket.pause();
  for (let id = 0; id < 20; id += 1) subscribe(raw, String(id), '{ shop_large(limit: 2) { text } }');
  await sleep(300);
  raw.socket.resume();
  const completed = new Set<string>();
  while (completed.size < 20) completed.add((await raw.take(({ type }) => type === 'complete')).id ?? '');
  raw.close();
});

test('slow queries of one client do not keep others from being answered', async () => {
  const raw = await RawSocket.connect(served.url, TRANSPORT);
  for (let id = 0; id < 60; id += 1) subscribe(raw, String(id), '{ shop_nap { id slept } }');
  await sleep(200);
  const other = await RawSocket.connect(served.url, TRANSPORT);
  const started = performance.now();
  subscribe(other, 'a', '{ note { id } }');
  expect(await other.take()).toMatchObject({ type: 'next' });
  expect(performance.now() - started).toBeLessThan(600);
  raw.socket.terminate();
  other.close();
  await sleep(1_000);
});

test('subscriptions that were given up at once keep nobody waiting', async () => {
  const raw = await RawSocket.connect(served.url, TRANSPORT);
  for (let id = 0; id < 60; id += 1) {
    subscribe(raw, String(id), `subscription { a${id}: shop_nap { id slept } }`);
    raw.send({ type: 'complete', id: String(id) });
  }
  raw.close();
  await sleep(100);
  const other = await RawSocket.connect(served.url, TRANSPORT);
  const started = performance.now();
  subscribe(other, 'a', 'subscription { note { id } }');
  expect(await other.take()).toMatchObject({ type: 'next' });
  expect(performance.now() - started).toBeLessThan(2_500);
  other.close();
});

test('a refused value of one subscriber is not that of those who came with it', async () => {
  await shop.pool.query('CREATE TABLE IF NOT EXISTS shop.words (id integer PRIMARY KEY, query tsquery)');
  const engine = await createGraphQL({ pool: shop.pool, schemas: ['shop'], maxBodyBytes: 1e6, pollMs: 100, log });
  const own = await serve(engine);
  const raw = await RawSocket.connect(own.url, TRANSPORT);
  const query = 'subscription ($q: tsquery!) { shop_words(where: {query: {_eq: $q}}) { id } }';
  for (const [id, q] of Object.entries({ one: 'a & b', bad: 'a &', two: 'c' }))
    raw.send({ type: 'subscribe', id, payload: { query, variables: { q } } });
  const got = [await raw.take(), await raw.take(), await raw.take()];
  expect(Object.fromEntries(got.map(({ id, type }) => [id, type]))).toEqual({ one: 'next', bad: 'error', two: 'next' });
  await own.close();
});

test('a failure that passes is tried again, though nothing tells of a change', async () => {
  await shop.pool.query(`
    CREATE OR REPLACE FUNCTION shop.fails() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT 1 FROM shop.log WHERE line = 'fail') THEN RAISE EXCEPTION 'lost' USING ERRCODE = '53200'; END IF;
      RETURN 1;
    END $$;
    CREATE OR REPLACE VIEW shop.flaky AS SELECT shop.fails() AS id;
    INSERT INTO shop.log VALUES ('fail')`);
  const changes = { isFollowing: true, covers: () => true, listen: () => () => undefined };
  const own = await serve(await createGraphQL({ pool: shop.pool, schemas: ['shop'], maxBodyBytes: 1e6, changes, log }));
  const raw = await RawSocket.connect(own.url, TRANSPORT);
  subscribe(raw, 'a', 'subscription { shop_flaky { id } }');
  expect(await raw.take()).toMatchObject({ type: 'next', payload: { data: null, errors: [{}] } });
  await shop.pool.query(`DELETE FROM shop.log WHERE line = 'fail'`);
  expect(await raw.take()).toMatchObject({ type: 'next', payload: { data: { shop_flaky: [{ id: 1 }] } } });
  await own.close();
});

test('while changes are not told, what is told of them is polled', async () => {
  let tell = (): void => undefined;
  const changes = {
    isFollowing: true,
    covers: () => true,
    listen: (listener: (tables: undefined) => void) => {
      tell = () => listener(undefined);
      return () => undefined;
    },
  };
  const options = { pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 1e6, changes, pollMs: 100, log };
  const own = await serve(await createGraphQL(options));
  const raw = await RawSocket.connect(own.url, TRANSPORT);
  subscribe(raw, 'a', 'subscription { note { text } }');
  await raw.take();
  await shop.pool.query(`UPDATE note SET text = 'one'`);
  await sleep(400);
  expect(raw.rest()).toEqual([]);
  changes.isFollowing = false;
  tell();
  expect(JSON.stringify(await raw.take())).toContain('"one"');
  await shop.pool.query(`UPDATE note SET text = 'two'`);
  expect(JSON.stringify(await raw.take())).toContain('"two"');
  await own.close();
});

test('a nested insert that cannot go on is an error of the run', async () => {
  const raw = await RawSocket.connect(served.url, 'graphql-ws');
  const query = `mutation { insert_shop_author(
    objects: {name: "Ann", articles_by_author: {data: {title: "x"}}},
    on_conflict: {constraint: author_name_key}
  ) { affected_rows } }`;
  raw.send({ type: 'start', id: 'a', payload: { query } });
  expect(await raw.take()).toMatchObject({
    type: 'data',
    payload: { data: null, errors: [{ message: expect.stringContaining('affects zero rows') as string }] },
  });
  raw.close();
});

const DO_NOT_FAKE = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
