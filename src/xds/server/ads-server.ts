import { performance } from 'node:perf_hooks';
import type { ServerDuplexStream, ServiceDefinition } from '@grpc/grpc-js';
import { Metadata, Server, status } from '@grpc/grpc-js';
import { AggregatedDiscoveryServiceService } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import type { DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { listenGrpc } from '../../grpc-listen';
import type { Logger } from '../../log';
import { Session } from './session';
import type { SnapshotCache } from './snapshot-cache';

export interface XdsServerOptions {
  readonly host: string;
  readonly port: number;
  readonly cache: SnapshotCache;
  /** The proxy of a client whose node names no cluster. */
  readonly defaultProxy: string;
  readonly log: Logger;
}

export interface XdsServer {
  readonly port: number;
  stop(): Promise<void>;
}

type AdsCall = ServerDuplexStream<DiscoveryRequest, Buffer>;

/** The service with responses that are encoded already. */
const SERVICE: ServiceDefinition = {
  ...AggregatedDiscoveryServiceService,
  streamAggregatedResources: {
    ...AggregatedDiscoveryServiceService.streamAggregatedResources,
    responseSerialize: (encoded: Buffer) => encoded,
    responseDeserialize: (encoded: Buffer) => encoded,
  },
};

/**
 * Serves envoy.service.discovery.v3.AggregatedDiscoveryService, state of the world. A client says which proxy it is by
 * its node's cluster.
 * @throws StartError when the port cannot be bound
 */
export async function startXdsServer(options: XdsServerOptions): Promise<XdsServer> {
  const server = new Server({
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.max_receive_message_length': 64 << 20,
  });
  server.addService(SERVICE, {
    streamAggregatedResources: (call: AdsCall) => serve(call, options),
    deltaAggregatedResources: (call: AdsCall) =>
      call.emit('error', {
        code: status.UNIMPLEMENTED,
        details: 'incremental xDS is not served: use api_type GRPC',
        metadata: new Metadata(),
      }),
  });
  const port = await listenGrpc(server, options, 'XDS');
  return { port, stop: () => stop(server) };
}

function serve(call: AdsCall, { cache, defaultProxy, log }: XdsServerOptions): void {
  let session: Session | undefined;
  let unwatch: (() => void) | undefined;
  let streamLog = log;

  function open(request: DiscoveryRequest): Session {
    const proxy = request.node?.cluster || defaultProxy;
    streamLog = log.child({ proxy, node: request.node?.id });
    streamLog.info({ peer: call.getPeer() }, 'Envoy connected');
    const opened = new Session({
      send: (response) => void call.write(response),
      now: () => performance.now(),
      after: (milliseconds, callback) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
      log: streamLog,
    });
    unwatch = cache.watch(proxy, (snapshot) => opened.onSnapshot(snapshot));
    const current = cache.current(proxy);
    if (current) opened.onSnapshot(current);
    return opened;
  }

  function close(): void {
    if (session) streamLog.info('Envoy disconnected');
    unwatch?.();
    session?.close();
    session = undefined;
  }

  call.on('data', (request: DiscoveryRequest) => {
    try {
      session ??= open(request);
      session.onRequest(request);
    } catch (error) {
      streamLog.warn({ error: String(error) }, 'an xDS stream was ended');
      close();
      call.emit('error', { code: status.INVALID_ARGUMENT, details: String(error), metadata: new Metadata() });
    }
  });
  call.on('end', () => {
    close();
    call.end();
  });
  call.on('cancelled', close);
  call.on('error', (error: Error) => {
    streamLog.debug({ error: error.message }, 'xDS stream');
    close();
  });
}

/** Streams are long, so they are cut: a client connects again when a server is there. */
function stop(server: Server): Promise<void> {
  server.forceShutdown();
  return Promise.resolve();
}
