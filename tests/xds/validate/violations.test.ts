import { CorsPolicy } from '../../../gen/envoy-api/envoy/extensions/filters/http/cors/v3/cors';
import { HttpConnectionManager } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { TYPE_URLS } from '../../../src/xds/translate';
import { violations } from '../../../src/xds/validate';
import { envoyDescriptors } from '../../../src/xds/validate/descriptors';
import { fieldCheck } from '../../../src/xds/validate/field';
import { readRules } from '../../../src/xds/validate/rules/read';
import { cluster, listener, manager, packed, route, routes } from './resources';

const TYPED = { 'envoy.filters.http.cors': { typeUrl: '', value: Buffer.alloc(0) } };
const perRoute = (config: { typeUrl: string; value: Buffer }): Uint8Array =>
  route({ typedPerFilterConfig: { ...TYPED, 'envoy.filters.http.cors': config } });

describe('the check of a resource', () => {
  it('gives every violation, each with its path through lists, maps, oneofs and Anys', () => {
    const cors = packed(CorsPolicy, { allowOriginStringMatch: [{ exact: '' }, {}, { safeRegex: { regex: '(' } }] });
    const bad = routes({
      virtualHosts: [
        { name: 'a', domains: ['a'] },
        {
          domains: [],
          typedPerFilterConfig: { 'envoy.filters.http.cors': cors },
          routes: [{ match: { prefix: '/' }, route: { cluster: 'c', hashPolicy: [{ cookie: { name: '' } }] } }, { redirect: {} }],
        },
      ],
    });
    expect(violations(TYPE_URLS.route, bad)).toEqual([
      { path: 'virtual_hosts[1].name', message: 'value length must be at least 1 characters' },
      { path: 'virtual_hosts[1].domains', message: 'value must contain at least 1 item(s)' },
      {
        path: 'virtual_hosts[1].routes[0].route.hash_policy[0].cookie.name',
        message: 'value length must be at least 1 characters',
      },
      { path: 'virtual_hosts[1].routes[1].match', message: 'value is required' },
      {
        path: 'virtual_hosts[1].typed_per_filter_config["envoy.filters.http.cors"].allow_origin_string_match[1].match_pattern',
        message: 'one of exact, prefix, suffix, safe_regex, contains, custom is required',
      },
      {
        path: 'virtual_hosts[1].typed_per_filter_config["envoy.filters.http.cors"].allow_origin_string_match[2].safe_regex.regex',
        message: 'regular expression, character 1: this ( is never closed',
      },
    ]);
  });

  it('looks into an Any that is packed in an Any', () => {
    const inner = packed(HttpConnectionManager, { statPrefix: '' });
    const outer = packed(HttpConnectionManager, {
      statPrefix: 'a',
      routeConfig: {},
      httpFilters: [{ name: 'f', typedConfig: inner }],
    });
    expect(
      violations(TYPE_URLS.listener, listener({ filterChains: [{ filters: [{ name: 'f', typedConfig: outer }] }] })),
    ).toEqual([
      expect.objectContaining({ path: 'filter_chains[0].filters[0].typed_config.http_filters[0].typed_config.stat_prefix' }),
      expect.objectContaining({ path: 'filter_chains[0].filters[0].typed_config.http_filters[0].typed_config.route_specifier' }),
    ]);
  });

  it('takes an Any of a type that it does not know, when its bytes are a message', () => {
    const typeUrl = 'type.googleapis.com/envoy.of.a.later.Version';
    expect(violations(TYPE_URLS.route, perRoute({ typeUrl, value: Buffer.alloc(0) }))).toEqual([]);
    expect(violations(TYPE_URLS.route, perRoute({ typeUrl, value: Buffer.from([0x0a, 0x01, 0x61]) }))).toEqual([]);
    expect(violations(TYPE_URLS.route, perRoute({ typeUrl, value: Buffer.from([0x0a, 0x02, 0x61]) }))).toEqual([
      {
        path: 'virtual_hosts[0].routes[0].typed_per_filter_config["envoy.filters.http.cors"]',
        message: expect.stringContaining('value cannot be decoded as a message') as string,
      },
    ]);
  });

  it('takes an Any that is not set, and none that has bytes without a type', () => {
    expect(violations(TYPE_URLS.route, perRoute({ typeUrl: '', value: Buffer.alloc(0) }))).toEqual([]);
    expect(violations(TYPE_URLS.route, perRoute({ typeUrl: '', value: Buffer.from([0x08, 1]) }))).toEqual([
      {
        path: 'virtual_hosts[0].routes[0].typed_per_filter_config["envoy.filters.http.cors"].type_url',
        message: 'value must end with a slash and the name of a message type',
      },
    ]);
  });

  it('takes fields that it does not know: a later Envoy may', () => {
    expect(violations(TYPE_URLS.cluster, Buffer.concat([cluster(), Buffer.from([0xfa, 0x7f, 0x01, 0x61])]))).toEqual([]);
  });

  it('refuses bytes that are not the message, with the path of the whole', () => {
    for (const bad of [Buffer.from([0x0a]), Buffer.from([0x08, 0x01]), cluster().subarray(0, -1)]) {
      expect(violations(TYPE_URLS.cluster, bad)).toEqual([
        { path: '', message: expect.stringContaining('value cannot be decoded as envoy.config.cluster.v3.Cluster') as string },
      ]);
    }
  });

  it('throws for a type that is not in the API as it is generated', () => {
    expect(() => violations('type.googleapis.com/a.B', Buffer.alloc(0))).toThrow(
      'there is no message of the type type.googleapis.com/a.B',
    );
  });

  it('says the same when it is asked again', () => {
    const bad = manager({ statPrefix: '' });
    expect(violations(TYPE_URLS.listener, bad)).toHaveLength(1);
    expect(violations(TYPE_URLS.listener, bad)).toEqual(violations(TYPE_URLS.listener, bad));
  });
});

it('knows every rule that the listed part of the API states', () => {
  const registry = envoyDescriptors();
  const context = { rules: readRules(registry), messageCheck: () => undefined, packedCheck: () => undefined };
  const checks = [...registry].flatMap((type) =>
    type.kind === 'message' ? type.fields.map((field) => fieldCheck(field, context)) : [],
  );
  expect(checks.filter((check) => check !== undefined).length).toBeGreaterThan(500);
});
