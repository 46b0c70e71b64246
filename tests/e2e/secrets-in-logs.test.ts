import { once } from 'node:events';
import pg from 'pg';
import WebSocket from 'ws';
import { selfSigned } from '../support/certificates';
import { eventually } from '../support/eventually';
import type { Collector } from '../support/otlp';
import { startCollector } from '../support/otlp';
import { freePorts } from '../support/ports';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';
import { Product } from '../support/product';

const ADMIN_SECRET = 'adm1n-s3cret-value';
const WRONG_SECRET = 'wr0ng-s3cret-value';
const DATABASE_PASSWORD = 'p0stgres-passw0rd';
const REDIS_PASSWORD = 'r3dis-passw0rd';
const ROLE = 'secrets_in_logs';

/** A line of the base64 of a key: what is left of it in whatever form it is written. */
const core = (pem: string) => pem.split('\n')[2] ?? '';

/** Everything is logged and traced, everything that can go wrong does, and then the output is searched. */
describe('no secret is in what is logged or traced', () => {
  let database: TestDatabase;
  let collector: Collector;
  let product: Product | undefined;
  const pair = selfSigned('secret.test');
  const next = selfSigned('secret.test');

  beforeAll(async () => {
    [database, collector] = await Promise.all([createTestDatabase({ migrations: false }), startCollector()]);
    await database.pool.query(`DROP ROLE IF EXISTS ${ROLE}`);
    await database.pool.query(`CREATE ROLE ${ROLE} SUPERUSER LOGIN PASSWORD '${DATABASE_PASSWORD}'`);
    const url = new URL(database.url);
    url.username = ROLE;
    url.password = DATABASE_PASSWORD;
    product = await Product.start({
      DATABASE_URL: url.href,
      ADMIN_SECRET,
      REDIS_URL: `redis://:${REDIS_PASSWORD}@127.0.0.1:${(await freePorts(1))[0]}`,
      LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20c0llector-t0ken',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
  }, 120_000);

  afterAll(async () => {
    await product?.dispose();
    await collector.stop();
    // The role owns what the product has made, which goes with the database.
    const server = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    await database.drop();
    await server.connect();
    await server.query(`DROP ROLE IF EXISTS ${ROLE}`);
    await server.end();
  });

  const authorization = { authorization: `Bearer ${ADMIN_SECRET}` };
  const running = (): Product => {
    if (!product) throw new Error('the product was not started');
    return product;
  };
  const call = (method: string, path: string, form = '', headers: Record<string, string> = authorization) =>
    running().call(method, path, form, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
  const graphql = (query: string, variables: object, headers: Record<string, string> = authorization) =>
    running().call('POST', '/v1/graphql', JSON.stringify({ query, variables }), headers);
  const form = (name: string, value: string) => new URLSearchParams([[name, value]]).toString();

  it('after writes of all kinds, refusals and failures', async () => {
    const secret = { 'x-hasura-admin-secret': ADMIN_SECRET };
    expect((await call('POST', '/service', 'service_name=s&fqdn=secret.test')).status).toBe(201);
    expect((await call('POST', '/proxy/gw/service/s')).status).toBe(201);
    expect((await call('POST', '/secret', 'secret_name=pair')).status).toBe(201);
    expect((await call('POST', '/secret/pair/key', form('secret_key', pair.privateKey))).status).toBeLessThan(300);
    expect((await call('POST', '/secret/pair/cert', form('secret_cert', pair.certificate))).status).toBeLessThan(300);
    expect((await call('POST', '/service/s/secret/pair')).status).toBe(201);
    await eventually(() => expect(running().log.filter(({ msg }) => msg === 'pushed')).not.toEqual([]));

    // Half of a rotation, a key that is none, one where a number is wanted, one in a name and one that a constraint refuses.
    const update = 'mutation ($key: String) { update_saaras_db_secret(where: {}, _set: {secret_key: $key}) { affected_rows } }';
    await graphql(update, { key: next.privateKey }, secret);
    await graphql(update, { key: `-----BEGIN PRIVATE KEY-----\n${core(next.privateKey)}` }, secret);
    await graphql(update, { key: pair.privateKey }, secret);
    const wrong =
      'mutation ($port: Int) { update_saaras_db_upstream(where: {}, _set: {upstream_port: $port}) { affected_rows } }';
    await graphql(wrong, { port: pair.privateKey }, secret);
    await graphql(
      `mutation { insert_saaras_db_secret(objects: {secret_name: "pair", secret_key: ${JSON.stringify(pair.privateKey)}}) { affected_rows } }`,
      {},
      secret,
    );
    await graphql(
      `{ saaras_db_secret(where: {secret_key: {_eq: ${JSON.stringify(pair.privateKey)}}}) { secret_name } }`,
      {},
      secret,
    );
    await graphql(
      `{ saaras_db_secret(where: {secret_id: {_eq: ${JSON.stringify(pair.privateKey)}}}) { secret_name } }`,
      {},
      secret,
    );
    await call('POST', '/upstream', `${form('upstream_name', 'u')}&${form('upstream_port', pair.privateKey)}`);
    await call('POST', '/secret/pair/key', form('secret_key', 'x'.repeat(2_000_000)));

    // Secrets that are wrong or where none belongs.
    for (const value of [WRONG_SECRET, ADMIN_SECRET]) {
      await call('GET', '/proxy', '', { authorization: `Basic ${value}` });
      await graphql('{ saaras_db_proxy { proxy_name } }', {}, { 'x-hasura-admin-secret': `${value}x` });
    }
    const socket = new WebSocket(`ws://127.0.0.1:${running().ports.admin}/v1/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { headers: { 'x-hasura-admin-secret': WRONG_SECRET } } }));
    await once(socket, 'close');

    // The database goes away under requests, and with the product's sessions ended no login is let in for a while.
    await database.pool.query(`ALTER ROLE ${ROLE} NOLOGIN`);
    const sessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${ROLE}'`;
    await database.pool.query(sessions);
    await eventually(async () => expect((await call('POST', '/proxy', 'name=late')).status).toBe(503));
    await graphql(update, { key: next.privateKey }, secret);
    await database.pool.query(`ALTER ROLE ${ROLE} LOGIN`);
    await eventually(async () => expect((await call('POST', '/proxy', 'name=late')).status).toBe(201), 60_000);
    await eventually(() => expect(collector.spans.length).toBeGreaterThan(30));

    const { status } = await call('GET', '/status');
    expect(status).toBe(200);
    await running().stop();
    const written = running().output + running().errors + JSON.stringify(collector.spans);
    // There is something to search: requests, refusals, the loss of the database, pushes and spans.
    for (const expected of [
      '"msg":"request"',
      '"status":401',
      '"status":503',
      'the change feed was interrupted',
      '"pushed"',
      'INSERT INTO',
    ])
      expect(written).toContain(expected);
    for (const secretText of [
      ADMIN_SECRET,
      WRONG_SECRET,
      DATABASE_PASSWORD,
      REDIS_PASSWORD,
      'c0llector-t0ken',
      'PRIVATE KEY',
      core(pair.privateKey),
      core(next.privateKey),
    ]) {
      const at = written.indexOf(secretText);
      expect(at < 0 ? '' : written.slice(Math.max(0, at - 500), at + secretText.length)).toBe('');
    }
  }, 180_000);
});
