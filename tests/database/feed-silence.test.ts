import { createPool, dropSilentConnections, startChangeFeed } from '../../src/database';
import type { FeedEvent } from '../../src/database';
import { createLogger } from '../../src/log';
import { Wire } from '../faults/world/wire';
import { eventually } from '../support/eventually';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';

const log = createLogger('silent');
const INSERT = `INSERT INTO saaras_db.proxy (proxy_name) VALUES ('written meanwhile')`;

let database: TestDatabase;
let wire: Wire;
let url: string;
beforeEach(async () => {
  database = await createTestDatabase();
  wire = await Wire.open(Number(new URL(database.url).port));
  const through = new URL(database.url);
  through.port = new URL(wire.url).port;
  url = through.href;
});
afterEach(async () => {
  await wire.close();
  await database.drop();
});

test('a feed whose connection fell silent connects again within 10 s, and brings what was missed', async () => {
  const events: FeedEvent[] = [];
  const silences: number[] = [];
  const feed = startChangeFeed({ url, log, onEvent: (event) => void events.push(event), onSilence: (ms) => silences.push(ms) });
  await eventually(() => expect(events).toHaveLength(1));
  wire.freeze();
  await database.pool.query(INSERT);
  await eventually(() => expect(events).toHaveLength(2), 10_000);
  expect(events[1]).toMatchObject({ kind: 'changes', changes: [{ table: 'proxy' }] });
  expect(silences).toEqual([4_000]);
  await feed.stop();
});

test('while an event is taken in over a connection that fell silent, that is noticed and the connection broken off', async () => {
  const pool = createPool(url, log);
  await pool.query('SELECT 1');
  const events: FeedEvent[] = [];
  const feed = startChangeFeed({
    url,
    log,
    onEvent: async (event) => {
      if (events.length === 0) wire.freeze();
      events.push(event);
      await pool.query('SELECT 1');
    },
    onSilence: (milliseconds) => dropSilentConnections(pool, milliseconds),
  });
  await eventually(() => expect(events.map(({ kind }) => kind)).toEqual(['reset', 'reset']), 15_000);
  await feed.stop();
  await pool.end();
});

test('a feed stops although its connection fell silent', async () => {
  const events: FeedEvent[] = [];
  const feed = startChangeFeed({ url, log, onEvent: (event) => void events.push(event) });
  await eventually(() => expect(events).toHaveLength(1));
  wire.freeze();
  const started = performance.now();
  await feed.stop();
  expect(performance.now() - started).toBeLessThan(8_000);
});

test('a transaction with 10,000 changed rows wakes a listener once', async () => {
  const client = await database.pool.connect();
  const rings: string[] = [];
  client.on('notification', ({ channel }) => rings.push(channel));
  await client.query('LISTEN gateway_changes');
  await database.pool.query(
    `INSERT INTO saaras_db.service (service_name) SELECT 'service ' || n FROM generate_series(1, 5000) AS n;
     UPDATE saaras_db.service SET fqdn = service_name`,
  );
  const { rows } = await client.query(
    'SELECT count(*)::int AS changes, count(DISTINCT xid)::int AS transactions FROM gateway_private.change_log',
  );
  expect(rows).toEqual([{ changes: 10_000, transactions: 1 }]);
  await client.query('SELECT 1');
  expect(rings).toEqual(['gateway_changes']);
  client.release(true);
});
