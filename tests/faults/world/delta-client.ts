import { credentials } from '@grpc/grpc-js';
import { Node } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import { ScopedRouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/scoped_route';
import { AggregatedDiscoveryServiceClient } from '../../../gen/envoy-api/envoy/service/discovery/v3/ads';
import { DeltaDiscoveryRequest } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { DeltaDiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import { KINDS, TYPE_URLS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';

/** The version of each resource, by kind and then by name. */
export type Versions = ReadonlyMap<ResourceKind, ReadonlyMap<string, string>>;

/** When nothing came for so long, in milliseconds, there is nothing more to come. */
const QUIET_MS = 1_500;
const WHOLE: readonly ResourceKind[] = ['cluster', 'scope', 'listener'];

/**
 * What a client by the incremental protocol is given that asks for what Envoys ask for.
 * @param has what it says that it has already, from another instance
 */
export function receive(port: number, has?: Versions): Promise<Versions> {
  const client = new AggregatedDiscoveryServiceClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    // A connection that others share may be broken off for what they did.
    'grpc.use_local_subchannel_pool': 1,
  });
  const stream = client.deltaAggregatedResources();
  const received = new Map(KINDS.map((kind) => [kind, new Map<string, string>()]));
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      stream.cancel();
      client.close();
      resolve(received);
    };
    let timer = setTimeout(settle, QUIET_MS);
    const ask = (kind: ResourceKind, names: readonly string[]): void => {
      const initialResourceVersions = Object.fromEntries(has?.get(kind) ?? []);
      const request = { typeUrl: TYPE_URLS[kind], resourceNamesSubscribe: [...names], initialResourceVersions };
      stream.write(
        DeltaDiscoveryRequest.fromPartial({ ...request, node: Node.fromPartial({ id: 'looking on', cluster: 'gw' }) }),
      );
    };
    stream.on('error', (error: Error & { code?: number }) => error.code !== 1 && reject(error));
    stream.on('data', ({ typeUrl, nonce, resources }: DeltaDiscoveryResponse) => {
      clearTimeout(timer);
      timer = setTimeout(settle, QUIET_MS);
      const kind = KINDS.find((each) => TYPE_URLS[each] === typeUrl)!;
      for (const { name, version } of resources) received.get(kind)!.set(name, version);
      stream.write(DeltaDiscoveryRequest.fromPartial({ typeUrl, responseNonce: nonce }));
      if (has || resources.length === 0) return;
      if (kind === 'cluster')
        ask(
          'endpoint',
          resources.map(({ name }) => name),
        );
      if (kind === 'scope')
        ask(
          'route',
          resources.map(({ resource }) => ScopedRouteConfiguration.decode(resource!.value).routeConfigurationName),
        );
    });
    for (const kind of WHOLE) ask(kind, []);
    for (const kind of ['endpoint', 'route'] as const) if (has) ask(kind, [...(has.get(kind)?.keys() ?? [])]);
  });
}
