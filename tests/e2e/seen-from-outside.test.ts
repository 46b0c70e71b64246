import { credentials } from '@grpc/grpc-js';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AggregatedDiscoveryServiceClient } from '../../gen/envoy-api/envoy/service/discovery/v3/ads';
import type { DeltaDiscoveryResponse } from '../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { DeltaDiscoveryRequest } from '../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { RateLimitRequest, RateLimitServiceClient } from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import WebSocket from 'ws';
import { ROOT } from '../../src/root';
import { eventually } from '../support/eventually';
import type { Collector } from '../support/otlp';
import { startCollector } from '../support/otlp';
import type { TestDatabase } from '../support/postgres';
import { createTestDatabase } from '../support/postgres';
import { Product } from '../support/product';
import type { Sample } from '../telemetry/exposition';
import { readExposition, valueOf } from '../telemetry/exposition';
import { readsOf } from '../telemetry/promql';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Two gateways on one database, the first one with an Envoy, that log everything and send traces. */
describe('what is seen from outside', () => {
  let database: TestDatabase;
  let collector: Collector;
  let one: Product;
  let other: Product;

  beforeAll(async () => {
    [database, collector] = await Promise.all([createTestDatabase(), startCollector()]);
    const environment = {
      DATABASE_URL: database.url,
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    };
    [one, other] = await Promise.all([
      Product.start({ ...environment, OTEL_SERVICE_NAME: 'gateway-one' }),
      Product.start({ ...environment, ENVOY: 'off' }),
    ]);
    for (const [path, form] of [
      ['/service', 'service_name=demo&fqdn=demo.test'],
      ['/proxy/gw/service/demo', ''],
    ] as const) {
      expect((await other.call('POST', path, form)).status).toBe(201);
    }
    await eventually(() => expect(pushes()).not.toEqual([]));
  }, 120_000);

  afterAll(async () => {
    await Promise.all([one.dispose(), other.dispose()]);
    await collector.stop();
    await database.drop();
  });

  const metrics = async (): Promise<Sample[]> => readExposition((await one.call('GET', '/metrics')).body);
  const pushes = () => one.log.filter(({ msg }) => msg === 'pushed');
  const pushesOf = (requestId: string) => pushes().filter((line) => (line.requestIds as string[]).includes(requestId));
  const rename = (gateway: Product, fqdn: string, headers: Record<string, string> = {}) =>
    gateway.call('PATCH', '/service/demo', `fqdn=${fqdn}`, { ...FORM, ...headers });
  const graphql = (gateway: Product, query: string, headers: Record<string, string> = {}) =>
    gateway.call('POST', '/v1/graphql', JSON.stringify({ query }), headers);

  describe('metrics', () => {
    it('move with what they count', async () => {
      await eventually(async () => expect(valueOf(await metrics(), 'enroute_envoys_connected', { proxy: 'gw' })).toBe(1));
      const before = await metrics();
      expect((await rename(one, 'counted.test', { prefer: 'wait=20' })).status).toBe(201);
      const twice = 'mutation { insert_saaras_db_service(objects: {service_name: "demo"}) { affected_rows } }';
      expect((await graphql(one, twice)).body).toContain('Uniqueness violation');
      expect((await graphql(one, '{ nothing_of_the_kind }')).status).toBe(200);
      await decide(one.ports.rateLimit, 'enroute');
      await decide(one.ports.rateLimit, '').catch(() => undefined);
      const after = await metrics();
      const more = (name: string, labels: Record<string, string> = {}) =>
        valueOf(after, name, labels) - valueOf(before, name, labels);
      expect(more('enroute_writes_total', { kind: 'update', result: 'ok' })).toBe(1);
      expect(more('enroute_writes_total', { kind: 'insert', result: 'refused' })).toBe(1);
      expect(more('enroute_writes_total', { result: 'failed' })).toBe(0);
      const operations = 'enroute_graphql_operation_duration_seconds_count';
      expect(more(operations, { type: 'mutation', result: 'ok' })).toBe(1);
      expect(more(operations, { type: 'mutation', result: 'refused' })).toBe(1);
      expect(more(operations, { type: 'invalid', result: 'refused' })).toBe(1);
      expect(more('enroute_change_push_seconds_count')).toBe(1);
      expect(more('enroute_change_acknowledged_seconds_count')).toBe(1);
      expect(more('enroute_xds_acknowledged_total', { type: 'route' })).toBeGreaterThan(0);
      expect(more('enroute_xds_responses_total', { type: 'route' })).toBeGreaterThan(0);
      expect(more('enroute_xds_resources_sent_total', { type: 'route' })).toBeGreaterThan(0);
      expect(more('enroute_xds_sent_bytes_total', { type: 'route' })).toBeGreaterThan(100);
      expect(more('enroute_change_counter')).toBeGreaterThan(0);
      expect(more('enroute_change_events_total', { kind: 'changes' })).toBeGreaterThan(0);
      expect(more('enroute_ratelimit_decisions_total', { outcome: 'ok' })).toBe(1);
      expect(more('enroute_ratelimit_decisions_total', { outcome: 'invalid' })).toBe(1);
      expect(valueOf(after, 'enroute_change_feed_following')).toBe(1);
      expect(valueOf(after, 'enroute_database_connections', { state: 'max' })).toBe(20);
      expect(valueOf(after, 'enroute_database_connections', { state: 'open' })).toBeGreaterThan(0);
      expect(valueOf(after, 'enroute_build_info', { node: process.version })).toBe(1);
      expect(valueOf(after, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
      // An age is never negative, and no change took as long as that.
      const pushed = valueOf(after, 'enroute_change_push_seconds_sum') - valueOf(before, 'enroute_change_push_seconds_sum');
      expect(pushed).toBeGreaterThan(0);
      expect(pushed).toBeLessThan(20);
    });

    it('count what a client rejects, and name no proxy that only a client has thought of', async () => {
      const before = await metrics();
      const client = new AggregatedDiscoveryServiceClient(`127.0.0.1:${one.ports.xds}`, credentials.createInsecure());
      const stream = client.deltaAggregatedResources();
      stream.on('error', () => undefined); // That it was cancelled.
      try {
        const typeUrl = 'type.googleapis.com/envoy.config.listener.v3.Listener';
        stream.write(DeltaDiscoveryRequest.fromPartial({ node: { id: 'odd', cluster: 'thought-of' }, typeUrl }));
        const [{ nonce }] = (await once(stream, 'data')) as [DeltaDiscoveryResponse];
        const refusal = { typeUrl, responseNonce: nonce, errorDetail: { code: 3, message: 'no' } };
        stream.write(DeltaDiscoveryRequest.fromPartial(refusal));
        stream.write(DeltaDiscoveryRequest.fromPartial(refusal));
        await eventually(async () => {
          const after = await metrics();
          const rejected = (samples: Sample[]) => valueOf(samples, 'enroute_xds_rejected_total', { type: 'listener' });
          expect(rejected(after) - rejected(before)).toBe(1);
          expect(valueOf(after, 'enroute_envoys_connected', { proxy: 'other' })).toBe(1);
          expect(after.filter(({ labels }) => Object.values(labels).includes('thought-of'))).toEqual([]);
        });
      } finally {
        stream.cancel();
        client.close();
      }
    });

    it('are all that the dashboard asks for, with the labels that it asks for', async () => {
      const labelsOf = new Map<string, Set<string>>();
      for (const { name, labels } of await metrics()) {
        const known = labelsOf.get(name) ?? new Set(['instance', 'job']);
        labelsOf.set(name, new Set([...known, ...Object.keys(labels)]));
      }
      const text = readFileSync(path.join(ROOT, 'docs/grafana/enroute.json'), 'utf8');
      const { panels } = JSON.parse(text) as { panels: { targets?: { expr: string }[] }[] };
      const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
      expect(expressions.length).toBeGreaterThan(25);
      const asked = new Set<string>();
      for (const expression of expressions) {
        const { metrics: names, labels } = readsOf(expression);
        expect([expression, names]).not.toEqual([expression, []]);
        for (const name of names) {
          asked.add(name);
          expect([expression, [...(labelsOf.get(name) ?? [])]]).toEqual([expression, expect.arrayContaining(labels)]);
          expect([expression, name, labelsOf.has(name)]).toEqual([expression, name, true]);
        }
      }
      // Nothing of ours is left out of it; of a histogram its buckets may be all that is shown.
      const own = [...labelsOf.keys()].filter((name) => name.startsWith('enroute_') && !/_(count|sum)$/.test(name));
      expect(own.filter((name) => !asked.has(name))).toEqual([]);
    });
  });

  describe('request ids', () => {
    it('follow a write into the log line of the push that carries it, also from another instance', async () => {
      for (const [gateway, id] of [
        [one, 'written-here'],
        [other, 'written-elsewhere'],
      ] as const) {
        const answer = await rename(gateway, `${id}.test`, { 'x-request-id': id });
        expect([answer.status, answer.headers['x-request-id']]).toEqual([201, id]);
        await eventually(() => expect(pushesOf(id)).toContainEqual(expect.objectContaining({ proxy: 'gw', type: 'route' })));
        expect(gateway.log).toContainEqual(
          expect.objectContaining({ msg: 'request', requestId: id, method: 'PATCH', url: '/service/demo', status: 201 }),
        );
      }
    });

    it('follow mutations in GraphQL, each only into the pushes of its own change', async () => {
      const mutation = (fqdn: string) =>
        `mutation { update_saaras_db_service(where: {service_name: {_eq: "demo"}}, _set: {fqdn: "${fqdn}"}) { affected_rows } }`;
      await graphql(other, mutation('first.test'), { 'x-request-id': 'gql-1' });
      await eventually(() => expect(pushesOf('gql-1')).not.toEqual([]));
      await graphql(other, mutation('second.test'), { 'x-request-id': 'gql-2' });
      await eventually(() => expect(pushesOf('gql-2')).not.toEqual([]));
      // What every host is served in common follows a second later, with both.
      const scopesOf = (id: string) => pushesOf(id).flatMap(({ type, change }) => (type === 'scope' ? [change] : []));
      expect(scopesOf('gql-1').filter((change) => scopesOf('gql-2').includes(change))).toEqual([]);
    });

    it('follow a mutation over a websocket, by the id of the request that opened it', async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${other.ports.admin}/v1/graphql`, 'graphql-transport-ws', {
        headers: { 'x-request-id': 'socket-1' },
      });
      await once(socket, 'open');
      socket.send('{"type":"connection_init"}');
      const query = 'mutation { update_saaras_db_service(where: {}, _set: {fqdn: "socket.test"}) { affected_rows } }';
      socket.on('message', (data: Buffer) => {
        if (data.toString().includes('connection_ack'))
          socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
      });
      await eventually(() => expect(pushesOf('socket-1')).not.toEqual([]));
      socket.terminate();
    });

    it('are not left to what uses the connection next, and may be given by SQL', async () => {
      await rename(one, 'named.test', { 'x-request-id': 'only-mine' });
      const update = (fqdn: string) => `UPDATE saaras_db.service SET fqdn = '${fqdn}' WHERE service_name = 'demo'`;
      await graphql(one, 'mutation { delete_saaras_db_proxy(where: {proxy_name: {_eq: "nobody"}}) { affected_rows } }');
      await database.pool.query(update('sql.test'));
      const { rows } = await database.pool.query<{ origin: string | null }>(
        'SELECT origin FROM gateway_private.change_log ORDER BY seq DESC LIMIT 2',
      );
      expect(rows.map(({ origin }) => origin?.split(' ')[0])).toEqual([undefined, 'only-mine']);
      await database.pool.query(`BEGIN; SET LOCAL enroute.origin = 'by-sql'; ${update('by.sql.test')}; COMMIT`);
      await eventually(() => expect(pushesOf('by-sql')).not.toEqual([]));
    });
  });

  describe('traces', () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const parent = 'b7ad6b7169203331';

    it('go on with the trace of the caller, through GraphQL and Postgres to the push, which is linked to the write', async () => {
      await rename(other, 'traced.test', { traceparent: `00-${traceId}-${parent}-01`, 'x-request-id': 'traced' });
      const spans = await eventually(() => {
        const own = collector.spans.filter((span) => span.traceId === traceId);
        const names = ['PATCH /service/:service_name', 'GraphQL', 'Postgres', 'push route'];
        expect(own.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
        return own;
      });
      const named = (name: string) => spans.find((span) => span.name === name);
      const request = named('PATCH /service/:service_name');
      const operation = named('GraphQL');
      const statement = named('Postgres');
      const push = named('push route');
      expect(request).toMatchObject({ parentSpanId: parent, kind: 2, service: 'enroute-gateway' });
      expect(request?.attributes).toMatchObject({
        'http.request.method': 'PATCH',
        'http.route': '/service/:service_name',
        'url.path': '/service/demo',
        'enroute.request_id': 'traced',
      });
      expect(Number(request?.attributes['http.response.status_code'])).toBe(201);
      expect(operation).toMatchObject({ parentSpanId: request?.spanId, attributes: { 'graphql.operation.type': 'mutation' } });
      expect(statement).toMatchObject({ parentSpanId: operation?.spanId, kind: 3 });
      expect(statement?.attributes['db.query.text']).toMatch(/UPDATE/);
      expect(JSON.stringify(statement)).not.toContain('traced.test');
      // Another process has pushed it.
      expect(push).toMatchObject({ service: 'gateway-one', kind: 4, parentSpanId: operation?.spanId });
      expect(push?.links).toEqual([expect.objectContaining({ traceId, spanId: operation?.spanId })]);
      expect(push?.attributes).toMatchObject({ 'enroute.proxy': 'gw', 'enroute.type': 'route' });
    });

    it('are not recorded for a caller that does not record its own', async () => {
      const unsampled = '1af7651916cd43dd8448eb211c80319c';
      await rename(one, 'quiet.test', { traceparent: `00-${unsampled}-${parent}-00`, 'x-request-id': 'quiet' });
      await rename(one, 'loud.test', { 'x-request-id': 'loud' });
      await eventually(() => expect(collector.spans.map(({ attributes }) => attributes['enroute.request_id'])).toContain('loud'));
      await eventually(() => expect(pushesOf('quiet')).not.toEqual([]));
      expect(collector.spans.filter((span) => span.traceId === unsampled)).toEqual([]);
    });
  });
});

function decide(port: number, domain: string): Promise<unknown> {
  const client = new RateLimitServiceClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const request = RateLimitRequest.fromPartial({ domain, descriptors: [{ entries: [{ key: 'generic_key', value: 'x' }] }] });
  return new Promise((resolve, reject) => {
    client.shouldRateLimit(request, (error, response) => {
      client.close();
      if (error) reject(error);
      else resolve(response);
    });
  });
}
