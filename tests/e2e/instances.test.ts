import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/database';
import { createLogger } from '../../src/log';
import { ROOT } from '../../src/root';
import { ElsewhereEnvoy } from '../faults/world/envoy';
import { eventually } from '../support/eventually';
import { freePorts } from '../support/ports';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';
import { Product } from '../support/product';

const log = createLogger('silent');
/** Twice the time after which an instance that is not seen is taken for dead. */
const LEASE_MS = 60_000;

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase({ migrations: false });
  folder = await mkdtemp(path.join(tmpdir(), 'gateway-instances-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The migrations of a newer program. */
async function migrateOn(sql: string): Promise<void> {
  const newer = path.join(folder, 'db');
  await cp(path.join(ROOT, 'db'), newer, { recursive: true });
  await writeFile(path.join(newer, '9000_newer.sql'), sql);
  await migrate(database.url, log, newer);
}

const EXPAND = `
  ALTER TABLE saaras_db.service ADD COLUMN note text;
  CREATE TABLE saaras_db.annex (annex_id bigserial PRIMARY KEY, service_id bigint REFERENCES saaras_db.service);
  SELECT gateway_private.log_changes_of('saaras_db.service'), gateway_private.log_changes_of('saaras_db.annex')`;

test('an older instance goes on serving and writing, and starts again, when a newer one has expanded the database', async () => {
  const older = await Product.start({ DATABASE_URL: database.url, ENVOY: 'off' });
  const write = (name: string) => older.call('POST', `/proxy/gw/service/${name}`);
  try {
    expect((await write('before')).status).toBe(201);
    await migrateOn(EXPAND);
    expect((await write('after')).status).toBe(201);
    await database.pool.query(`INSERT INTO saaras_db.annex (service_id) SELECT service_id FROM saaras_db.service`);
    await older.stop();
    await older.start();
    expect((await write('restarted')).status).toBe(201);
    const { body } = await older.call('GET', '/service');
    for (const name of ['before', 'after', 'restarted']) expect(body).toContain(`"${name}"`);
    expect(older.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  } finally {
    await older.dispose();
  }
}, 120_000);

test('an older instance does not start when a newer one took away what it needs, and says what to do', async () => {
  await migrateOn('-- contract\nALTER TABLE saaras_db.service DROP COLUMN service_config');
  const older = await Product.prepare({ DATABASE_URL: database.url, ENVOY: 'off' });
  await expect(older.start()).rejects.toThrow(
    /the database is too new for this program \(it has 9000_newer\.sql\): start the newer version/,
  );
  await older.dispose();
});

test('the rows of an instance that was killed go, and its Envoy is seen at the instance that it found', async () => {
  const environments: NodeJS.ProcessEnv[] = [1, 2].map(() => ({ DATABASE_URL: database.url, ENVOY: 'off' }));
  const [one, other] = (await Promise.all(environments.map((environment) => Product.prepare(environment)))) as [Product, Product];
  environments[0]!.XDS_PEERS = `127.0.0.1:${other.ports.xds}`;
  await Promise.all([one.start(), other.start()]);
  await one.call('POST', '/proxy', 'name=gw');
  const [adminPort = 0] = await freePorts(1);
  const envoy = new ElsewhereEnvoy('mover', adminPort, (await one.call('GET', '/envoy/bootstrap/gw')).body, folder);
  const holders = async (): Promise<string[]> => {
    const { rows } = await database.pool.query<{ instance: string }>(`SELECT instance FROM gateway.envoy WHERE node = 'mover'`);
    return rows.map(({ instance }) => instance.replace(/^.*:(\d+)\/.*$/, '$1'));
  };
  try {
    await envoy.start();
    await envoy.ready(30_000);
    await eventually(async () => expect(await holders()).toHaveLength(1));
    const holder = (await holders())[0] === String(one.ports.admin) ? one : other;
    const rest = holder === one ? other : one;
    await holder.kill();
    await eventually(async () => expect(await holders()).toContain(String(rest.ports.admin)), 30_000);
    await eventually(async () => expect(await holders()).toEqual([String(rest.ports.admin)]), LEASE_MS);
    await eventually(async () => {
      const { rows } = await database.pool.query('SELECT instance FROM gateway_private.instance');
      expect(rows).toHaveLength(1);
    }, LEASE_MS);
  } finally {
    await envoy.kill();
    await Promise.all([one.dispose(), other.dispose()]);
  }
}, 240_000);
