/**
 * Delta clients in a process of their own: told on standard input what to do, they tell on standard output what they got.
 * Each has a connection of its own, wants the clusters by wildcard and their endpoints by name, and acknowledges everything.
 */
import { createInterface } from 'node:readline';
import { credentials, Metadata } from '@grpc/grpc-js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { Node } from '../../gen/envoy-api/envoy/config/core/v3/base';
import { AggregatedDiscoveryServiceClient } from '../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DeltaDiscoveryRequest } from '../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { DeltaDiscoveryResponse } from '../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { TYPE_URLS } from '../../src/xds/translate';

/** What a process of clients tells, one line of JSON each. */
export type Report =
  /** All clients have the endpoints of so many clusters. */
  | { readonly kind: 'ready'; readonly at: number }
  /** A client got endpoints after that; `at` is of the machine's monotonic clock, in milliseconds. */
  | { readonly kind: 'got'; readonly client: number; readonly at: number };

type Stream = ClientDuplexStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse>;

/** Milliseconds of the clock that all processes of the machine share. */
export function machineClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function open(port: number, cluster: string, client: number, wanted: number, onReady: () => void): void {
  const channel = {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': -1,
    'grpc.max_reconnect_backoff_ms': 100,
    'grpc.initial_reconnect_backoff_ms': 100,
  };
  const ads = new AggregatedDiscoveryServiceClient(`127.0.0.1:${port}`, credentials.createInsecure(), channel);
  const metadata = new Metadata({ waitForReady: true }); // A server that is not there yet is waited for.
  const stream: Stream = ads.deltaAggregatedResources(metadata);
  let endpoints = 0;
  let isReady = false;
  const send = (request: Partial<DeltaDiscoveryRequest>) =>
    stream.write({ ...DeltaDiscoveryRequest.fromPartial({}), ...request });
  stream.on('error', (error) => {
    console.error(`client ${client}: ${error.message}`);
    process.exit(1);
  });
  stream.on('data', ({ typeUrl, nonce, resources }: DeltaDiscoveryResponse) => {
    const at = machineClock();
    send({ typeUrl, responseNonce: nonce });
    if (typeUrl === TYPE_URLS.cluster && resources.length > 0)
      send({ typeUrl: TYPE_URLS.endpoint, resourceNamesSubscribe: resources.map(({ name }) => name) });
    if (typeUrl !== TYPE_URLS.endpoint) return;
    if (isReady) tell({ kind: 'got', client, at });
    endpoints += resources.length;
    if (isReady || endpoints < wanted) return;
    isReady = true;
    onReady();
  });
  send({ typeUrl: TYPE_URLS.cluster, node: Node.fromPartial({ id: `client-${client}`, cluster }) });
}

function tell(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

/** Arguments: port, proxy or the beginning of the proxies' names, clients, clusters of each, `own` for a proxy of each client's own. */
function main([port = '', cluster = '', count = '', wanted = '', own = '']: readonly string[]): void {
  let ready = 0;
  for (let client = 0; client < Number(count); client += 1) {
    open(Number(port), own === 'own' ? `${cluster}${client}` : cluster, client, Number(wanted), () => {
      ready += 1;
      if (ready === Number(count)) tell({ kind: 'ready', at: machineClock() });
    });
  }
  createInterface({ input: process.stdin }).on('close', () => process.exit(0));
}

if (require.main === module) main(process.argv.slice(2));
