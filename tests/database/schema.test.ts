import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';

const GOLDEN = path.join(__dirname, 'golden', 'schema.txt');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

interface Described {
  readonly table: string;
  readonly line: string;
}

/** What the GraphQL API and dumps depend on, a line a fact, as the catalog has it. */
async function describeSchema(): Promise<string> {
  const columns = await database.pool.query<Described>(`
    SELECT c.relname AS table, format('  %s %s %s', a.attnum, a.attname, format_type(a.atttypid, a.atttypmod))
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
           || coalesce(' DEFAULT ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), 'nextval\\(''saaras_db\\.(\\w+)''::regclass\\)', 'sequence \\1'), '') AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'saaras_db'::regnamespace AND c.relkind = 'r' ORDER BY c.relname, a.attnum`);
  const constraints = await database.pool.query<Described>(`
    SELECT conrelid::regclass::text AS table,
           format('  %s %s', conname, replace(pg_get_constraintdef(oid), 'REFERENCES saaras_db.', 'REFERENCES ')) AS line
      FROM pg_constraint WHERE connamespace = 'saaras_db'::regnamespace AND contype <> 'n' ORDER BY conname COLLATE "C"`);
  const triggers = await database.pool.query<Described>(`
    SELECT tgrelid::regclass::text AS table,
           format('  %s BEFORE UPDATE sets %s', tgname, substring(p.proname FROM 'set_current_timestamp_(\\w+)')) AS line
      FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid
     WHERE NOT tgisinternal AND p.pronamespace = 'saaras_db'::regnamespace AND tgtype = 19`);
  const tables = [...new Set(columns.rows.map((row) => row.table))];
  const rest = [...constraints.rows, ...triggers.rows].map((row) => ({ ...row, table: row.table.replace('saaras_db.', '') }));
  return tables
    .flatMap((table) => [table, ...[...columns.rows, ...rest].filter((row) => row.table === table).map((row) => row.line), ''])
    .join('\n')
    .replaceAll(/\n\n/g, '\n')
    .replaceAll(/ FOREIGN KEY (\(\w+\)) REFERENCES (\w+)\((\w+)\)/g, ' FOREIGN KEY $1 REFERENCES $2($3)');
}

test('tables, columns, defaults, constraints and update triggers are those of the reference', async () => {
  const described = await describeSchema();
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(GOLDEN, described);
  expect(described).toBe(await readFile(GOLDEN, 'utf8'));
});

test('each sequence begins at 1, steps by 1 and belongs to its column', async () => {
  const { rows } = await database.pool.query<{ name: string; owner: string }>(`
    SELECT s.sequencename AS name, d.refobjid::regclass || '.' || a.attname AS owner
      FROM pg_sequences s
      JOIN pg_depend d ON d.objid = format('saaras_db.%I', s.sequencename)::regclass AND d.classid = 'pg_class'::regclass AND d.deptype = 'a'
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE s.schemaname = 'saaras_db' AND s.start_value = 1 AND s.increment_by = 1 AND s.data_type = 'bigint'::regtype`);
  const owners = Object.fromEntries(rows.map((row) => [row.name, row.owner.replace('saaras_db.', '')]));
  const usual = [
    'artifact.artifact_id',
    'artifact.secret_id',
    'filter.filter_id',
    'org.org_id',
    'proxy.proxy_id',
    'proxy_service.proxy_service_id',
  ]
    .concat([
      'route.route_id',
      'route_upstream.route_id',
      'route_upstream.route_upstream_id',
      'route_upstream.upstream_id',
      'secret.secret_id',
    ])
    .concat([
      'service.service_id',
      'service_secret.secret_id',
      'service_secret.service_id',
      'service_secret.service_secret_id',
      'upstream.upstream_id',
    ]);
  expect(owners).toEqual({
    ...Object.fromEntries(usual.map((column) => [`${column.replace('.', '_')}_seq`, column])),
    proxy_config_proxy_config_id_seq: 'globalconfig.globalconfig_id',
  });
});

