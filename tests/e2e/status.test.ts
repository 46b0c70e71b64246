import os from 'node:os';
import { eventually } from '../support/eventually';
import type { HttpServer } from '../support/http-echo';
import { startHttpServer } from '../support/http-echo';
import { Product } from '../support/product';

/** Who wrote something that cannot be served, or whose servers are ill, sees it without reading a log. */
describe('what became of what was stored', () => {
  let product: Product;
  let ill: HttpServer;
  let isIll = true;

  beforeAll(async () => {
    const handler = (_request: unknown, response: { writeHead(status: number): { end(): void } }) =>
      response.writeHead(isIll ? 500 : 200).end();
    [product, ill] = await Promise.all([Product.start(), startHttpServer({ name: 'ill', handler })]);
  }, 120_000);

  afterAll(async () => {
    await product.dispose();
    ill.kill();
  });

  async function status(path: string): Promise<Record<string, unknown>> {
    const answer = await product.call('GET', path);
    expect([path, answer.status]).toEqual([path, 200]);
    return (JSON.parse(answer.body) as { data: Record<string, unknown> }).data;
  }

  async function mutate(fields: string): Promise<void> {
    const query = JSON.stringify({ query: `mutation { ${fields} }` });
    const { body } = await product.call('POST', '/v1/graphql', query, { 'content-type': 'application/json' });
    if (body.includes('"errors"')) throw new Error(body);
  }

  it('is shown: a bad filter and a bad globalconfig, until they are mended', async () => {
    await mutate(`insert_saaras_db_proxy_one(object: {proxy_name: "gw",
      proxy_globalconfigs: {data: [{globalconfig: {data: {globalconfig_name: "gc", globalconfig_type: "globalconfig_ratelimit", config: "[1"}}}]},
      proxy_services: {data: [{service: {data: {service_name: "demo", fqdn: "demo.test",
        service_filters: {data: [{filter: {data: {filter_name: "lua", filter_type: "http_filter_lua", filter_config: "function ("}}}]},
        routes: {data: [{route_name: "all", route_prefix: "/", route_upstreams: {data: [{upstream: {data: {
          upstream_name: "ill", upstream_ip: "127.0.0.1", upstream_port: ${ill.port},
          upstream_hc_path: "/", upstream_hc_intervalseconds: 1, upstream_hc_unhealthythresholdcount: 1, upstream_hc_healthythresholdcount: 1}}}]}}]}}}}]}}) { proxy_id }`);
    await eventually(async () =>
      expect(await status('/status')).toMatchObject({
        rejected: [
          { kind: 'filter', name: 'lua', proxy: 'gw', object: 'filter lua of service demo', rejected_by: 'gateway' },
          { kind: 'globalconfig', name: 'gc', proxy: 'gw', object: 'globalconfig gc of proxy gw', rejected_by: 'gateway' },
        ],
      }),
    );
    expect(await status('/status/globalconfig/gc')).toMatchObject({
      rejected: [{ reason: expect.stringContaining('line 1') as string }],
    });
    await mutate(`update_saaras_db_filter(where: {}, _set: {filter_config: "x = 1"}) { affected_rows }
      update_saaras_db_globalconfig(where: {}, _set: {config: "{\\"domain\\":\\"enroute\\"}"}) { affected_rows }`);
    await eventually(async () => expect(await status('/status')).toMatchObject({ rejected: [] }));
  });

  it('is shown: an upstream that fails its check, in the eyes of the managed Envoy', async () => {
    const node = `${os.hostname()}:${product.ports.envoyAdmin}`;
    await eventually(async () => {
      const { rows } = await unhealthy();
      expect(rows).toMatchObject([{ node, proxy: 'gw', upstream: 'ill', port: ill.port, health: 'failed_active_health_check' }]);
    });
    expect(await explained()).toBe('failed_active_health_check');
    isIll = false;
    await eventually(async () => expect((await unhealthy()).rows).toEqual([]));
    expect(await explained()).toBe('healthy');
  });

  it('is shown: the connected Envoy, how far it is, and what it rejects in its own words', async () => {
    const node = `${os.hostname()}:${product.ports.envoyAdmin}`;
    await eventually(async () => {
      const { envoys } = (await status('/status')) as { envoys: { node: string; acknowledged_change: number | null }[] };
      expect(envoys).toMatchObject([{ node, proxy: 'gw', acknowledged_change: expect.any(Number) as number }]);
    });
    const locals = Array.from({ length: 201 }, (_, index) => `local v${index} = ${index}`).join('\\n');
    await mutate(`update_saaras_db_filter(where: {}, _set: {filter_config: "${locals}"}) { affected_rows }`);
    await eventually(async () =>
      expect(await status('/status/service/demo')).toMatchObject({
        rejected: [{ rejected_by: node, reason: expect.stringContaining('local variables') as string }],
      }),
    );
    await mutate(`update_saaras_db_filter(where: {}, _set: {filter_config: "x = 2"}) { affected_rows }`);
    await eventually(async () => expect(await status('/status')).toMatchObject({ rejected: [] }));
  });

  async function explained(): Promise<unknown> {
    const { body } = await product.call('GET', '/explain?host=demo.test');
    return (JSON.parse(body) as { upstreams: { health: string }[] }).upstreams[0]?.health;
  }

  async function unhealthy(): Promise<{ rows: unknown[] }> {
    const query = JSON.stringify({ query: '{ rows: gateway_upstream_health { node proxy upstream port health } }' });
    const { body } = await product.call('POST', '/v1/graphql', query, { 'content-type': 'application/json' });
    return (JSON.parse(body) as { data: { rows: unknown[] } }).data;
  }
});
