import fc from 'fast-check';
import type { Service } from '../../../src/gateway';
import type { FilterRow, ServiceRow } from '../../../src/gateway/rows';
import { translateService } from '../../../src/gateway/translate/service';
import type { GivenService } from '../../gateway/rows';
import { serviceRow } from '../../gateway/rows';

/** Texts as people may store them: ordinary ones, odd ones, and any at all. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', '/', '/a', 'a', 'x-a', 'a.test', '*', '/(a|b)+', '(', '%REQ(:path)%', '\\1') },
  { weight: 1, arbitrary: fc.constantFrom('é', '😀', '\r\n', '\0', ' a ', '\u{7f}', 'a'.repeat(300), '/a{1000}', '[', '?', '#') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
);
const number = fc.oneof(fc.constantFrom(0, 1, 100, 65_535, 2_147_483_647), fc.integer({ min: -1, max: 1000 }));
const path = fc.oneof(
  fc.constantFrom('/', '/a', '/a/', '/a+', '/%'),
  text.map((rest) => `/${rest}`),
);

const json = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<string> =>
  fc.record(shape, { requiredKeys: [] }).map((document) => JSON.stringify(document));

const SERVICE_FILTERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  vh_filter_lua: text.map((comment) => `-- ${JSON.stringify(comment)}`),
  vh_filter_cors: json({
    match_condition: fc.record({ regex: text, prefix: text, exact: text, suffix: text, contains: text }, { requiredKeys: [] }),
    access_control_allow_methods: text,
    access_control_allow_headers: text,
    access_control_expose_headers: text,
    access_control_max_age: fc.constantFrom('', '120', '-1', 'a'),
  }),
};
const action = fc.oneof(
  fc.record({ generic_key: fc.record({ descriptor_value: text }) }),
  fc.record({ request_headers: fc.record({ header_name: text, descriptor_key: text }) }),
  fc.constantFrom({ source_cluster: '{}' }, { destination_cluster: '{}' }, { remote_address: '{}' }),
);
const ROUTE_FILTERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  route_filter_ratelimit: json({ descriptors: fc.array(action, { maxLength: 3 }) }),
  route_filter_circuitbreakers: json({ max_connections: number, max_requests: number, max_retries: number }),
  route_filter_outlierdetection: json({ consecutive_5xx: number, enforcing_consecutive_5xx: number }),
  route_filter_host_rewrite: json({ pattern_regex: text, substitution: text }),
  route_filter_redirect: json({
    scheme_redirect: text,
    host_redirect: text,
    port_redirect: number,
    path_redirect: text,
    prefix_rewrite: text,
    regex_redirect: text,
    response_code: fc.constantFrom(0, 301, 308, 404),
    strip_query: fc.boolean(),
  }),
  route_filter_directresponse: json({ response_code: fc.constantFrom(199, 200, 404, 599, 600) }),
};

function filters(types: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<FilterRow[]> {
  const one = fc.constantFrom(...Object.keys(types)).chain((type) => fc.tuple(fc.constant(type), types[type]!));
  return fc
    .array(one, { maxLength: 2 })
    .map((rows) =>
      rows.map(([type, config], id) => ({ filter_id: id, filter_name: `f${id}`, filter_type: type, filter_config: config })),
    );
}

const upstream = fc.record({
  upstream_id: fc.integer({ min: 1, max: 5 }),
  upstream_name: text,
  upstream_ip: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('127.0.0.1', '::1', 'up.test') }, { weight: 1, arbitrary: text }),
  upstream_port: fc.constantFrom(0, 1, 80, 65_535),
  upstream_weight: fc.constantFrom(0, 1, 100, 1_000_000),
  upstream_protocol: fc.constantFrom('', 'http', 'https', 'h2', 'h2c', 'grpc', 'grpcs'),
  upstream_strategy: fc.constantFrom('', 'Random', 'Cookie', 'WeightedLeastRequest'),
  upstream_hc_path: fc.option(text),
  upstream_hc_host: fc.option(text),
  upstream_hc_intervalseconds: fc.option(number),
  upstream_hc_unhealthythresholdcount: fc.option(number),
});
const header = fc.record({ name: text, present: fc.boolean(), exact: text, notcontains: text }, { requiredKeys: ['name'] });
const route = fc.record({
  route_name: text,
  route_prefix: fc.option(path),
  route_config: fc.oneof(json({ prefix: path, header: fc.array(header, { maxLength: 2 }) }), fc.constant('')),
  upstreams: fc.array(upstream, { maxLength: 3 }),
  filters: filters(ROUTE_FILTERS),
});
const given: fc.Arbitrary<Omit<GivenService, 'service_id'>> = fc.record({
  service_name: text,
  fqdn: fc.oneof(fc.constantFrom('a.test', '*.a.test', '*', 'é.test'), text),
  routes: fc.array(route, { maxLength: 3 }).map((routes) => routes.map((each, id) => ({ route_id: id + 1, ...each }))),
  filters: filters(SERVICE_FILTERS),
});

/** What the gateway makes of services that are stored so: whatever it will not serve is left out of them. */
export const services: fc.Arbitrary<Service[]> = fc
  .array(given, { minLength: 1, maxLength: 3 })
  .map((all) => all.map((each, id) => serviceRow({ service_id: id + 1, ...each })))
  .map((rows: ServiceRow[]) => rows.map((row) => translateService(row, { authorities: new Map(), pairs: new Map() })));
