import type pg from 'pg';

/** The gateway's tables with 100 services, each with three routes of two upstreams. */
export async function fillServices(pool: pg.Pool): Promise<void> {
  await pool.query(`
    INSERT INTO saaras_db.service (service_name, fqdn) SELECT 'service-' || n, 'service-' || n || '.test' FROM generate_series(1, 100) n;
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id)
      SELECT 'route-' || n, '/' || n, service_id FROM saaras_db.service, generate_series(1, 3) n;
    INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port, upstream_hc_path)
      SELECT 'upstream-' || n, '10.0.0.' || n % 250, 8000 + n, '/health' FROM generate_series(1, 200) n;
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id)
      SELECT route_id, upstream_id FROM saaras_db.route, generate_series(0, 1) k
        JOIN LATERAL (SELECT upstream_id FROM saaras_db.upstream ORDER BY upstream_id OFFSET (route_id * 2 + k) % 200 LIMIT 1) u ON true;
    ANALYZE;
  `);
}
