import { setTimeout as sleep } from 'node:timers/promises';
import { credentials, status } from '@grpc/grpc-js';
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import pino from 'pino';
import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/cluster/v3/cds';
import { AggregatedDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DeltaDiscoveryRequest, DiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { DeltaDiscoveryResponse, DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { EndpointDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/endpoint/v3/eds';
import { ListenerDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/listener/v3/lds';
import { RouteDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/route/v3/rds';
import { ScopedRoutesDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/route/v3/srds';
import { SecretDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/secret/v3/sds';
import { ConfigStore, startXdsServer } from '../../../src/xds';
import type { XdsServer } from '../../../src/xds';
import { TYPE_URLS } from '../../../src/xds/translate';
import { proxy, route, service, upstream, whole } from '../../support/models';
import { OPTIONS } from './scripted-client';

const log = pino({ level: 'silent' });
const TLS = { secretId: 7, secretName: 's', pair: { certificate: 'C', privateKey: 'K' } };
const one = (id: number) => [service(id, 'a.test', [route(id, '/', [upstream(id, 9000)])], { tls: TLS })];

/** A stream whose responses are read one by one. */
class Stream<Request, Response> {
  readonly call: ClientDuplexStream<Request, Response>;
  readonly #responses: AsyncIterator<Response>;

  constructor(call: ClientDuplexStream<Request, Response>) {
    this.call = call;
    this.#responses = call[Symbol.asyncIterator]() as AsyncIterator<Response>;
  }

  async next(): Promise<Response> {
    const { value } = (await this.#responses.next()) as { value: Response };
    return value;
  }
}

const delta = (
  call: ClientDuplexStream<DeltaDiscoveryRequest, DeltaDiscoveryResponse>,
  request: Partial<DeltaDiscoveryRequest>,
) => {
  const stream = new Stream(call);
  stream.call.write(DeltaDiscoveryRequest.fromPartial(request));
  return stream;
};
const state = (call: ClientDuplexStream<DiscoveryRequest, DiscoveryResponse>, request: Partial<DiscoveryRequest>) => {
  const stream = new Stream(call);
  stream.call.write(DiscoveryRequest.fromPartial(request));
  return stream;
};
const clustersOf = ({ resources }: DiscoveryResponse) => resources.map(({ value }) => Cluster.decode(value).name);
const namesOf = ({ resources }: DeltaDiscoveryResponse) => resources.map(({ name }) => name);
const node = (cluster: string) => ({ node: { id: 'test', cluster } as NonNullable<DiscoveryRequest['node']> });

describe('the xDS server', () => {
  const configs = new ConfigStore(OPTIONS);
  let server: XdsServer;
  let address: string;
  let client: AggregatedDiscoveryServiceClient;

  beforeAll(async () => {
    server = await startXdsServer({ host: '127.0.0.1', port: 0, configs, defaultProxy: 'gw', log });
    address = `127.0.0.1:${server.port}`;
    client = new AggregatedDiscoveryServiceClient(address, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
    });
  });

  afterAll(async () => {
    client.close();
    await server.stop();
  });

  it('lets clients wait until the first state is there, then serves each the proxy that its node names', async () => {
    const proxies = ['gw', 'edge', '', 'nobody'];
    const ofAll = proxies.map((cluster) =>
      state(client.streamAggregatedResources(), { typeUrl: TYPE_URLS.cluster, ...node(cluster) }),
    );
    const ofChanges = proxies.map((cluster) =>
      delta(client.deltaAggregatedResources(), { typeUrl: TYPE_URLS.cluster, ...node(cluster) }),
    );
    await sleep(100);
    configs.update([whole(proxy(one(1))), whole(proxy(one(2), { name: 'edge' }))], []);
    const expected = [['upstream/1', 'secret/7'], ['upstream/2', 'secret/7'], ['upstream/1', 'secret/7'], []];
    expect((await Promise.all(ofAll.map((stream) => stream.next()))).map(clustersOf)).toEqual(expected);
    expect((await Promise.all(ofChanges.map((stream) => stream.next()))).map(namesOf)).toEqual(expected);
    for (const { call } of [...ofAll, ...ofChanges]) call.on('error', () => undefined).cancel();
  });

  it('ends a stream that asks for a type that is not served, and names the type', async () => {
    const refused = { code: status.INVALID_ARGUMENT, details: expect.stringContaining('type.googleapis.com/nothing') as unknown };
    for (const { call } of [
      state(client.streamAggregatedResources(), { typeUrl: 'type.googleapis.com/nothing', ...node('gw') }),
      delta(client.deltaAggregatedResources(), { typeUrl: 'type.googleapis.com/nothing', ...node('gw') }),
    ]) {
      const error = await new Promise<ServiceError>((resolve) =>
        (call as typeof call & NodeJS.EventEmitter).on('error', resolve),
      );
      expect(error).toMatchObject(refused);
    }
  });

  it('serves each type on a stream of its own, whose requests need not name it', async () => {
    const insecure = credentials.createInsecure();
    const clusters = new ClusterDiscoveryServiceClient(address, insecure);
    const endpoints = new EndpointDiscoveryServiceClient(address, insecure);
    const listeners = new ListenerDiscoveryServiceClient(address, insecure);
    const routes = new RouteDiscoveryServiceClient(address, insecure);
    const scopes = new ScopedRoutesDiscoveryServiceClient(address, insecure);
    const secrets = new SecretDiscoveryServiceClient(address, insecure);
    const some = (...names: string[]) => ({ ...node('gw'), resourceNamesSubscribe: names });
    const all = (...names: string[]) => ({ ...node('gw'), resourceNames: names });
    const ofChanges = [
      delta(clusters.deltaClusters(), some()),
      delta(endpoints.deltaEndpoints(), some('upstream/1')),
      delta(listeners.deltaListeners(), some()),
      delta(routes.deltaRoutes(), some('http/a.test', 'https/a.test')),
      delta(scopes.deltaScopedRoutes(), some()),
      delta(secrets.deltaSecrets(), some('secret/7')),
    ];
    expect((await Promise.all(ofChanges.map((stream) => stream.next()))).map(namesOf).map((names) => names.sort())).toEqual([
      ['secret/7', 'upstream/1'],
      ['upstream/1'],
      ['ingress_http', 'ingress_https'],
      ['http/a.test', 'https/a.test'],
      ['A-Z', 'a.test'],
      ['secret/7'],
    ]);
    const ofAll = [
      state(clusters.streamClusters(), all()),
      state(endpoints.streamEndpoints(), all('upstream/1')),
      state(listeners.streamListeners(), all()),
      state(routes.streamRoutes(), all('http/a.test', 'https/a.test')),
      state(scopes.streamScopedRoutes(), all()),
      state(secrets.streamSecrets(), all('secret/7')),
    ];
    const responses = await Promise.all(ofAll.map((stream) => stream.next()));
    expect(responses.map(({ resources }) => resources.length)).toEqual([2, 1, 2, 2, 2, 1]);
    expect(responses.map(({ typeUrl }) => typeUrl)).toEqual(
      (['cluster', 'endpoint', 'listener', 'route', 'scope', 'secret'] as const).map((kind) => TYPE_URLS[kind]),
    );
    for (const { call } of [...ofChanges, ...ofAll]) call.on('error', () => undefined).cancel();
    for (const each of [clusters, endpoints, listeners, routes, scopes, secrets]) each.close();
  });

  it('takes a client that lists 20,000 resources when it comes back', async () => {
    const versions = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`route/${index}/${'x'.repeat(200)}`, '0123456789abcdef']),
    );
    const stream = delta(client.deltaAggregatedResources(), {
      ...node('gw'),
      typeUrl: TYPE_URLS.cluster,
      initialResourceVersions: versions,
    });
    expect(namesOf(await stream.next())).toEqual(['upstream/1', 'secret/7']);
    // Nothing is taken away before it is known which routes the client has.
    stream.call.write(DeltaDiscoveryRequest.fromPartial({ typeUrl: TYPE_URLS.route, resourceNamesSubscribe: ['http/none'] }));
    const rest = [await stream.next(), await stream.next()];
    expect(new Set(rest.flatMap(({ removedResources }) => removedResources))).toEqual(
      new Set([...Object.keys(versions), 'http/none']),
    );
    stream.call.on('error', () => undefined).cancel();
  });

  it('follows a proxy that is deleted and comes back', async () => {
    configs.update([whole(proxy(one(3), { name: 'moving' }))], []);
    const stream = delta(client.deltaAggregatedResources(), { ...node('moving'), typeUrl: TYPE_URLS.cluster });
    expect(namesOf(await stream.next())).toEqual(['upstream/3', 'secret/7']);
    configs.update([], ['moving']);
    expect((await stream.next()).removedResources).toEqual(['upstream/3', 'secret/7']);
    configs.update([whole(proxy(one(4), { name: 'moving' }))], []);
    expect(namesOf(await stream.next())).toEqual(['upstream/4', 'secret/7']);
    stream.call.on('error', () => undefined).cancel();
  });

  it('says which port is taken', async () => {
    await expect(startXdsServer({ host: '127.0.0.1', port: server.port, configs, defaultProxy: 'gw', log })).rejects.toThrow(
      `XDS_PORT ${server.port} cannot be used on XDS_HOST 127.0.0.1: it is in use by another program`,
    );
  });
});
