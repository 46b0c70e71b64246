import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { createPool, migrate, openDatabase } from '../../src/database';
import { createLogger } from '../../src/log';

/** A Postgres of its own with the gateway's tables, which products can be started on. */
export interface BenchDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  stop(): Promise<void>;
}

export async function startDatabase(): Promise<BenchDatabase> {
  const log = createLogger('error');
  const folder = await mkdtemp(path.join(tmpdir(), 'xds-bench-'));
  await chmod(folder, 0o755); // As root, Postgres runs as another user, who must get in.
  const database = await openDatabase({ databaseUrl: undefined, dataDir: folder }, log);
  await migrate(database.url, log);
  const pool = createPool(database.url, log);
  return {
    url: database.url,
    pool,
    stop: async () => {
      await pool.end();
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** So many services of the proxy `gw`, `seed-1` and on, each with one route to an upstream of its own, all at one port. */
export async function seedServices(pool: pg.Pool, count: number, port: number): Promise<void> {
  await pool.query(`
    BEGIN;
    INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw') ON CONFLICT DO NOTHING;
    INSERT INTO saaras_db.service (service_name, fqdn) SELECT 'seed-' || n, 'seed-' || n || '.test' FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port)
      SELECT 'seed-' || n, '127.0.0.1', ${port} FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id)
      SELECT 'all', '/', service_id FROM saaras_db.service WHERE service_name LIKE 'seed-%';
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id)
      SELECT route_id, upstream_id FROM saaras_db.route JOIN saaras_db.service USING (service_id)
        JOIN saaras_db.upstream ON upstream_name = service_name;
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id)
      SELECT proxy_id, service_id FROM saaras_db.proxy, saaras_db.service WHERE proxy_name = 'gw' AND service_name LIKE 'seed-%';
    COMMIT;
    ANALYZE;`);
}
