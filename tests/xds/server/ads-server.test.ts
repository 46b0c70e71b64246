import { credentials, status } from '@grpc/grpc-js';
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import pino from 'pino';
import { AggregatedDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DeltaDiscoveryRequest, DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { SnapshotCache, startXdsServer } from '../../../src/xds';
import type { XdsServer } from '../../../src/xds';
import { TYPE_URLS } from '../../../src/xds/translate';
import { proxy, route, service, upstream } from '../../support/models';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };
const log = pino({ level: 'silent' });

/** A stream whose responses are read one by one. */
class Stream {
  readonly call: ClientDuplexStream<DiscoveryRequest, DiscoveryResponse>;
  readonly #responses: AsyncIterator<DiscoveryResponse>;

  constructor(client: AggregatedDiscoveryServiceClient) {
    this.call = client.streamAggregatedResources();
    this.#responses = this.call[Symbol.asyncIterator]() as AsyncIterator<DiscoveryResponse>;
  }

  ask(typeUrl: string, cluster?: string): void {
    this.call.write(DiscoveryRequest.fromPartial({ typeUrl, node: cluster === undefined ? undefined : { id: 'test', cluster } }));
  }

  async clusters(): Promise<string[]> {
    const { value } = (await this.#responses.next()) as { value: DiscoveryResponse };
    return value.resources.map(({ value: bytes }) => Cluster.decode(bytes).name);
  }
}

describe('the ADS server', () => {
  const cache = new SnapshotCache(OPTIONS);
  let server: XdsServer;
  let client: AggregatedDiscoveryServiceClient;

  beforeAll(async () => {
    server = await startXdsServer({ host: '127.0.0.1', port: 0, cache, defaultProxy: 'gw', log });
    client = new AggregatedDiscoveryServiceClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
  });

  afterAll(async () => {
    client.close();
    await server.stop();
  });

  it('lets clients wait until the first state is there, then serves each the proxy that its node names', async () => {
    const streams = ['gw', 'edge', '', 'nobody'].map((cluster) => {
      const stream = new Stream(client);
      stream.ask(TYPE_URLS.cluster, cluster);
      return stream;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const up = (id: number) => [service(id, 'a.test', [route(id, '/', [upstream(id, 9000)])])];
    cache.update([proxy(up(1)), proxy(up(2), { name: 'edge' })], []);
    expect(await Promise.all(streams.map((stream) => stream.clusters()))).toEqual([
      ['upstream/1'],
      ['upstream/2'],
      ['upstream/1'],
      [],
    ]);
    cache.update([], ['edge']);
    for (const stream of streams) stream.call.cancel();
  });

  it('ends a stream that asks for a type that is not served, and names the type', async () => {
    const stream = new Stream(client);
    stream.ask('type.googleapis.com/nothing', 'gw');
    const error = await new Promise<ServiceError>((resolve) => stream.call.on('error', resolve));
    expect(error).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringContaining('type.googleapis.com/nothing') as unknown,
    });
  });

  it('refuses incremental xDS in words', async () => {
    const call = client.deltaAggregatedResources();
    call.write(DeltaDiscoveryRequest.fromPartial({ typeUrl: TYPE_URLS.cluster }));
    const error = await new Promise<ServiceError>((resolve) => call.on('error', resolve));
    expect(error).toMatchObject({ code: status.UNIMPLEMENTED, details: expect.stringContaining('GRPC') as unknown });
  });

  it('says which port is taken', async () => {
    await expect(startXdsServer({ host: '127.0.0.1', port: server.port, cache, defaultProxy: 'gw', log })).rejects.toThrow(
      `XDS_PORT ${server.port} cannot be used on XDS_HOST 127.0.0.1: it is in use by another program`,
    );
  });
});
