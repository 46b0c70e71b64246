import fc from 'fast-check';
import type { ProxyModel, Service } from '../../src/gateway';
import { selfSigned } from '../support/certificates';
import type { Harness } from './harness';
import { createHarness } from './harness';

const CA_1 = selfSigned('one.test').certificate;
const CA_2 = selfSigned('two.test').certificate;

/** Statements over a few ids, as clients may send them in any order; what a constraint refuses changes nothing. */
const id = fc.integer({ min: 1, max: 3 });
const text = (...values: string[]) => fc.constantFrom(...values);
const statement = fc.oneof(
  fc.tuple(id).map(([n]) => `INSERT INTO saaras_db.proxy (proxy_id, proxy_name) VALUES (${n}, 'p${n}')`),
  fc
    .tuple(id, text('a', 'b', 'p1'))
    .map(([n, name]) => `UPDATE saaras_db.proxy SET proxy_name = '${name}' WHERE proxy_id = ${n}`),
  fc
    .tuple(id, text('a.test', 'b.test', ''))
    .map(([n, fqdn]) => `INSERT INTO saaras_db.service (service_id, service_name, fqdn) VALUES (${n}, 's${n}', '${fqdn}')`),
  fc
    .tuple(id, text('c.test', 'bad host'))
    .map(([n, fqdn]) => `UPDATE saaras_db.service SET fqdn = '${fqdn}' WHERE service_id = ${n}`),
  fc.tuple(id, id).map(([p, s]) => `INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (${p}, ${s})`),
  fc.tuple(id, id).map(([p, s]) => `UPDATE saaras_db.proxy_service SET proxy_id = ${p} WHERE service_id = ${s}`),
  fc
    .tuple(id, id, text('/', '/x', 'bad'))
    .map(
      ([r, s, prefix]) =>
        `INSERT INTO saaras_db.route (route_id, route_name, route_prefix, service_id) VALUES (${r}, 'r${r}', '${prefix}', ${s})`,
    ),
  fc.tuple(id, id).map(([r, s]) => `UPDATE saaras_db.route SET service_id = ${s} WHERE route_id = ${r}`),
  fc
    .tuple(id, fc.integer({ min: 0, max: 2 }))
    .map(
      ([u, port]) =>
        `INSERT INTO saaras_db.upstream (upstream_id, upstream_name, upstream_ip, upstream_port) VALUES (${u}, 'u${u}', '127.0.0.1', ${port})`,
    ),
  fc
    .tuple(id, fc.nat(3))
    .map(([u, weight]) => `UPDATE saaras_db.upstream SET upstream_weight = ${weight} WHERE upstream_id = ${u}`),
  fc
    .tuple(id, text('ca1', 'ca2', ''))
    .map(
      ([u, ca]) =>
        `UPDATE saaras_db.upstream SET upstream_protocol = 'tls', upstream_validation_cacertificate = '${ca}' WHERE upstream_id = ${u}`,
    ),
  fc.tuple(id, id).map(([r, u]) => `INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (${r}, ${u})`),
  fc
    .tuple(id, text('http_filter_lua', 'route_filter_ratelimit'))
    .map(([f, type]) => `INSERT INTO saaras_db.filter (filter_id, filter_name, filter_type) VALUES (${f}, 'f${f}', '${type}')`),
  fc
    .tuple(id, text('x = 1', '{"descriptors":[{"remote_address":"{}"}]}'))
    .map(([f, config]) => `UPDATE saaras_db.filter SET filter_config = '${config}' WHERE filter_id = ${f}`),
  fc.tuple(id, id).map(([s, f]) => `INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (${s}, ${f})`),
  fc.tuple(id, id).map(([r, f]) => `INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (${r}, ${f})`),
  fc
    .tuple(id)
    .map(([c]) => `INSERT INTO saaras_db.secret (secret_id, secret_name, secret_cert) VALUES (${c}, 'ca${c}', '${CA_1}')`),
  fc
    .tuple(id, text('ca1', 'ca2', 'x'))
    .map(([c, name]) => `UPDATE saaras_db.secret SET secret_name = '${name}' WHERE secret_id = ${c}`),
  fc.tuple(id, id).map(([s, c]) => `INSERT INTO saaras_db.service_secret (service_id, secret_id) VALUES (${s}, ${c})`),
  fc
    .tuple(id, id)
    .map(
      ([a, c]) =>
        `INSERT INTO saaras_db.artifact (artifact_id, artifact_name, artifact_type, artifact_value, secret_id) VALUES (${a}, 'a${a}', 'ca.crt', '${CA_2}', ${c})`,
    ),
  fc.tuple(id, id).map(([a, c]) => `UPDATE saaras_db.artifact SET secret_id = ${c} WHERE artifact_id = ${a}`),
  fc
    .tuple(id, text('d1', 'd2'))
    .map(
      ([g, domain]) =>
        `INSERT INTO saaras_db.globalconfig (globalconfig_id, globalconfig_name, globalconfig_type, config) VALUES (${g}, 'g${g}', 'globalconfig_ratelimit', '{"domain":"${domain}"}')`,
    ),
  fc
    .tuple(id, text('', '{"domain":"d3"}'))
    .map(([g, config]) => `UPDATE saaras_db.globalconfig SET config = '${config}' WHERE globalconfig_id = ${g}`),
  fc.tuple(id, id).map(([p, g]) => `INSERT INTO saaras_db.proxy_globalconfig (proxy_id, globalconfig_id) VALUES (${p}, ${g})`),
  fc
    .tuple(
      text(
        'proxy_service',
        'route_upstream',
        'service_filter',
        'route_filter',
        'service_secret',
        'proxy_globalconfig',
        'artifact',
      ),
      fc.nat(2),
    )
    .map(([table, n]) => `DELETE FROM saaras_db.${table} WHERE ctid IN (SELECT ctid FROM saaras_db.${table} LIMIT ${n})`),
  fc
    .tuple(text('proxy', 'service', 'route', 'upstream', 'filter', 'secret', 'globalconfig'), id)
    .map(([table, n]) => `DELETE FROM saaras_db.${table} WHERE ${table}_id = ${n}`),
  fc.constant('TRUNCATE saaras_db.route_upstream'),
);
const batch = fc.array(statement, { minLength: 1, maxLength: 6 });

