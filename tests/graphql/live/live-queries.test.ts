import type pg from 'pg';
import { createGraphQL } from '../../../src/graphql';
import type { ChangedTable, GraphQLEngine } from '../../../src/graphql';
import type { Fixture } from '../database';
import { log, shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import { RawSocket } from './raw-socket';

const PROTOCOL = 'graphql-transport-ws';

/** Tells of changes when the test says so. */
class Bell {
  readonly #listeners = new Set<(tables: readonly ChangedTable[] | undefined) => void>();
  isFollowing = true;
  covers = ({ relation }: ChangedTable): boolean => relation !== 'log' && relation !== 'title';
  listen = (listener: (tables: readonly ChangedTable[] | undefined) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  ring(...relations: string[]): void {
    const tables = relations.map((relation) => ({ schema: relation === 'note' ? 'public' : 'shop', relation }));
    for (const listener of this.#listeners) listener(relations.length > 0 ? tables : undefined);
  }
}

/** A pool that counts how often it is used. */
function counted(pool: pg.Pool): pg.Pool & { uses: number } {
  const counting = Object.create(pool) as pg.Pool & { uses: number };
  counting.uses = 0;
  counting.connect = ((...args: []) => {
    counting.uses += 1;
    return pool.connect(...args);
  }) as pg.Pool['connect'];
  return counting;
}

let shop: Fixture;
let bell: Bell;
let pool: ReturnType<typeof counted>;
let engine: GraphQLEngine;
let served: Served;
beforeAll(async () => {
  shop = await shopFixture();
});
beforeEach(async () => {
  await shop.reset();
  bell = new Bell();
  pool = counted(shop.pool);
  engine = await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1e6, changes: bell, pollMs: 400, log });
  served = await serve(engine);
});
afterEach(async () => {
  await served.close();
});
afterAll(() => shop.drop());

async function subscribe(query: string, variables?: object, raw?: RawSocket, id = 'a'): Promise<RawSocket> {
  const socket = raw ?? (await RawSocket.connect(served.url, PROTOCOL));
  socket.send({ type: 'subscribe', id, payload: { query, variables } });
  return socket;
}

const rename = (name: string, id = 1) => shop.pool.query('UPDATE shop.author SET name = $1 WHERE id = $2', [name, id]);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const AUTHOR = 'subscription ($id: Int!) { shop_author_by_pk(id: $id) { name } }';
const named = (name: string, id = 'a') => ({ type: 'next', id, payload: { data: { shop_author_by_pk: { name } } } });

test('the first result comes at once, later ones when they are told of and differ', async () => {
  const raw = await subscribe(AUTHOR, { id: 1 });
  expect(await raw.take()).toEqual(named('Ann'));
  await rename('Bea');
  await pause(300);
  expect(raw.rest()).toEqual([]);
  bell.ring('author');
  expect(await raw.take()).toEqual(named('Bea'));
  bell.ring('author');
  await pause(400);
  expect(raw.rest()).toEqual([]);
});

test('a change of a table that is not read runs nothing', async () => {
  await (await subscribe(AUTHOR, { id: 1 })).take();
  const before = pool.uses;
  bell.ring('article', 'note');
  await pause(350);
  expect(pool.uses).toBe(before);
  bell.ring();
  await pause(350);
  expect(pool.uses).toBe(before + 1);
});

test.each([
  ['a nested selection', 'subscription { shop_author { shop_articles_by_author { title } } }'],
  ['a nested aggregate', 'subscription { shop_author { shop_articles_by_author_aggregate { aggregate { count } } } }'],
  ['a filter', 'subscription { shop_author(where: {articles_by_author: {title: {_eq: "Alpha"}}}) { id } }'],
  ['an order', 'subscription { shop_author(order_by: {articles_by_author_aggregate: {count: asc}}) { id } }'],
])('tables that are read by %s count too', async (_, template) => {
  const query = template.replaceAll('shop_articles', 'articles');
  const raw = await subscribe(query);
  expect(await raw.take()).toMatchObject({ type: 'next' });
  await shop.pool.query(`INSERT INTO shop.article (author_id, title) VALUES (2, 'Alpha'), (2, 'Omega'), (2, 'Psi'), (2, 'Phi')`);
  bell.ring('article');
  expect(await raw.take()).toMatchObject({ type: 'next' });
});

test('many changes make at most four runs a second, and the last state is sent', async () => {
  const raw = await subscribe(AUTHOR, { id: 1 });
  await raw.take();
  const before = pool.uses;
  for (let change = 1; change <= 50; change += 1) {
    await rename(`name ${change}`);
    bell.ring('author');
    await pause(20);
  }
  await raw.take((message) => JSON.stringify(message).includes('name 50'));
  // A second and a bit of changes, and the run after the last of them.
  expect(pool.uses - before).toBeLessThanOrEqual(8);
  expect(pool.uses - before).toBeGreaterThanOrEqual(4);
});

test('subscriptions to one query with different variables are one statement', async () => {
  await shop.pool.query(`INSERT INTO shop.author (id, name) SELECT n, 'n' || n FROM generate_series(1000, 1299) n`);
  const raw = await RawSocket.connect(served.url, PROTOCOL);
  for (let id = 1000; id < 1300; id += 1) await subscribe(AUTHOR, { id }, raw, String(id));
  for (let id = 1000; id < 1300; id += 1) await raw.take();
  const before = pool.uses;
  await shop.pool.query(`UPDATE shop.author SET name = 'changed ' || id WHERE id BETWEEN 1000 AND 1004`);
  bell.ring('author');
  const got = [];
  for (let count = 0; count < 5; count += 1) got.push(await raw.take());
  expect(got.map(({ id }) => id).sort()).toEqual(['1000', '1001', '1002', '1003', '1004']);
  await pause(300);
  expect(raw.rest()).toEqual([]);
  expect(pool.uses - before).toBe(1);
});

test('literals are variables too: queries that differ in them alone are one statement', async () => {
  const raw = await subscribe('subscription { shop_author_by_pk(id: 1) { name } }');
  await subscribe('subscription { shop_author_by_pk(id: 2) { name } }', {}, raw, 'b');
  await raw.take();
  await raw.take();
  const before = pool.uses;
  await shop.pool.query(`UPDATE shop.author SET name = name || '!'`);
  bell.ring('author');
  await raw.take();
  await raw.take();
  expect(pool.uses - before).toBe(1);
});

test('a run that fails for one subscriber gives the others theirs, and goes on when it can', async () => {
  const query = 'subscription ($p: String!) { note(where: {text: {_regex: $p}}) { text } }';
  await shop.pool.query('DELETE FROM note');
  const raw = await subscribe(query, { p: 'x' });
  await subscribe(query, { p: '(' }, raw, 'bad');
  await subscribe(query, { p: '.' }, raw, 'c');
  for (let count = 0; count < 3; count += 1) await raw.take();
  await shop.pool.query(`INSERT INTO note VALUES (1, 'x')`);
  bell.ring('note');
  const got = [await raw.take(), await raw.take(), await raw.take()].sort((one, other) => (`${one.id}` < `${other.id}` ? -1 : 1));
  const fine = { data: { note: [{ text: 'x' }] } };
  expect(got).toMatchObject([
    { id: 'a', payload: fine },
    { id: 'bad', payload: { data: null, errors: [{ extensions: { code: 'data-exception' } }] } },
    { id: 'c', payload: fine },
  ]);
  await shop.pool.query('DELETE FROM note');
  bell.ring('note');
  expect(await raw.take(({ id }) => id === 'bad')).toMatchObject({ payload: { data: { note: [] } } });
});

test('what nobody tells of is polled', async () => {
  const raw = await subscribe('subscription { shop_log { line } }');
  expect(await raw.take()).toMatchObject({ type: 'next' });
  await shop.pool.query(`INSERT INTO shop.log VALUES ('new')`);
  expect(JSON.stringify(await raw.take())).toContain('"new"');
  const before = pool.uses;
  await pause(1_300);
  expect(pool.uses - before).toBeGreaterThanOrEqual(2);
  expect(pool.uses - before).toBeLessThanOrEqual(4);
});

test('new subscribers do not keep the others from being polled', async () => {
  const raw = await subscribe('subscription { shop_log { line } }');
  await raw.take();
  await shop.pool.query(`INSERT INTO shop.log VALUES ('late')`);
  const arrivals = (async () => {
    for (let id = 0; id < 15; id += 1) {
      const other = await subscribe('subscription { shop_log { line } }', {}, undefined, String(id));
      await pause(100);
      other.close();
    }
  })();
  expect(JSON.stringify(await raw.take(undefined, 1_000))).toContain('"late"');
  await arrivals;
});

test('nothing runs for nobody', async () => {
  const raw = await subscribe('subscription { shop_log { line } }');
  await raw.take();
  raw.close();
  await raw.closed;
  await pause(100);
  const before = pool.uses;
  await pause(1_000);
  bell.ring();
  expect(pool.uses).toBe(before);
});

test('a subscription has one root field, unless a directive lifts that', async () => {
  const two = 'one: shop_author_by_pk(id: 1) { name } note { id }';
  const raw = await subscribe(`subscription { ${two} }`);
  expect(await raw.take()).toMatchObject({
    type: 'error',
    payload: [{ message: 'subscriptions must select one top level field', extensions: { path: '$', code: 'validation-failed' } }],
  });
  await subscribe(`subscription @_multiple_top_level_fields { ${two} }`, {}, raw);
  expect(await raw.take()).toMatchObject({ payload: { data: { one: { name: 'Ann' }, note: [{ id: 1 }] } } });
  await rename('Bea');
  bell.ring('author');
  expect(await raw.take()).toMatchObject({ payload: { data: { one: { name: 'Bea' }, note: [{ id: 1 }] } } });
});

test.each(['__typename', '__schema { queryType { name } }'])('%s is no root field of a subscription', async (field) => {
  const raw = await subscribe(`subscription { ${field} }`);
  expect(await raw.take()).toMatchObject({
    type: 'error',
    payload: [
      {
        message: 'Introspection at root field level is not supported over subscriptions',
        extensions: { path: '$', code: 'not-supported' },
      },
    ],
  });
});

test('with a limit of rows, a list that grows beyond it is an error of its own', async () => {
  const limited = await serve(
    await createGraphQL({ pool, schemas: shop.schemas, maxBodyBytes: 1e6, maxRows: 1, changes: bell, log }),
  );
  const raw = await RawSocket.connect(limited.url, PROTOCOL);
  await subscribe('subscription { note { id } }', {}, raw);
  expect(await raw.take()).toMatchObject({ payload: { data: { note: [{ id: 1 }] } } });
  await shop.pool.query(`INSERT INTO note VALUES (2, 'x')`);
  bell.ring('note');
  expect(await raw.take()).toMatchObject({
    type: 'next',
    payload: { data: null, errors: [{ extensions: { path: '$.selectionSet.note', code: 'validation-failed' } }] },
  });
  await limited.close();
});

test('a client that takes nothing is sent nothing more, and the last state when it does', async () => {
  await shop.pool.query(`INSERT INTO shop.log SELECT repeat('x', 1000) FROM generate_series(1, 3000)`);
  const raw = await subscribe('subscription { shop_log { line } }');
  await raw.take();
  raw.socket.pause();
  const before = process.memoryUsage.rss();
  for (let change = 1; change <= 12; change += 1) {
    await shop.pool.query('INSERT INTO shop.log VALUES ($1)', [`change ${change}`]);
    await pause(420);
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  raw.socket.resume();
  await raw.take((message) => JSON.stringify(message).includes('change 12'));
});

test('reading the metadata again ends the connections, as Hasura does', async () => {
  const raw = await subscribe(AUTHOR, { id: 1 });
  await raw.take();
  await fetch(`${served.url}/v1/metadata`, { method: 'POST', body: '{"type":"reload_metadata","args":{}}' });
  expect(await raw.closed).toEqual({ code: 1012, reason: 'the metadata was changed' });
});

test('stopping ends the connections', async () => {
  const raw = await subscribe(AUTHOR, { id: 1 });
  await raw.take();
  await engine.stop();
  expect(await raw.closed).toMatchObject({ code: 1001 });
});
