import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { Cluster } from '../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { Listener } from '../../gen/envoy-api/envoy/config/listener/v3/listener';
import { HttpConnectionManager } from '../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { Router } from '../../gen/envoy-api/envoy/extensions/filters/http/router/v3/router';
import type { Any } from '../../gen/envoy-api/google/protobuf/any';
import { AggregatedDiscoveryServiceService } from '../../gen/envoy-api/envoy/service/discovery/v3/ads';
import type { AggregatedDiscoveryServiceServer } from '../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DeltaDiscoveryResponse } from '../../gen/envoy-api/envoy/service/discovery/v3/discovery';

export interface FixedXds {
  /** `node.cluster` of each stream that was opened. */
  readonly nodes: string[];
  stop(): void;
}

/** A control plane that gives every Envoy one listener on `listenPort`, all of it routed to the HTTP server on `backendPort`. */
export async function startFixedXds(port: number, listenPort: number, backendPort: number): Promise<FixedXds> {
  const resources: Record<string, { readonly name: string; readonly resource: Any }[]> = {
    'type.googleapis.com/envoy.config.cluster.v3.Cluster': [
      {
        name: 'backend',
        resource: packed('envoy.config.cluster.v3.Cluster', Cluster.encode(clusterTo(backendPort)).finish()),
      },
    ],
    'type.googleapis.com/envoy.config.listener.v3.Listener': [
      {
        name: 'http',
        resource: packed('envoy.config.listener.v3.Listener', Listener.encode(listenerOn(listenPort)).finish()),
      },
    ],
  };
  const nodes: string[] = [];
  const service: AggregatedDiscoveryServiceServer = {
    deltaAggregatedResources: (call) => {
      call.on('data', ({ node, typeUrl, responseNonce }) => {
        if (node) nodes.push(node.cluster);
        if (responseNonce !== '') return;
        const all = (resources[typeUrl] ?? []).map(({ name, resource }) => ({ name, version: '1', resource }));
        call.write(DeltaDiscoveryResponse.fromPartial({ nonce: '1', typeUrl, resources: all }));
      });
      call.on('error', () => call.end()); // An Envoy that was killed.
      call.on('end', () => call.end());
    },
    streamAggregatedResources: (call) => call.end(),
  };
  const server = new Server();
  server.addService(AggregatedDiscoveryServiceService, service);
  await promisify(server.bindAsync.bind(server))(`127.0.0.1:${port}`, ServerCredentials.createInsecure());
  return { nodes, stop: () => server.forceShutdown() };
}

function clusterTo(port: number): Cluster {
  return Cluster.fromPartial({
    name: 'backend',
    loadAssignment: { clusterName: 'backend', endpoints: [{ lbEndpoints: [{ endpoint: { address: address(port) } }] }] },
  });
}

function listenerOn(port: number): Listener {
  const manager = HttpConnectionManager.fromPartial({
    statPrefix: 'http',
    routeConfig: {
      virtualHosts: [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'backend' } }] }],
    },
    httpFilters: [
      {
        name: 'router',
        typedConfig: packed('envoy.extensions.filters.http.router.v3.Router', Router.encode(Router.fromPartial({})).finish()),
      },
    ],
  });
  const typedConfig = packed(
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    HttpConnectionManager.encode(manager).finish(),
  );
  return Listener.fromPartial({
    name: 'http',
    address: address(port),
    filterChains: [{ filters: [{ name: 'http', typedConfig }] }],
  });
}

function address(portValue: number): { socketAddress: { address: string; portValue: number } } {
  return { socketAddress: { address: '127.0.0.1', portValue } };
}

function packed(type: string, value: Uint8Array): Any {
  return { typeUrl: `type.googleapis.com/${type}`, value: Buffer.from(value) };
}
