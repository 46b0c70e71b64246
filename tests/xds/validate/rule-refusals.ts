import { Cluster_DiscoveryType } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { StdoutAccessLog } from '../../../gen/envoy-api/envoy/extensions/access_loggers/stream/v3/stream';
import { CorsPolicy } from '../../../gen/envoy-api/envoy/extensions/filters/http/cors/v3/cors';
import { LuaPerRoute } from '../../../gen/envoy-api/envoy/extensions/filters/http/lua/v3/lua';
import { UpstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { seconds } from '../../../src/xds/translate/duration';
import type { TestPair } from '../../support/certificates';
import type { Refusal } from './refusals';
import { MANAGER, refusal, ROUTE } from './refusals';
import { cluster, endpoints, manager, packed, route, routes, secret } from './resources';

const CHECK = {
  ...{ timeout: seconds(1), interval: seconds(1), unhealthyThreshold: 1, healthyThreshold: 1 },
  httpHealthCheck: { path: '/' },
};
const checked = (changes: object): Uint8Array => cluster({ healthChecks: [{ ...CHECK, ...changes }] });
const httpChecked = (changes: object): Uint8Array => checked({ httpHealthCheck: { path: '/', ...changes } });
const address = (portValue: number): object => ({ socketAddress: { address: '127.0.0.1', portValue } });
const endpoint = (changes: object): Uint8Array =>
  endpoints({ endpoints: [{ lbEndpoints: [{ endpoint: { address: address(1) }, ...changes }] }] });
const tls = (changes: Record<string, unknown>): Uint8Array =>
  cluster({ transportSocket: { name: 'tls', typedConfig: packed(UpstreamTlsContext, changes) } });
const header = (changes: object): Uint8Array =>
  route({ responseHeadersToAdd: [{ header: { key: 'k', value: 'v', ...changes } }] });
const STDOUT = packed(StdoutAccessLog, {});
const XFF = {
  typeUrl: 'type.googleapis.com/envoy.extensions.http.original_ip_detection.xff.v3.XffConfig',
  value: Buffer.alloc(0),
};

/** A kind of rule each, on fields that Envoy's API has it on. */
export function ruleRefusals({ certificate, privateKey }: TestPair): readonly Refusal[] {
  return [
    refusal('string.min_len', 'cluster', 'name', (name) => cluster({ name }), { bad: '', good: 'candidate' }),
    refusal('string.max_bytes, of two bytes a character', 'cluster', 'transport_socket.typed_config.sni', (sni) => tls({ sni }), {
      bad: 'é'.repeat(128),
      good: 'é'.repeat(127),
    }),
    refusal(
      'string.pattern',
      'route',
      `${ROUTE}.match.path_separated_prefix`,
      (pathSeparatedPrefix) => route({ match: { pathSeparatedPrefix } }),
      { bad: '/a/', good: '/a' },
    ),
    refusal(
      'string.in',
      'listener',
      `${MANAGER}.scheme_header_transformation.scheme_to_overwrite`,
      (schemeToOverwrite) => manager({ schemeHeaderTransformation: { schemeToOverwrite } }),
      { bad: 'ftp', good: 'https' },
    ),
    refusal(
      'string.well_known_regex of a name',
      'route',
      `${ROUTE}.response_headers_to_add[0].header.key`,
      (key) => header({ key }),
      { bad: 'a\nb', good: 'a(b' },
    ),
    refusal(
      'string.well_known_regex of a value',
      'route',
      `${ROUTE}.response_headers_to_add[0].header.value`,
      (value) => header({ value }),
      { bad: 'a\0b', good: 'a\tb\x01' },
    ),
    refusal(
      'string.well_known_regex of a name, strict',
      'cluster',
      'upstream_http_protocol_options.override_auto_sni_header',
      (overrideAutoSniHeader) => cluster({ upstreamHttpProtocolOptions: { overrideAutoSniHeader } }),
      { bad: 'a b', good: ':a,b' },
    ),
    refusal(
      'string.ignore_empty',
      'cluster',
      'upstream_http_protocol_options.override_auto_sni_header',
      (overrideAutoSniHeader) => cluster({ upstreamHttpProtocolOptions: { overrideAutoSniHeader } }),
      { bad: '(', good: '' },
    ),
    refusal(
      'repeated.min_items',
      'route',
      'virtual_hosts[0].domains',
      (domains) => routes({ virtualHosts: [{ name: 'a', domains }] }),
      { bad: [], good: ['a'] },
    ),
    refusal(
      'repeated.max_items',
      'route',
      `${ROUTE}.request_headers_to_add`,
      (count) => route({ requestHeadersToAdd: Array.from({ length: count }, () => ({ header: { key: 'k', value: 'v' } })) }),
      { bad: 1001, good: 1000 },
    ),
    refusal(
      'repeated.items of strings',
      'cluster',
      'health_checks[0].http_health_check.request_headers_to_remove[1]',
      (name) => httpChecked({ requestHeadersToRemove: ['a', name] }),
      { bad: 'a\rb', good: 'a b' },
    ),
    refusal(
      'repeated.items of enums',
      'listener',
      `${MANAGER}.access_log[0].filter.grpc_status_filter.statuses[0]`,
      (status) =>
        manager({
          accessLog: [
            { name: 'envoy.access_loggers.stdout', typedConfig: STDOUT, filter: { grpcStatusFilter: { statuses: [status] } } },
          ],
        }),
      { bad: 77, good: 1 },
    ),
    refusal(
      'repeated.unique',
      'route',
      `${ROUTE}.route.internal_redirect_policy.response_headers_to_copy`,
      (responseHeadersToCopy) => route({ route: { cluster: 'c', internalRedirectPolicy: { responseHeadersToCopy } } }),
      { bad: ['a', 'b', 'a'], good: ['a', 'b'] },
    ),
    refusal('message.required', 'route', `${ROUTE}.match`, (match) => route({ match }), { bad: undefined, good: { prefix: '' } }),
    refusal(
      'message.required on a wrapper',
      'cluster',
      'health_checks[0].healthy_threshold',
      (healthyThreshold) => checked({ healthyThreshold }),
      { bad: undefined, good: 1 },
    ),
    refusal(
      'any.required',
      'listener',
      `${MANAGER}.original_ip_detection_extensions[0].typed_config`,
      (typedConfig) => manager({ useRemoteAddress: false, originalIpDetectionExtensions: [{ name: 'xff', typedConfig }] }),
      { bad: undefined, good: XFF },
    ),
    refusal('a required oneof', 'route', `${ROUTE}.match.path_specifier`, (prefix) => route({ match: { prefix } }), {
      bad: undefined,
      good: '',
    }),
    refusal('a required oneof of messages', 'route', `${ROUTE}.action`, (action) => route({ route: action }), {
      bad: undefined,
      good: { cluster: 'c' },
    }),
    refusal(
      'uint32.gte',
      'route',
      `${ROUTE}.direct_response.status`,
      (status) => route({ route: undefined, directResponse: { status } }),
      {
        bad: 199,
        good: 200,
      },
    ),
    refusal(
      'uint32.lt',
      'route',
      `${ROUTE}.direct_response.status`,
      (status) => route({ route: undefined, directResponse: { status } }),
      {
        bad: 600,
        good: 599,
      },
    ),
    refusal(
      'uint32.lte',
      'endpoint',
      'endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value',
      (port) => endpoint({ endpoint: { address: address(port) } }),
      { bad: 65_536, good: 65_535 },
    ),
    refusal(
      'uint32.gte in a wrapper',
      'endpoint',
      'endpoints[0].lb_endpoints[0].load_balancing_weight',
      (loadBalancingWeight) => endpoint({ loadBalancingWeight }),
      { bad: 0, good: 1 },
    ),
    refusal(
      'uint64.lte in a wrapper',
      'cluster',
      'ring_hash_lb_config.maximum_ring_size',
      (maximumRingSize) => cluster({ ringHashLbConfig: { maximumRingSize } }),
      { bad: 8_388_609n, good: 8_388_608n },
    ),
    refusal(
      'double.lte',
      'cluster',
      'common_lb_config.healthy_panic_threshold.value',
      (value) => cluster({ commonLbConfig: { healthyPanicThreshold: { value } } }),
      { bad: 100.5, good: 100 },
    ),
    refusal(
      'bool.const',
      'route',
      `${ROUTE}.typed_per_filter_config["envoy.filters.http.lua"].disabled`,
      (disabled) => route({ typedPerFilterConfig: { 'envoy.filters.http.lua': packed(LuaPerRoute, { disabled }) } }),
      { bad: false, good: true },
    ),
    refusal(
      'enum.defined_only',
      'cluster',
      'circuit_breakers.thresholds[0].priority',
      (priority) => cluster({ circuitBreakers: { thresholds: [{ priority }] } }),
      { bad: 7, good: 1 },
    ),
    refusal('enum.defined_only in a oneof', 'cluster', 'type', (type) => cluster({ type }), {
      bad: 99,
      good: Cluster_DiscoveryType.STATIC,
    }),
    refusal('enum.not_in', 'cluster', 'health_checks[0].http_health_check.method', (method) => httpChecked({ method }), {
      bad: 6,
      good: 1,
    }),
    refusal('duration.gt', 'cluster', 'connect_timeout', (value) => cluster({ connectTimeout: seconds(value) }), {
      bad: 0,
      good: 0.001,
    }),
    refusal('duration.required', 'cluster', 'health_checks[0].interval', (interval) => checked({ interval }), {
      bad: undefined,
      good: seconds(1),
    }),
    refusal(
      'map.keys',
      'route',
      `${ROUTE}.metadata.filter_metadata[""]`,
      (key) => route({ metadata: { filterMetadata: { [key]: {} } } }),
      { bad: '', good: 'a' },
    ),
    refusal('what is packed in an Any', 'listener', `${MANAGER}.stat_prefix`, (statPrefix) => manager({ statPrefix }), {
      bad: '',
      good: 'a',
    }),
    refusal(
      'what is packed in the Any of a map',
      'route',
      `${ROUTE}.typed_per_filter_config["envoy.filters.http.cors"].allow_origin_string_match[0].match_pattern`,
      (exact) =>
        route({
          typedPerFilterConfig: { 'envoy.filters.http.cors': packed(CorsPolicy, { allowOriginStringMatch: [{ exact }] }) },
        }),
      { bad: undefined, good: '' },
    ),
    refusal(
      'a secret',
      'secret',
      'tls_certificate.private_key.specifier',
      (key) => secret({ tlsCertificate: { certificateChain: { inlineString: certificate }, privateKey: { inlineString: key } } }),
      { bad: undefined, good: privateKey },
    ),
  ];
}
