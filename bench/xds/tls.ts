import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { selfSigned } from '../../tests/support/certificates';
import { startHttpServer } from '../../tests/support/http-echo';
import { Product } from '../../tests/support/product';
import { percentile } from '../statistics';
import type { BenchDatabase } from './database';
import { startDatabase } from './database';
import { figure, spread } from './report';

const HOSTS = 1_000;
const ADDS = 20;
const OPEN = 20;
const MOST = 100;
const WITHIN_MS = 60_000;

/** A TLS service added at 1,000 TLS hosts: the answer to the write until the first handshake and request that are served. */
export async function measureTls(): Promise<boolean> {
  const upstream = await startHttpServer({ name: 'upstream' });
  const database = await startDatabase();
  await seedTlsHosts(database, HOSTS, upstream.port);
  const product = await Product.prepare({ DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
  try {
    await product.start();
    await served(product.ports.https, `tls-${HOSTS}.test`);
    const open = await Promise.all(
      Array.from({ length: OPEN }, (_, index) => openConnection(product.ports.https, `tls-${1 + index * 40}.test`)),
    );
    await sleep(1_000);
    const samples: number[] = [];
    for (let add = 1; add <= ADDS; add += 1) {
      await addService(product, `added-${add}`, upstream.port);
      const answered = performance.now();
      await served(product.ports.https, `added-${add}.test`);
      samples.push(performance.now() - answered);
      await Promise.all(open.map((connection) => connection.ask()));
      await sleep(200);
    }
    spread('written to served over TLS', samples);
    const closed = open.filter(({ isClosed }) => isClosed()).length;
    for (const connection of open) connection.close();
    const isFast = figure('the same, p50', percentile(samples, 0.5), { most: MOST });
    return figure('connections of other hosts closed', closed, { most: 0 }, `of ${OPEN}`) && isFast;
  } finally {
    await product.dispose();
    await database.stop();
    await upstream.stop();
  }
}

/** Hosts `tls-1.test` and on, each with a secret of its own; the pair is the same, since the names in it are not looked at. */
async function seedTlsHosts({ pool }: BenchDatabase, count: number, port: number): Promise<void> {
  const { certificate, privateKey } = selfSigned('tls.test');
  await pool.query(`
    INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw');
    INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port) VALUES ('tls', '127.0.0.1', ${port});
    INSERT INTO saaras_db.service (service_name, fqdn) SELECT 'tls-' || n, 'tls-' || n || '.test' FROM generate_series(1, ${count}) n;
    INSERT INTO saaras_db.route (route_name, route_prefix, service_id) SELECT 'all', '/', service_id FROM saaras_db.service;
    INSERT INTO saaras_db.route_upstream (route_id, upstream_id) SELECT route_id, upstream_id FROM saaras_db.route, saaras_db.upstream;
    INSERT INTO saaras_db.secret (secret_name) SELECT service_name FROM saaras_db.service;
    INSERT INTO saaras_db.service_secret (service_id, secret_id)
      SELECT service_id, secret_id FROM saaras_db.service JOIN saaras_db.secret ON secret_name = service_name;
    INSERT INTO saaras_db.proxy_service (proxy_id, service_id) SELECT proxy_id, service_id FROM saaras_db.proxy, saaras_db.service;`);
  await pool.query('UPDATE saaras_db.secret SET secret_cert = $1, secret_key = $2', [certificate, privateKey]);
}

/** In one GraphQL mutation: a service with its route and secret, on the proxy. */
async function addService(product: Product, name: string, port: number): Promise<void> {
  const { certificate, privateKey } = selfSigned(`${name}.test`);
  const onConflict = { constraint: 'proxy_proxy_name_key', update_columns: ['update_ts'] };
  const upstreamData = { upstream_name: name, upstream_ip: '127.0.0.1', upstream_port: port };
  const object = {
    service_name: name,
    fqdn: `${name}.test`,
    routes: {
      data: [{ route_name: 'all', route_prefix: '/', route_upstreams: { data: [{ upstream: { data: upstreamData } }] } }],
    },
    service_secrets: { data: [{ secret: { data: { secret_name: name, secret_cert: certificate, secret_key: privateKey } } }] },
    proxy_services: { data: [{ proxy: { data: { proxy_name: 'gw' }, on_conflict: onConflict } }] },
  };
  const query =
    'mutation add($objects: [saaras_db_service_insert_input!]!) { insert_saaras_db_service(objects: $objects) { affected_rows } }';
  const { body } = await product.call('POST', '/v1/graphql', JSON.stringify({ query, variables: { objects: [object] } }), {
    'content-type': 'application/json',
  });
  if (body.includes('"errors"')) throw new Error(`adding failed: ${body.slice(0, 500)}`);
}

/** Tries, each time on a new connection, until a request is answered 200. */
async function served(port: number, host: string): Promise<void> {
  const started = performance.now();
  for (;;) {
    const agent = new https.Agent();
    const status = await ask(port, host, agent).catch(() => 0);
    agent.destroy();
    if (status === 200) return;
    if (performance.now() - started > WITHIN_MS) throw new Error(`${host} was not served within ${WITHIN_MS} ms`);
    await sleep(1);
  }
}

async function openConnection(port: number, host: string) {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<TLSSocket>();
  const one = async (): Promise<void> => {
    const status = await ask(port, host, agent, (socket) => sockets.add(socket));
    if (status !== 200) throw new Error(`${host} was answered ${status} on its open connection`);
  };
  await one();
  return {
    ask: one,
    isClosed: () => sockets.size > 1 || [...sockets].some(({ destroyed }) => destroyed),
    close: () => agent.destroy(),
  };
}

function ask(
  port: number,
  host: string,
  agent: https.Agent,
  onSocket: (socket: TLSSocket) => void = () => undefined,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, servername: host, headers: { host }, rejectUnauthorized: false, agent };
    const request = https.get(options, (response) => {
      onSocket(response.socket as TLSSocket);
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
