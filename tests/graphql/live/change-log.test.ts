import type pg from 'pg';
import { ChangeBroadcast, loggedTables, startChangeFeed } from '../../../src/database';
import type { ChangeFeed } from '../../../src/database';
import { createGraphQL } from '../../../src/graphql';
import type { Fixture } from '../database';
import { gatewayFixture, log, shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import { RawSocket } from './raw-socket';

// Live queries on the gateway's own tables, driven by its change log. Polling is so rare here that it cannot help.

let gateway: Fixture;
let feed: ChangeFeed;
let served: Served;
let writer: pg.PoolClient;
beforeAll(async () => {
  gateway = await gatewayFixture();
  const changes = new ChangeBroadcast(await loggedTables(gateway.pool));
  const { pool, schemas, url } = gateway;
  served = await serve(await createGraphQL({ pool, schemas, maxBodyBytes: 1e6, changes, pollMs: 3_600_000, log }));
  feed = startChangeFeed({ url, log, onEvent: (event) => changes.tell(event) });
  writer = await pool.connect();
});
afterAll(async () => {
  writer.release();
  await feed.stop();
  await served.close();
  await gateway.drop();
});

test('every table of the configuration is logged', async () => {
  const logged = await loggedTables(gateway.pool);
  const { rows } = await gateway.pool.query<{ relation: string }>(
    `SELECT relname AS relation FROM pg_class WHERE relnamespace = 'saaras_db'::regnamespace AND relkind = 'r'`,
  );
  const names = (tables: readonly { relation: string }[]) => tables.map(({ relation }) => relation).sort();
  expect(names(logged)).toEqual(names(rows));
  expect(new Set(logged.map(({ schema }) => schema))).toEqual(new Set(['saaras_db']));
});

test('a database without a change log has no logged tables', async () => {
  const shop = await shopFixture();
  expect(await loggedTables(shop.pool)).toEqual([]);
  await shop.drop();
});

test('a commit by anybody is seen within moments, an open transaction and a rollback never', async () => {
  const raw = await RawSocket.connect(served.url, 'graphql-transport-ws');
  const query = 'subscription { saaras_db_upstream(order_by: {upstream_id: asc}) { upstream_name } }';
  raw.send({ type: 'subscribe', id: 'a', payload: { query } });
  await raw.take();
  const insert = (name: string) =>
    writer.query(`INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port) VALUES ($1, '127.0.0.1', 1)`, [
      name,
    ]);
  await writer.query('BEGIN');
  await insert('rolled back');
  await writer.query('ROLLBACK');
  await writer.query('BEGIN');
  await insert('committed');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(raw.rest()).toEqual([]);
  const started = performance.now();
  await writer.query('COMMIT');
  const message = JSON.stringify(await raw.take());
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(message).toContain('"committed"');
  expect(message).not.toContain('rolled back');
  raw.close();
});