/** Something of everything to begin with, all of it linked. */
const BEGINNING = `
  INSERT INTO saaras_db.proxy (proxy_id, proxy_name) VALUES (1, 'p1'), (2, 'p2');
  INSERT INTO saaras_db.service (service_id, service_name, fqdn) VALUES (1, 's1', 'a.test'), (2, 's2', 'b.test');
  INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 1), (1, 2), (2, 2);
  INSERT INTO saaras_db.route (route_id, route_name, route_prefix, service_id) VALUES (1, 'r1', '/', 1), (2, 'r2', '/', 2);
  INSERT INTO saaras_db.upstream (upstream_id, upstream_name, upstream_ip, upstream_port, upstream_protocol, upstream_validation_cacertificate)
    VALUES (1, 'u1', '127.0.0.1', 1, 'tls', 'ca1'), (2, 'u2', '127.0.0.1', 2, '', '');
  INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (1, 1), (2, 1), (2, 2);
  INSERT INTO saaras_db.filter (filter_id, filter_name, filter_type) VALUES (1, 'f1', 'http_filter_lua'), (2, 'f2', 'route_filter_ratelimit');
  INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (1, 1), (2, 1);
  INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (1, 2);
  INSERT INTO saaras_db.secret (secret_id, secret_name) VALUES (1, 'ca1');
  INSERT INTO saaras_db.service_secret (service_id, secret_id) VALUES (1, 1);
  INSERT INTO saaras_db.artifact (artifact_id, artifact_name, artifact_type, artifact_value, secret_id) VALUES (1, 'a1', 'ca.crt', '${CA_1}', 1);
  INSERT INTO saaras_db.globalconfig (globalconfig_id, globalconfig_name, globalconfig_type) VALUES (1, 'g1', 'globalconfig_ratelimit');
  INSERT INTO saaras_db.proxy_globalconfig (proxy_id, globalconfig_id) VALUES (1, 1)`;

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterAll(() => harness.database.drop());

function inOrder({ services }: ProxyModel): Service[] {
  return [...services.values()].sort((one, other) => one.id - other.id);
}

/** Versions say when a model changed, which differs. */
function content({ gateway }: Harness): (Omit<ProxyModel, 'services'> & { services: Service[] })[] {
  const models = [...gateway.proxies.values()].map((model) => ({ ...model, services: inOrder(model), version: '' }));
  return models.sort((one, other) => (one.name < other.name ? -1 : 1));
}

test('however the rows came to be, the models that were kept up are those that are read at once', async () => {
  const { pool } = harness.database;
  const tables = await pool.query<{ names: string }>(
    `SELECT string_agg(oid::regclass::text, ', ') AS names FROM pg_class WHERE relnamespace = 'saaras_db'::regnamespace AND relkind = 'r'`,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 5 }), async (batches) => {
      await pool.query(`TRUNCATE ${tables.rows[0]?.names}`);
      await harness.catchUp();
      expect(content(harness)).toEqual([]);
      await harness.run(BEGINNING);
      expect(content(harness)).toMatchObject([{ services: [{ name: 's1' }, { name: 's2' }] }, { services: [{ name: 's2' }] }]);
      for (const statements of batches) {
        // What a constraint refuses changes nothing, and the others of the batch go on.
        for (const sql of statements)
          await pool.query(sql).catch((error: { code?: string }) => expect(error.code).toMatch(/^23/));
        await harness.catchUp();
        expect(content(harness)).toEqual(content(await createHarness(harness)));
      }
    }),
    { numRuns: 25 },
  );
});
