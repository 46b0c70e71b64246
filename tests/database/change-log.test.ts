import pg from 'pg';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

interface Logged {
  readonly xid: string;
  readonly entry: [table: string, oldKeys: unknown, newKeys: unknown];
}

async function logged(from = 0): Promise<Logged[]> {
  const { rows } = await database.pool.query<{ xid: string; table_name: string; old_keys: unknown; new_keys: unknown }>(
    'SELECT xid, table_name, old_keys, new_keys FROM gateway_private.change_log WHERE seq > $1 ORDER BY seq',
    [from],
  );
  return rows.map((row) => ({ xid: row.xid, entry: [row.table_name, row.old_keys, row.new_keys] }));
}

/** What the statements log, beyond what is in the log already. */
async function logOf(...statements: string[]): Promise<Logged['entry'][]> {
  const { rows } = await database.pool.query<{ seq: number }>(
    'SELECT coalesce(max(seq), 0)::int AS seq FROM gateway_private.change_log',
  );
  for (const statement of statements) await database.pool.query(statement);
  return (await logged(rows[0]!.seq)).map((row) => row.entry);
}

const SERVICE = `INSERT INTO saaras_db.service (service_id, service_name) VALUES (1, 'demo')`;
const ROUTES = `INSERT INTO saaras_db.route (route_id, route_name, service_id) VALUES (11, 'a', 1), (12, 'b', 1)`;

test('an insert logs a row a new row, with its own key and its parents’', async () => {
  expect(await logOf(SERVICE, ROUTES)).toEqual([
    ['service', null, { service_id: 1 }],
    ['route', null, { route_id: 11, service_id: 1 }],
    ['route', null, { route_id: 12, service_id: 1 }],
  ]);
});

test('an update pairs old and new keys by primary key, so that a moved child tells both parents', async () => {
  await logOf(SERVICE, ROUTES, `INSERT INTO saaras_db.service (service_id, service_name) VALUES (2, 'other')`);
  const moved = await logOf(
    `UPDATE saaras_db.route SET service_id = 2 WHERE route_name = 'b'`,
    `UPDATE saaras_db.route SET route_prefix = '/'`,
  );
  expect(moved).toEqual([
    ['route', { route_id: 12, service_id: 1 }, { route_id: 12, service_id: 2 }],
    ['route', { route_id: 11, service_id: 1 }, { route_id: 11, service_id: 1 }],
    ['route', { route_id: 12, service_id: 2 }, { route_id: 12, service_id: 2 }],
  ]);
});

test('a changed primary key is a deleted and a new row', async () => {
  await logOf(SERVICE);
  const entries = await logOf(`UPDATE saaras_db.service SET service_id = 5`);
  expect(entries).toHaveLength(2);
  expect(entries).toContainEqual(['service', { service_id: 1 }, null]);
  expect(entries).toContainEqual(['service', null, { service_id: 5 }]);
});

test('a composite primary key is paired by all its columns', async () => {
  await logOf(SERVICE, `INSERT INTO saaras_db.filter (filter_id, filter_name) VALUES (7, 'f'), (8, 'g')`);
  await logOf(`INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (1, 7), (1, 8)`);
  expect(await logOf(`UPDATE saaras_db.service_filter SET update_ts = now()`)).toEqual([
    ['service_filter', { service_id: 1, filter_id: 7 }, { service_id: 1, filter_id: 7 }],
    ['service_filter', { service_id: 1, filter_id: 8 }, { service_id: 1, filter_id: 8 }],
  ]);
});

test('a delete logs the old keys', async () => {
  await logOf(SERVICE, ROUTES);
  expect(await logOf(`DELETE FROM saaras_db.route WHERE route_id = 12`)).toEqual([
    ['route', { route_id: 12, service_id: 1 }, null],
  ]);
});

test('an upsert logs what it did: new rows as new, touched rows as changed', async () => {
  await logOf(SERVICE);
  const upsert = `INSERT INTO saaras_db.service (service_id, service_name) VALUES (90, 'demo'), (91, 'new')
    ON CONFLICT ON CONSTRAINT service_service_name_key DO UPDATE SET update_ts = now()`;
  const entries = await logOf(upsert);
  expect(entries).toHaveLength(2);
  expect(entries).toContainEqual(['service', null, { service_id: 91 }]);
  expect(entries).toContainEqual(['service', { service_id: 1 }, { service_id: 1 }]);
});

test('a truncate logs one row without keys for each table that it empties', async () => {
  await logOf(SERVICE, ROUTES);
  const entries = await logOf('TRUNCATE saaras_db.route CASCADE');
  expect(entries.sort()).toEqual(['route', 'route_filter', 'route_upstream'].map((table) => [table, null, null]));
});

test('a statement that changes nothing logs nothing', async () => {
  expect(await logOf(`UPDATE saaras_db.service SET fqdn = 'x'`, `DELETE FROM saaras_db.service`)).toEqual([]);
});

