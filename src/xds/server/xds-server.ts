import type { ServerDuplexStream, ServiceDefinition } from '@grpc/grpc-js';
import { Server } from '@grpc/grpc-js';
import { ClusterDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/cluster/v3/cds';
import { AggregatedDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import type { DeltaDiscoveryRequest, DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { EndpointDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/endpoint/v3/eds';
import { ListenerDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/listener/v3/lds';
import { RouteDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/route/v3/rds';
import { ScopedRoutesDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/route/v3/srds';
import { SecretDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/secret/v3/sds';
import type { GrpcAddress } from '../../grpc-listen';
import { listenGrpc } from '../../grpc-listen';
import { TYPE_URLS } from '../translate';
import type { ResourceKind } from '../translate';
import { RateLimitConfigs } from '../config';
import type { XdsObserver } from './observer';
import { Rejections } from './rejections';
import type { StreamOptions } from './stream';
import { serveStream } from './stream';
import { readAsked, readDeltaAsked, readDeltaRequest, readRequest } from './wire';

export interface XdsServerOptions extends Omit<StreamOptions, 'observer' | 'rejections' | 'rateLimits'>, GrpcAddress {
  readonly observer?: XdsObserver;
  readonly rejections?: Rejections;
  /** For rate limit services that ask for their limits here. */
  readonly rateLimits?: RateLimitConfigs;
}

export interface XdsServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** The services of one type a stream, whose requests need not name the type. Filter chains have none. */
const SERVICES: Readonly<Record<Exclude<ResourceKind, 'chain'>, ServiceDefinition>> = {
  cluster: ClusterDiscoveryServiceService,
  endpoint: EndpointDiscoveryServiceService,
  secret: SecretDiscoveryServiceService,
  scope: ScopedRoutesDiscoveryServiceService,
  listener: ListenerDiscoveryServiceService,
  route: RouteDiscoveryServiceService,
};

const NOBODY: XdsObserver = { connected: () => undefined, moved: () => undefined, gone: () => undefined };

/** A client that lists 20,000 resources when it comes back needs more than the 4 MiB that are usual. */
const MAX_REQUEST_BYTES = 64 << 20;

/**
 * Serves xDS v3, state of the world and incremental, aggregated (envoy.service.discovery.v3.AggregatedDiscoveryService) and
 * one type a stream.
 * @throws StartError when the port cannot be bound
 */
export async function startXdsServer(options: XdsServerOptions): Promise<XdsServer> {
  const { rejections = new Rejections(), observer = NOBODY, rateLimits = new RateLimitConfigs() } = options;
  const streams = { ...options, rejections, observer, rateLimits };
  const server = new Server({
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.max_receive_message_length': MAX_REQUEST_BYTES,
  });
  addService(server, AggregatedDiscoveryServiceService, undefined, streams);
  for (const [kind, service] of Object.entries(SERVICES)) addService(server, service, TYPE_URLS[kind as ResourceKind], streams);
  const port = await listenGrpc(server, options, 'XDS');
  return { port, stop: () => stop(server) };
}

/** Each method by how it streams; responses are encoded already. @param typeUrl what a request means that names no type */
function addService(server: Server, service: ServiceDefinition, typeUrl: string | undefined, options: StreamOptions): void {
  const streams = Object.entries(service).filter(([, { responseStream }]) => responseStream);
  const definition = Object.fromEntries(
    streams.map(([name, method]) => [
      name,
      { ...method, responseSerialize: (encoded: Buffer) => encoded, responseDeserialize: (encoded: Buffer) => encoded },
    ]),
  );
  const typed = <M extends { readonly typeUrl: string }>(message: M): M =>
    message.typeUrl === '' && typeUrl ? { ...message, typeUrl } : message;
  const handlers = Object.fromEntries(
    streams.map(([name]) => [
      name,
      name.startsWith('delta')
        ? (call: ServerDuplexStream<DeltaDiscoveryRequest, Buffer>) =>
            serveStream(
              call,
              'delta',
              { read: (message) => readDeltaRequest(typed(message)), readAsked: readDeltaAsked },
              options,
            )
        : (call: ServerDuplexStream<DiscoveryRequest, Buffer>) =>
            serveStream(call, 'state of the world', { read: (message) => readRequest(typed(message)), readAsked }, options),
    ]),
  );
  server.addService(definition, handlers);
}

/** Streams are long, so they are cut: a client connects again when a server is there. */
function stop(server: Server): Promise<void> {
  server.forceShutdown();
  return Promise.resolve();
}
