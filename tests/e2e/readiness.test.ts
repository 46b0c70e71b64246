import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '../../src/database';
import { openDatabase } from '../../src/database';
import { createLogger } from '../../src/log';
import { eventually } from '../support/eventually';
import { Product } from '../support/product';
import { readExposition, valueOf } from '../telemetry/exposition';

const log = createLogger('error');

/** A gateway on a Postgres of its own, which is stopped and started under it. */
describe('readiness', () => {
  let folder: string;
  let postgres: Database;
  let product: Product;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'readiness-'));
    await chmod(folder, 0o755);
    postgres = await openDatabase({ databaseUrl: undefined, dataDir: folder }, log);
    product = await Product.start({ DATABASE_URL: postgres.url, ENVOY: 'off' });
    expect((await product.call('POST', '/proxy', 'name=gw')).status).toBe(201);
  }, 120_000);

  afterAll(async () => {
    await product.dispose();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const look = async (path: string) => {
    const { status, body } = await product.call('GET', path);
    return { status, json: JSON.parse(body) as Record<string, unknown> };
  };
  const reconnects = async () =>
    valueOf(readExposition((await product.call('GET', '/metrics')).body), 'enroute_change_feed_reconnects_total');

  it('is there with the database, its change log and a configuration', async () => {
    const json = { ready: true, database: true, listener: true, snapshot: true, envoys: 'current', missing: [] };
    await eventually(async () => expect(await look('/readyz')).toEqual({ status: 200, json }));
  });

  it('goes with Postgres, while the process is alive, and comes back with it', async () => {
    const before = await reconnects();
    await postgres.stop();
    await eventually(async () =>
      expect(await look('/readyz')).toMatchObject({
        status: 503,
        json: { ready: false, database: false, listener: false, snapshot: true, envoys: 'last known' },
      }),
    );
    expect((await look('/readyz')).json.missing).toEqual([
      'the database does not answer: writes are refused',
      'the change log is not followed: changes are not noticed',
    ]);
    expect(await look('/healthz')).toEqual({ status: 200, json: { status: 'ok', database: false } });
    postgres = await openDatabase({ databaseUrl: undefined, dataDir: folder }, log);
    await eventually(async () => expect(await look('/readyz')).toMatchObject({ status: 200, json: { ready: true } }), 60_000);
    expect(await reconnects()).toBe(before + 1);
  });

  it('is not there after a start without the database, which serves Envoys from the disk', async () => {
    await product.stop();
    await postgres.stop();
    await product.start();
    expect(await look('/readyz')).toMatchObject({
      status: 503,
      json: { ready: false, database: false, listener: false, snapshot: false, envoys: 'from disk' },
    });
    expect((await look('/healthz')).status).toBe(200);
    postgres = await openDatabase({ databaseUrl: undefined, dataDir: folder }, log);
    await eventually(
      async () => expect(await look('/readyz')).toMatchObject({ status: 200, json: { envoys: 'current' } }),
      60_000,
    );
  });
});
