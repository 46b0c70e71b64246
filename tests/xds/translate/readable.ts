import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { FilterChain } from '../../../gen/envoy-api/envoy/config/listener/v3/listener_components';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { FilterConfig } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { ScopedRouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/scoped_route';
import { StdoutAccessLog } from '../../../gen/envoy-api/envoy/extensions/access_loggers/stream/v3/stream';
import { Gzip } from '../../../gen/envoy-api/envoy/extensions/compression/gzip/compressor/v3/gzip';
import { Compressor } from '../../../gen/envoy-api/envoy/extensions/filters/http/compressor/v3/compressor';
import { Cors, CorsPolicy } from '../../../gen/envoy-api/envoy/extensions/filters/http/cors/v3/cors';
import { GrpcWeb } from '../../../gen/envoy-api/envoy/extensions/filters/http/grpc_web/v3/grpc_web';
import { Lua, LuaPerRoute } from '../../../gen/envoy-api/envoy/extensions/filters/http/lua/v3/lua';
import { RateLimit, RateLimitPerRoute } from '../../../gen/envoy-api/envoy/extensions/filters/http/ratelimit/v3/rate_limit';
import { Router } from '../../../gen/envoy-api/envoy/extensions/filters/http/router/v3/router';
import { TlsInspector } from '../../../gen/envoy-api/envoy/extensions/filters/listener/tls_inspector/v3/tls_inspector';
import { HttpConnectionManager } from '../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { HeaderMutation } from '../../../gen/envoy-api/envoy/extensions/http/early_header_mutation/header_mutation/v3/header_mutation';
import { ServerNameInput } from '../../../gen/envoy-api/envoy/extensions/matching/common_inputs/network/v3/network_inputs';
import { PreviousHostsPredicate } from '../../../gen/envoy-api/envoy/extensions/retry/host/previous_hosts/v3/previous_hosts';
import { Secret } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { DownstreamTlsContext, UpstreamTlsContext } from '../../../gen/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { HttpProtocolOptions } from '../../../gen/envoy-api/envoy/extensions/upstreams/http/v3/http_protocol_options';
import { StringValue } from '../../../gen/envoy-api/google/protobuf/wrappers';
import { wordsOf } from '../../../src/gateway';
import type { ProxyConfig, Target } from '../../../src/xds/config';
import { CAPITALS, httpRoutesName } from '../../../src/xds/translate';

/** The same whatever the model, but for wildcards. */
const CAPITALS_ROUTES = httpRoutesName(CAPITALS);

interface Decoder {
  readonly $type: string;
  decode(bytes: Uint8Array): unknown;
  toJSON(message: never): unknown;
}

const PACKED: readonly Decoder[] = [
  ...[
    StdoutAccessLog,
    Gzip,
    Compressor,
    Cors,
    CorsPolicy,
    GrpcWeb,
    Lua,
    LuaPerRoute,
    RateLimit,
    RateLimitPerRoute,
    Router,
    TlsInspector,
  ],
  ...[
    HeaderMutation,
    HttpConnectionManager,
    PreviousHostsPredicate,
    DownstreamTlsContext,
    UpstreamTlsContext,
    HttpProtocolOptions,
  ],
  ...[FilterConfig, ServerNameInput, StringValue],
];

/** A message as proto JSON, whatever is packed in it opened. */
export function readable(decoder: Decoder, bytes: Uint8Array): unknown {
  return opened(decoder.toJSON(decoder.decode(bytes) as never));
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (value === null || typeof value !== 'object') return value;
  const { typeUrl, value: packed } = value as { typeUrl?: string; value?: string };
  if (typeUrl === undefined) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]));
  const decoder = PACKED.find(({ $type }) => typeUrl === `type.googleapis.com/${$type}`);
  if (!decoder) throw new Error(`${typeUrl} is not among the messages that the tests can read`);
  const inner = readable(decoder, Buffer.from(packed ?? '', 'base64'));
  // A wrapper's JSON is its value.
  return { '@type': decoder.$type, ...(typeof inner === 'object' ? inner : { value: inner }) };
}

/** A configuration as a reviewer reads it. */
export function readableConfig(config: ProxyConfig, { listeners }: { listeners: boolean }): unknown {
  const all = (decoder: Decoder, targets: ReadonlyMap<string, Target>): unknown =>
    [...targets.values()]
      .map(({ resource }) => resource)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ bytes }) => readable(decoder, bytes));
  const { targets } = config;
  return {
    ...(listeners ? { listeners: all(Listener, targets.listener), scopes: all(ScopedRouteConfiguration, targets.scope) } : {}),
    ...(targets.chain.size > 0 ? { chains: all(FilterChain, targets.chain) } : {}),
    routes: all(RouteConfiguration, new Map([...targets.route].filter(([name]) => listeners || name !== CAPITALS_ROUTES))),
    clusters: all(Cluster, targets.cluster),
    endpoints: all(ClusterLoadAssignment, targets.endpoint),
    secrets: all(Secret, targets.secret),
    notes: [...config.notes()].map(({ object, message }) => ({ object: wordsOf(object), message })),
  };
}