test('the four functions of the update triggers exist', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'saaras_db'::regnamespace ORDER BY proname`,
  );
  expect(rows.map((row) => row.name)).toEqual([
    'set_current_timestamp_update_ts',
    'set_current_timestamp_updated_as',
    'set_current_timestamp_updated_at',
    'set_current_timestamp_updated_ts',
  ]);
});

test('an update sets update_ts where the reference has the trigger, and leaves it where not', async () => {
  const { pool } = database;
  const old = '2001-01-01T00:00:00.000Z';
  await pool.query(`INSERT INTO saaras_db.proxy (proxy_name, update_ts) VALUES ('touched', $1)`, [old]);
  await pool.query(`INSERT INTO saaras_db.filter (filter_name, update_ts) VALUES ('untouched', $1)`, [old]);
  const proxy = await pool.query<{ ts: Date }>(`UPDATE saaras_db.proxy SET proxy_config = 'x' RETURNING update_ts AS ts`);
  const filter = await pool.query<{ ts: Date }>(`UPDATE saaras_db.filter SET filter_type = 'x' RETURNING update_ts AS ts`);
  expect(proxy.rows[0]!.ts.getFullYear()).toBeGreaterThan(2001);
  expect(filter.rows[0]!.ts.toISOString()).toBe(old);
});

/** The links that block a delete, in the order in which they are named. */
const BLOCKING = {
  proxy: ['proxy_globalconfig_proxy_id_fkey', 'proxy_service_proxy_id_fkey'],
  service: [
    'proxy_service_service_id_fkey',
    'route_service_id_fkey',
    'service_filter_service_id_fkey',
    'service_secret_service_id_fkey',
  ],
  route: ['route_filter_route_id_fkey', 'route_upstream_route_id_fkey'],
  upstream: ['filter_upstream_upstream_id_fkey', 'route_upstream_upstream_id_fkey'],
  filter: ['filter_upstream_filter_id_fkey', 'route_filter_filter_id_fkey', 'service_filter_filter_id_fkey'],
  globalconfig: ['proxy_globalconfig_globalconfig_id_fkey'],
  secret: ['artifact_secret_id_fkey', 'service_secret_secret_id_fkey'],
};

test.each(Object.entries(BLOCKING))(
  'a delete of a linked %s names the links in the reference’s order',
  async (table, constraints) => {
    const client = await database.pool.connect();
    await client.query('BEGIN');
    try {
      for (const insert of LINKED) await client.query(insert);
      const named: string[] = [];
      for (;;) {
        await client.query('SAVEPOINT before');
        const blocked = await client.query(`DELETE FROM saaras_db.${table} WHERE ${table}_id = 900`).then(
          () => undefined,
          (error: { constraint: string; table: string }) => error,
        );
        if (!blocked) break;
        await client.query('ROLLBACK TO before');
        named.push(blocked.constraint);
        await client.query(`DELETE FROM saaras_db.${blocked.table}${blocked.table === 'route' ? ' WHERE route_id = 901' : ''}`);
      }
      expect(named).toEqual(constraints);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  },
);

/** One of each thing, number 900, with every link that there is; route 901 has only its service. */
const LINKED = [
  `INSERT INTO saaras_db.proxy (proxy_id, proxy_name) VALUES (900, 'p')`,
  `INSERT INTO saaras_db.service (service_id, service_name) VALUES (900, 's'), (902, 's2')`,
  `INSERT INTO saaras_db.route (route_id, route_name, service_id) VALUES (900, 'r', 902), (901, 'r', 900)`,
  `INSERT INTO saaras_db.upstream (upstream_id, upstream_name) VALUES (900, 'u')`,
  `INSERT INTO saaras_db.filter (filter_id, filter_name) VALUES (900, 'f')`,
  `INSERT INTO saaras_db.globalconfig (globalconfig_id, globalconfig_name) VALUES (900, 'g')`,
  `INSERT INTO saaras_db.secret (secret_id, secret_name) VALUES (900, 'x')`,
  `INSERT INTO saaras_db.artifact (artifact_name, artifact_type, artifact_value, secret_id) VALUES ('a', 't', 'v', 900)`,
  `INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (900, 900)`,
  `INSERT INTO saaras_db.proxy_globalconfig VALUES (900, 900)`,
  `INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (900, 900)`,
  `INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (900, 900)`,
  `INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (900, 900)`,
  `INSERT INTO saaras_db.service_secret (service_id, secret_id) VALUES (900, 900)`,
  `INSERT INTO saaras_db.filter_upstream (filter_id, upstream_id) VALUES (900, 900)`,
];

test('the data of an Enroute dump loads: COPY in dependency order, then the sequences', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gateway-dump-'));
  const dumped = async (name: string, rows: string[][]) => {
    const file = path.join(folder, name);
    await writeFile(file, rows.map((row) => `${row.join('\t')}\n`).join(''));
    return file;
  };
  await chmod(folder, 0o755); // Postgres reads the files, as another user perhaps.
  const ts = '2020-05-01 10:00:00+00';
  const service = await dumped('service', [['7', 'demo', 'enroute.local', ts, 'f', ts, '\\N', '\\N']]);
  const route = await dumped('route', [['3', 'gs_route', '/', ts, 'f', '7', ts, '{"prefix": "/"}', '']]);
  const client = await database.pool.connect();
  try {
    await client.query(`BEGIN; SELECT pg_catalog.set_config('search_path', '', true)`);
    await client.query(`
      COPY saaras_db.service (service_id, service_name, fqdn, create_ts, delete_flag, update_ts, config_json, service_config) FROM '${service}';
      COPY saaras_db.route (route_id, route_name, route_prefix, create_ts, delete_flag, service_id, update_ts, config_json, route_config) FROM '${route}';
      SELECT pg_catalog.setval('saaras_db.service_service_id_seq', 7, true);
      SELECT pg_catalog.setval('saaras_db.proxy_config_proxy_config_id_seq', 4, true)`);
    const next = await client.query(`INSERT INTO saaras_db.service (service_name) VALUES ('next') RETURNING service_id`);
    expect(next.rows).toEqual([{ service_id: '8' }]);
    const logged = await client.query(`SELECT table_name, new_keys FROM gateway_private.change_log WHERE table_name = 'route'`);
    expect(logged.rows).toEqual([{ table_name: 'route', new_keys: { route_id: 3, service_id: 7 } }]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
    await rm(folder, { recursive: true });
  }
});
