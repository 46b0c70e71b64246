import { Cluster_DiscoveryType } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ApiConfigSource_ApiType, ApiVersion } from '../../../gen/envoy-api/envoy/config/core/v3/config_source';
import { CorsPolicy } from '../../../gen/envoy-api/envoy/extensions/filters/http/cors/v3/cors';
import { HttpConnectionManager } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { seconds } from '../../../src/xds/translate/duration';
import type { Refusal } from './refusals';
import { MANAGER, refusal, ROUTE } from './refusals';
import { cluster, listener, packed, route, routes } from './resources';

const MANAGER_TYPE = HttpConnectionManager.$type;
const managerBytes = packed(HttpConnectionManager, { statPrefix: 'a', routeConfig: { name: 'r' } }).value;

const action = (changes: object): Uint8Array => route({ route: { cluster: 'c', ...changes } });
const filterOf = (typeUrl: string, value: Buffer): Uint8Array =>
  listener({ filterChains: [{ filters: [{ name: 'http', typedConfig: { typeUrl, value } }] }] });
const limitedBy = (name: string): Uint8Array =>
  action({ rateLimits: [{ actions: [{ [name]: { descriptorKey: 'k', metadataKey: { key: 'a', path: [{ key: 'b' }] } } }] }] });
const eds = (apiType: number): Uint8Array =>
  cluster({
    type: Cluster_DiscoveryType.EDS,
    edsClusterConfig: {
      edsConfig: {
        resourceApiVersion: ApiVersion.V3,
        // The cluster that is taken asks a server that is not there, and holds up what comes after it for as long.
        initialFetchTimeout: seconds(0.01),
        apiConfigSource: {
          apiType,
          transportApiVersion: ApiVersion.V3,
          grpcServices: [{ envoyGrpc: { clusterName: 'enroute' } }],
        },
      },
    },
  });

/** What Envoy refuses though no rule of its API says so. */
export const OTHER_REFUSALS: readonly Refusal[] = [
  refusal('a negative duration', 'route', `${ROUTE}.route.timeout`, (value) => action({ timeout: seconds(value) }), {
    bad: -1,
    good: 0,
  }),
  refusal(
    'a duration of too many nanoseconds',
    'route',
    `${ROUTE}.route.idle_timeout`,
    (nanos) => action({ idleTimeout: { seconds: 0n, nanos } }),
    { bad: 1_000_000_000, good: 999_999_999 },
  ),
  refusal(
    'a duration of too many seconds',
    'route',
    `${ROUTE}.route.timeout`,
    (value) => action({ timeout: { seconds: value, nanos: 0 } }),
    { bad: 9_223_372_036n, good: 9_223_372_035n },
  ),
  refusal('a field that was given up', 'route', `${ROUTE}.route.rate_limits[0].actions[0].dynamic_metadata`, limitedBy, {
    bad: 'dynamicMetadata',
    good: 'metadata',
  }),
  refusal('a default that was given up', 'cluster', 'eds_cluster_config.eds_config.api_config_source.api_type', eds, {
    bad: 0,
    good: ApiConfigSource_ApiType.GRPC,
  }),
  refusal(
    'look-around in a regular expression',
    'route',
    `${ROUTE}.match.safe_regex.regex`,
    (regex) => route({ match: { safeRegex: { regex } } }),
    { bad: '/(?=a)', good: '/a' },
  ),
  refusal(
    'a regular expression for a header',
    'route',
    `${ROUTE}.match.headers[0].string_match.safe_regex.regex`,
    (regex) => route({ match: { prefix: '/', headers: [{ name: 'a', stringMatch: { safeRegex: { regex } } }] } }),
    { bad: '(a', good: '(a)' },
  ),
  refusal(
    'a regular expression of a rewrite',
    'route',
    `${ROUTE}.route.regex_rewrite.pattern.regex`,
    (regex) => action({ regexRewrite: { pattern: { regex }, substitution: '/' } }),
    { bad: 'a**', good: 'a*' },
  ),
  refusal(
    'a regular expression whose program is too large',
    'route',
    `${ROUTE}.match.safe_regex.regex`,
    (regex) => route({ match: { safeRegex: { regex } } }),
    { bad: '[ac]{1000}'.repeat(5), good: '[ac]{100}' },
  ),
  refusal(
    'a regular expression in an Any',
    'route',
    `${ROUTE}.typed_per_filter_config["envoy.filters.http.cors"].allow_origin_string_match[0].safe_regex.regex`,
    (regex) =>
      route({
        typedPerFilterConfig: {
          'envoy.filters.http.cors': packed(CorsPolicy, { allowOriginStringMatch: [{ safeRegex: { regex } }] }),
        },
      }),
    { bad: String.raw`(a)\1`, good: '(a)' },
  ),
  refusal(
    'an Any whose bytes end early',
    'listener',
    MANAGER,
    (value) => filterOf(`type.googleapis.com/${MANAGER_TYPE}`, value),
    {
      bad: managerBytes.subarray(0, -1),
      good: managerBytes,
    },
  ),
  refusal(
    'an Any whose type URL has no slash',
    'listener',
    `${MANAGER}.type_url`,
    (prefix) => filterOf(`${prefix}${MANAGER_TYPE}`, managerBytes),
    { bad: '', good: 'type.googleapis.com/' },
  ),
  refusal(
    'a text that is not UTF-8',
    'route',
    '',
    (byte) => Buffer.concat([routes(), Buffer.from([(5 << 3) | 2, 1, byte])]), // internal_only_headers[0]
    { bad: 0xff, good: 0x61 },
  ),
];
