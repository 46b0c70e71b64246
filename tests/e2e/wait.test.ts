import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import type { HttpServer } from '../support/http-echo';
import { startHttpServer } from '../support/http-echo';
import { Product } from '../support/product';

interface Body {
  readonly data?: object;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly rollout: { state: string; version: string; envoys: number; acknowledged: number } };
}

/** `Prefer: wait=<seconds>` on a write: the answer comes when the Envoys have taken the change. */
describe('a writer that waits', () => {
  let product: Product;
  let server: HttpServer;

  beforeAll(async () => {
    [product, server] = await Promise.all([Product.start(), startHttpServer({ name: 'server' })]);
    await write('POST', '/proxy', { name: 'gw' });
    await write('POST', '/upstream', {
      upstream_name: 'up',
      upstream_ip: '127.0.0.1',
      upstream_port: server.port,
      upstream_hc_path: '/',
    });
  }, 120_000);
  afterAll(() => Promise.all([product.dispose(), server.stop()]));

  async function write(method: string, path: string, form: Record<string, string | number> = {}, prefer?: string) {
    const fields = new URLSearchParams(Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]));
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(prefer === undefined ? {} : { prefer }) };
    const answer = await product.call(method, path, fields.toString(), headers);
    return { ...answer, json: JSON.parse(answer.body) as Body };
  }
  const status = async (host: string, path = '/') => (await ask({ port: product.ports.http, path, headers: { host } })).status;

  /** A service that is not linked to a proxy yet. */
  async function service(name: string, upstream = 'up'): Promise<void> {
    await write('POST', '/service', { service_name: name, fqdn: `${name}.test` });
    await write('POST', `/service/${name}/route`, { route_name: 'all', route_prefix: '/' });
    await write('POST', `/service/${name}/route/all/upstream/${upstream}`);
  }

  it('is answered when a request shows the change, every time', async () => {
    for (let round = 0; round < 20; round += 1) {
      await service(`new${round}`);
      const { status: code, json, headers } = await write('POST', `/proxy/gw/service/new${round}`, {}, 'wait=10');
      expect(await status(`new${round}.test`)).toBe(200);
      expect([code, json.extensions?.rollout]).toMatchObject([201, { state: 'live', envoys: 1, acknowledged: 1 }]);
      expect(headers['x-config-version']).toBe(json.extensions?.rollout.version);
      expect(headers['preference-applied']).toBe('wait=10');
      await write('PATCH', `/service/new${round}/route/all`, { route_prefix: '/moved' }, 'wait=10');
      expect([await status(`new${round}.test`), await status(`new${round}.test`, '/moved')]).toEqual([404, 200]);
      await write('DELETE', `/proxy/gw/service/new${round}`, {}, 'wait=10');
      expect(await status(`new${round}.test`, '/moved')).toBe(404);
    }
  });

  it('is told of its change without waiting when it does not ask for it', async () => {
    const first = await write('POST', '/service', { service_name: 'plain', fqdn: 'plain.test' });
    const second = await write('PATCH', '/service/plain', { fqdn: 'plainer.test' });
    expect(second.json).toEqual({ data: expect.anything() as unknown });
    expect(Number(second.headers['x-config-version'])).toBeGreaterThan(Number(first.headers['x-config-version']));
  });

  it('waits for nobody when no Envoy is concerned', async () => {
    await service('elsewhere');
    await write('POST', '/proxy', { name: 'edge' });
    const started = Date.now();
    const { json } = await write('POST', '/proxy/edge/service/elsewhere', {}, 'wait=20');
    expect(json.extensions?.rollout).toMatchObject({ state: 'live', envoys: 0 });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('is told that time ran out, and the change comes all the same', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    await write('POST', '/upstream', {
      upstream_name: 'silent',
      upstream_ip: '127.0.0.1',
      upstream_port: port,
      upstream_hc_path: '/',
    });
    await service('slow', 'silent');
    const answer = await write('POST', '/proxy/gw/service/slow', {}, 'respond-async, wait=1');
    expect([answer.status, answer.json.extensions?.rollout]).toMatchObject([
      202,
      { state: 'pending', envoys: 1, acknowledged: 0 },
    ]);
    await eventually(async () => expect(await status('slow.test')).toBe(503), 20_000);
    silent.close();
  });

  it('is told in the words of Envoy what Envoy rejects, and others are not', async () => {
    await service('bad');
    await service('other');
    await write('POST', '/proxy/gw/service/bad', {}, 'wait=10');
    const locals = Array.from({ length: 201 }, (_, index) => `local v${index} = ${index}`).join('\n');
    await write('POST', '/filter', { filter_name: 'many', filter_type: 'http_filter_lua', filter_config: locals });
    const { status: code, json } = await write('POST', '/service/bad/filter/many', {}, 'wait=10');
    expect(code).toBe(422);
    expect(json.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/service bad: .*local variables/s) as unknown,
      extensions: { code: 'rejected-by-envoy' },
    });
    expect(json.data).toBeDefined();
    expect(await status('bad.test')).toBe(200);
    const other = await write('POST', '/proxy/gw/service/other', {}, 'wait=10');
    expect([other.status, other.json.extensions?.rollout.state]).toEqual([201, 'live']);
    expect((await write('DELETE', '/service/bad/filter/many', {}, 'wait=10')).json.extensions?.rollout.state).toBe('live');
  });

  it('may write by GraphQL: the status stays 200, the outcome is in the extensions', async () => {
    const query = `mutation { update_saaras_db_service(where: {service_name: {_eq: "other"}}, _set: {fqdn: "renamed.test"}) { affected_rows } }`;
    const headers = { 'content-type': 'application/json', prefer: 'wait=10' };
    const {
      status: code,
      body,
      headers: answered,
    } = await product.call('POST', '/v1/graphql', JSON.stringify({ query }), headers);
    expect([code, JSON.parse(body)]).toMatchObject([
      200,
      { data: { update_saaras_db_service: { affected_rows: 1 } }, extensions: { rollout: { state: 'live', envoys: 1 } } },
    ]);
    expect(answered['x-config-version']).toMatch(/^\d+$/);
    expect([await status('renamed.test'), await status('other.test')]).toEqual([200, 404]);
  });
});