test('every table of the user’s configuration is logged', async () => {
  const { rows } = await database.pool.query<{ table: string; events: string }>(`
    SELECT c.relname AS table, string_agg(tgname, ' ' ORDER BY tgname) AS events
      FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND tgfoid IN (SELECT oid FROM pg_proc WHERE pronamespace = 'gateway_private'::regnamespace)
     WHERE c.relnamespace = 'saaras_db'::regnamespace AND c.relkind = 'r' GROUP BY c.relname`);
  expect(rows).toHaveLength(16);
  expect(new Set(rows.map((row) => row.events))).toEqual(new Set(['log_delete log_insert log_truncate log_update']));
});

test('a later table is logged after one call, whatever its names need for quoting', async () => {
  await database.pool.query(`
    CREATE TABLE gateway."Odd ""table""" ("it's" bigint REFERENCES saaras_db.proxy (proxy_id), "a,b" text PRIMARY KEY, kept text);
    SELECT gateway_private.log_changes_of('gateway."Odd ""table"""');
    SELECT gateway_private.log_changes_of('gateway."Odd ""table"""')`);
  const insert = `INSERT INTO gateway."Odd ""table""" VALUES (NULL, 'k', 'private')`;
  const update = `UPDATE gateway."Odd ""table""" SET kept = 'still private'`;
  const keys = { "it's": null, 'a,b': 'k' };
  expect(await logOf(insert, update)).toEqual([
    ['Odd "table"', null, keys],
    ['Odd "table"', keys, keys],
  ]);
});

test('a table without a primary key is refused', async () => {
  await database.pool.query('CREATE TABLE gateway.keyless (a int)');
  await expect(database.pool.query(`SELECT gateway_private.log_changes_of('gateway.keyless')`)).rejects.toThrow(
    'has no primary key',
  );
});

test('no value of a row is in the log but its keys', async () => {
  await database.pool.query(`INSERT INTO saaras_db.secret (secret_name, secret_key) VALUES ('x', 'PRIVATE')`);
  await database.pool.query(`UPDATE saaras_db.secret SET secret_key = 'PRIVATE2'`);
  expect(JSON.stringify(await logged())).not.toMatch(/PRIVATE|secret_name/);
});

test('all rows of a transaction carry its id, those within savepoints too; what was rolled back left none', async () => {
  const client = await database.pool.connect();
  await client.query('BEGIN');
  await client.query(SERVICE);
  await client.query('SAVEPOINT s');
  await client.query(ROUTES);
  await client.query('RELEASE s');
  await client.query('SAVEPOINT t');
  await client.query(`INSERT INTO saaras_db.filter (filter_name) VALUES ('undone')`);
  await client.query('ROLLBACK TO t');
  await client.query('COMMIT');
  client.release();
  const rows = await logged();
  expect(rows.map((row) => row.entry[0])).toEqual(['service', 'route', 'route']);
  expect(new Set(rows.map((row) => row.xid)).size).toBe(1);
});

test('a transaction notifies once, without data, when it changed something and when it commits', async () => {
  const heard: (string | undefined)[] = [];
  const listener = new pg.Client({ connectionString: database.url });
  await listener.connect();
  listener.on('notification', ({ channel, payload }) => heard.push(`${channel}:${payload}`));
  await listener.query('LISTEN gateway_changes');
  /** Notifications arrive in commit order; this one is the last. */
  const heardUntilNow = async () => {
    const before = heard.length;
    await database.pool.query(`SELECT pg_notify('gateway_changes', 'end')`);
    while (heard.at(-1) !== 'gateway_changes:end' || heard.length === before)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return heard.splice(0).slice(0, -1);
  };
  try {
    const client = await database.pool.connect();
    await client.query(`BEGIN; ${SERVICE}; ${ROUTES}; UPDATE saaras_db.route SET route_prefix = '/'; COMMIT`);
    expect(await heardUntilNow()).toEqual(['gateway_changes:']);
    await client.query(`BEGIN; DELETE FROM saaras_db.route; ROLLBACK`);
    await client.query(`UPDATE saaras_db.route SET route_prefix = 'x' WHERE false`);
    client.release();
    expect(await heardUntilNow()).toEqual([]);
  } finally {
    await listener.end();
  }
});

test('whoever may write a table needs no right on the log', async () => {
  const role = `writer_${Date.now()}`;
  const client = await database.pool.connect();
  try {
    await client.query(`BEGIN; CREATE ROLE ${role}; GRANT USAGE ON SCHEMA saaras_db TO ${role};
      GRANT INSERT ON saaras_db.org TO ${role}; GRANT USAGE ON SEQUENCE saaras_db.org_org_id_seq TO ${role}; SET LOCAL ROLE ${role}`);
    await client.query(`INSERT INTO saaras_db.org (org_name) VALUES ('o')`);
    await client.query('RESET ROLE');
    expect((await client.query(`SELECT table_name FROM gateway_private.change_log`)).rows).toEqual([{ table_name: 'org' }]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
