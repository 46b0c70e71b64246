import { eventually } from '../support/eventually';
import { ask } from '../support/http-client';
import type { HttpServer } from '../support/http-echo';
import { startHttpServer } from '../support/http-echo';
import { Product } from '../support/product';

/** Whoever writes by GraphQL or SQL passes the facade's checks by. What cannot be served then stops nothing but itself. */
describe('objects that cannot be served', () => {
  let product: Product;
  let server: HttpServer;

  beforeAll(async () => {
    [product, server] = await Promise.all([Product.start(), startHttpServer({ name: 'server' })]);
    await mutate(`insert_saaras_db_proxy_one(object: {proxy_name: "gw", proxy_services: {data: [{service: {data: {
      service_name: "good", fqdn: "good.test",
      routes: {data: [{route_name: "all", route_prefix: "/", route_upstreams: {data: [
        {upstream: {data: {upstream_name: "up", upstream_ip: "127.0.0.1", upstream_port: ${server.port}}}}]}}]}}}}]}}) { proxy_id }`);
    await eventually(async () => expect(await status('good.test')).toBe(200));
  }, 120_000);

  afterAll(async () => {
    await Promise.all([product.dispose(), server.stop()]);
  });

  const status = async (host: string, path = '/') => (await ask({ port: product.ports.http, path, headers: { host } })).status;

  async function mutate(fields: string): Promise<void> {
    const { body } = await product.call('POST', '/v1/graphql', JSON.stringify({ query: `mutation { ${fields} }` }), {
      'content-type': 'application/json',
    });
    if (body.includes('"errors"')) throw new Error(body);
  }

  /** A service of its own on `<name>.test`, with a good route `/ok`, and what is given besides. */
  const service = (name: string, { routes = '', more = '', fqdn = `${name}.test` } = {}) =>
    mutate(`insert_saaras_db_service_one(object: {service_name: "${name}", fqdn: "${fqdn}", ${more}
      proxy_services: {data: [{proxy: {data: {proxy_name: "gw"}, on_conflict: {constraint: proxy_proxy_name_key, update_columns: update_ts}}}]},
      routes: {data: [{route_name: "ok", route_prefix: "/ok", route_upstreams: {data: [{upstream: {data: {upstream_name: "up"},
        on_conflict: {constraint: upstream_upstream_name_key, update_columns: update_ts}}}]}} ${routes}]}}) { service_id }`);
  const filter = (name: string, type: string, config: string) =>
    `service_filters: {data: [{filter: {data: {filter_name: "${name}", filter_type: "${type}", filter_config: ${JSON.stringify(config)}}}}]},`;
  const upstreamRoute = (name: string, columns: string) =>
    `, {route_name: "bad", route_prefix: "/bad", route_upstreams: {data: [{upstream: {data: {upstream_name: "${name}", ${columns}}}}]}}`;

  const cases: readonly (readonly [string, () => Promise<void>, RegExp])[] = [
    [
      'a prefix without slash',
      () => service('prefix', { routes: ', {route_name: "bad", route_prefix: "nope"}' }),
      /route bad of service prefix/,
    ],
    [
      'a regular expression that RE2 refuses',
      () => service('regex', { routes: ', {route_name: "bad", route_prefix: "/(a*"}' }),
      /route bad of service regex/,
    ],
    [
      'a route_config that is not JSON',
      () => service('config', { routes: ', {route_name: "bad", route_config: "{"}' }),
      /route bad of service config/,
    ],
    [
      'a port out of range',
      () => service('port', { routes: upstreamRoute('port-up', 'upstream_ip: "127.0.0.1", upstream_port: 70000') }),
      /port-up/,
    ],
    [
      'an upstream without address',
      () => service('address', { routes: upstreamRoute('address-up', 'upstream_port: 80') }),
      /address-up/,
    ],
    [
      'an address that is none',
      () => service('host', { routes: upstreamRoute('host-up', 'upstream_ip: "not an address", upstream_port: 80') }),
      /host-up/,
    ],
    [
      'a negative weight',
      () =>
        service('weight', {
          routes: upstreamRoute('weight-up', 'upstream_ip: "127.0.0.1", upstream_port: 80, upstream_weight: -1'),
        }),
      /weight-up/,
    ],
    [
      'an unknown protocol',
      () =>
        service('protocol', {
          routes: upstreamRoute('protocol-up', 'upstream_ip: "127.0.0.1", upstream_port: 80, upstream_protocol: "gopher"'),
        }),
      /protocol-up/,
    ],
    [
      'an authority that does not exist',
      () =>
        service('authority', {
          routes: upstreamRoute(
            'authority-up',
            'upstream_ip: "127.0.0.1", upstream_port: 443, upstream_protocol: "tls", upstream_validation_cacertificate: "nowhere", upstream_validation_subjectname: "x"',
          ),
        }),
      /authority-up/,
    ],
    ['CORS that is not JSON', () => service('cors', { more: filter('bad-cors', 'vh_filter_cors', '{"match') }), /bad-cors/],
    ['a filter of unknown type', () => service('type', { more: filter('bad-type', 'http_filter_none', '') }), /bad-type/],
    [
      'a rate limit configuration that is none',
      () =>
        mutate(
          'insert_saaras_db_proxy_globalconfig_one(object: {proxy: {data: {proxy_name: "gw"}, on_conflict: {constraint: proxy_proxy_name_key, update_columns: update_ts}}, globalconfig: {data: {globalconfig_name: "bad-gc", globalconfig_type: "globalconfig_ratelimit", config: "[1"}}}) { proxy_id }',
        ),
      /bad-gc/,
    ],
  ];

  it.each(cases)('are named, and what is beside them is served: %s', async (_, store, named) => {
    await store();
    await eventually(() =>
      expect(
        product.log
          .filter(({ level }) => level === 40)
          .map((line) => JSON.stringify(line))
          .join('\n'),
      ).toMatch(named),
    );
    const host = /service (\w+)/.exec(named.source)?.[1] ?? named.source.replace(/^bad-|-up$/g, '');
    if (host !== 'gc') await eventually(async () => expect([host, await status(`${host}.test`, '/ok')]).toEqual([host, 200]));
    expect(await status('good.test')).toBe(200);
  });

  it('of which filters cannot be read are not served without them: 503 with the name of what is to be mended', async () => {
    await service('lua', { more: filter('bad-lua', 'http_filter_lua', 'function (') });
    await service('limited', {
      routes: `, {route_name: "bad", route_prefix: "/bad", route_upstreams: {data: [{upstream: {data: {upstream_name: "up"},
        on_conflict: {constraint: upstream_upstream_name_key, update_columns: update_ts}}}]},
        route_filters: {data: [{filter: {data: {filter_name: "bad ü 100%", filter_type: "route_filter_ratelimit", filter_config: "{"}}}]}}`,
    });
    const broken = async (host: string, path: string) => {
      const answer = await ask({ port: product.ports.http, path, headers: { host } });
      return [answer.status, answer.headers['x-enroute-broken']];
    };
    await eventually(async () => expect(await broken('lua.test', '/ok')).toEqual([503, 'filter bad-lua']));
    await eventually(async () => expect(await broken('limited.test', '/bad')).toEqual([503, 'filter bad %C3%BC 100%25']));
    expect(await status('limited.test', '/ok')).toBe(200);
    expect(product.errors).toMatch(/bad-lua/);
  });

  it('of TLS without a usable pair are not served in clear', async () => {
    await service('tls', {
      more: 'service_secrets: {data: [{secret: {data: {secret_name: "bad-pem", secret_key: "no key", secret_cert: "no certificate"}}}]},',
    });
    await eventually(async () => expect(await status('tls.test', '/ok')).toBe(503));
    expect(await status('good.test')).toBe(200);
    expect(product.errors).not.toContain('no key');
  });

  it('with an fqdn that is none are named and not served', async () => {
    await service('fqdn', { fqdn: 'a b/c' });
    await eventually(() => expect(product.errors).toMatch(/service fqdn/));
    expect(await status('good.test')).toBe(200);
  });

  it('have cost Envoy no rejected configuration', () => {
    expect(product.log.filter(({ msg }) => String(msg).includes('rejected'))).toEqual([]);
  });
});
