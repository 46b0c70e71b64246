import {
  DeltaDiscoveryRequest,
  DeltaDiscoveryResponse,
  DiscoveryRequest,
} from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { ProxyModel } from '../../../src/gateway';
import type { Request } from '../../../src/xds/server/protocol';
import { encodeDelivery, readDeltaRequest, readRequest } from '../../../src/xds/server/wire';
import type { ResourceKind } from '../../../src/xds/translate';
import { TYPE_URLS } from '../../../src/xds/translate';
import { proxy, route, service, upstream } from '../../support/models';
import { fresh, hosts, on, set, settled } from './clients';
import type { Received, ScriptedClient } from './scripted-client';

/** One request, word for word. */
function say(
  client: ScriptedClient,
  kind: ResourceKind,
  words: { subscribe?: string[]; unsubscribe?: string[]; has?: Record<string, string>; nonce?: number; rejection?: string } = {},
): void {
  const { subscribe = [], unsubscribe = [], has = {}, nonce, rejection } = words;
  const request: Request = {
    ...{ kind, rejection, nonce: nonce === undefined ? '' : String(nonce) },
    ...{ asks: { subscribe, unsubscribe }, has: new Map(Object.entries(has)) },
  };
  client.session.onRequest(request);
}

const versionsOf = ({ resources }: Received) => Object.fromEntries(resources.map(({ name, version }) => [name, version]));
const weighted = (weight: number): ProxyModel =>
  proxy([service(1, '1.test', [route(1, '/', [upstream(1, 9001), upstream(2, 9002, { weight })])])]);

describe('incremental xDS', () => {
  it.each<[string, string[]]>([
    ['names nothing', []],
    ['names *', ['*']],
  ])('gives everything to a first request that %s, and what comes later', (_, subscribe) => {
    const client = fresh('delta', hosts(1));
    say(client, 'cluster', { subscribe });
    expect(client.told()).toEqual([['cluster', ['upstream/1']]]);
    client.ack(client.last('cluster'));
    set(client, hosts(1, 2));
    expect(client.last('cluster').names).toEqual(['upstream/2']);
  });

  it('does not take a later request that names nothing for one for everything', () => {
    const client = fresh('delta', hosts(1, 2));
    say(client, 'cluster', { subscribe: ['upstream/1'] });
    say(client, 'cluster', { nonce: client.last('cluster').nonce });
    say(client, 'cluster');
    expect(client.told()).toEqual([['cluster', ['upstream/1']]]);
  });

  it.each<ResourceKind>(['endpoint', 'secret', 'route'])('gives nothing of %s to a request that names nothing', (kind) => {
    const client = fresh('delta', hosts(1));
    say(client, kind);
    expect(client.told()).toEqual([]);
  });

  it('takes * up beside names, and gives it up again', () => {
    const client = fresh('delta', hosts(1, 2));
    say(client, 'cluster', { subscribe: ['upstream/1'] });
    client.ack(client.last('cluster'));
    say(client, 'cluster', { subscribe: ['*'] });
    expect(client.last('cluster').names).toEqual(['upstream/2']);
    client.ack(client.last('cluster'));
    say(client, 'cluster', { unsubscribe: ['*'] });
    set(client, hosts(1, 2, 3));
    expect(client.of('cluster')).toHaveLength(2);
    set(client, hosts(2, 3));
    client.pass(60_000);
    expect(client.last('cluster').removed).toEqual(['upstream/1']);
    expect(client.of('cluster')).toHaveLength(3);
  });

  it('says nothing more of a name that is unsubscribed', () => {
    const client = fresh('delta', weighted(1));
    const name = [...client.config.targets.endpoint.keys()][0]!;
    say(client, 'endpoint', { subscribe: [name] });
    client.ack(client.last('endpoint'));
    say(client, 'endpoint', { unsubscribe: [name] });
    set(client, weighted(2));
    set(client, hosts());
    client.pass(60_000);
    expect(client.of('endpoint')).toHaveLength(1);
  });

  it('answers that a name does not exist, and gives it when it does', () => {
    const client = fresh('delta', hosts(1));
    say(client, 'endpoint', { subscribe: ['upstream/1', 'upstream/2'] });
    expect(client.last('endpoint')).toMatchObject({ names: ['upstream/1'], removed: ['upstream/2'] });
    client.ack(client.last('endpoint'));
    set(client, hosts(1, 2));
    expect(client.last('endpoint')).toMatchObject({ names: ['upstream/2'], removed: [] });
  });

  it('answers a name that is subscribed again, though it did not change', () => {
    const client = fresh('delta', hosts(1));
    say(client, 'endpoint', { subscribe: ['upstream/1'] });
    client.ack(client.last('endpoint'));
    say(client, 'endpoint', { subscribe: ['upstream/1'] });
    expect(client.of('endpoint').map(({ names }) => names)).toEqual([['upstream/1'], ['upstream/1']]);
    client.ack(client.last('endpoint'));
    say(client, 'endpoint', { unsubscribe: ['upstream/1'] });
    say(client, 'endpoint', { subscribe: ['upstream/1'] });
    expect(client.of('endpoint')).toHaveLength(3);
  });

  it('gives a client that says what it has only what differs, and takes what is gone', () => {
    const client = fresh('delta', hosts(1, 2));
    say(client, 'cluster');
    const has = versionsOf(client.last('cluster'));
    client.reconnect();
    set(client, hosts(2, 3));
    say(client, 'endpoint', { subscribe: ['upstream/1', 'upstream/2', 'upstream/3'], has: { 'upstream/2': 'older' } });
    expect(client.last('endpoint')).toMatchObject({ names: ['upstream/2', 'upstream/3'], removed: ['upstream/1'] });
    say(client, 'scope', { has: { '1.test': 'x', '2.test': client.config.targets.scope.get('2.test')!.resource.version } });
    expect(client.last('scope').removed).toEqual(['1.test']);
    expect(client.last('scope').names).not.toContain('2.test');
    say(client, 'cluster', { has });
    say(client, 'route', { subscribe: [] });
    client.pass(10_000);
    expect(
      client
        .told()
        .filter(([kind]) => kind === 'cluster')
        .flatMap(([, names]) => names)
        .sort(),
    ).toEqual(['-upstream/1', 'upstream/3']);
  });

  it('says nothing to a client that has everything of a type', () => {
    const client = fresh('delta', hosts(1, 2));
    say(client, 'cluster');
    const has = versionsOf(client.last('cluster'));
    client.reconnect();
    say(client, 'cluster', { has });
    client.pass(60_000);
    expect(client.told()).toEqual([]);
  });

  it('answers a name that is new beside those that the client has', () => {
    const client = fresh('delta', hosts(1, 2));
    say(client, 'endpoint', { subscribe: ['upstream/1'] });
    const has = versionsOf(client.last('endpoint'));
    client.reconnect();
    say(client, 'endpoint', { subscribe: ['upstream/1', 'upstream/2'], has });
    expect(client.told()).toEqual([['endpoint', ['upstream/2']]]);
  });

  it('takes a subscription that comes with an answer for both', () => {
    const client = fresh('delta', hosts(1, 2));
    say(client, 'endpoint', { subscribe: ['upstream/1'] });
    say(client, 'endpoint', { nonce: client.last('endpoint').nonce, subscribe: ['upstream/2'] });
    expect(client.told()).toEqual([
      ['endpoint', ['upstream/1']],
      ['endpoint', ['upstream/2']],
    ]);
  });

  it('takes a subscription that comes with an answer to an older response, too', () => {
    const client = fresh('delta', hosts(1, 2, 3));
    say(client, 'endpoint', { subscribe: ['upstream/1'] });
    const older = client.last('endpoint');
    say(client, 'endpoint', { subscribe: ['upstream/2'] });
    client.pass(5_000);
    say(client, 'endpoint', { nonce: older.nonce, subscribe: ['upstream/3'] });
    client.ack(client.last('endpoint'));
    expect(client.has('endpoint')).toEqual(['upstream/1', 'upstream/2', 'upstream/3']);
  });

  it('holds one response of a type unanswered, and then sends what there is by then', () => {
    const client = settled('delta', weighted(1));
    for (const weight of [2, 3, 4]) set(client, weighted(weight));
    expect(client.of('endpoint')).toHaveLength(1);
    client.ack(client.last('endpoint'));
    expect(client.of('endpoint')).toHaveLength(2);
    const [current] = client.config.targets.endpoint.values();
    expect(client.last('endpoint').resources).toEqual([current!.resource]);
    client.ack(client.last('endpoint'));
    client.pass(60_000);
    expect(client.of('endpoint')).toHaveLength(2);
  });

  it('says nothing of what came and went, or changed and changed back, while it was waiting', () => {
    const client = settled('delta', weighted(1));
    set(client, weighted(2));
    set(client, weighted(3));
    set(client, weighted(2));
    client.ack(client.last('endpoint'));
    client.pass(60_000);
    expect(client.of('endpoint')).toHaveLength(1);
  });

  it('goes on after a rejection with what changes next, and tells the operator', () => {
    const client = settled('delta', weighted(1));
    set(client, weighted(2));
    client.nack(client.last('endpoint'), 'no such thing');
    client.pass(60_000);
    expect(client.of('endpoint')).toHaveLength(1);
    expect(client.logged).toMatchObject([{ type: 'endpoint', reason: 'no such thing' }]);
    set(client, weighted(3));
    expect(client.of('endpoint')).toHaveLength(2);
  });

  it('names each response with a nonce of its own, and the change that it brings', () => {
    const client = settled('delta', weighted(1));
    set(client, weighted(2));
    const first = client.last('endpoint');
    client.ack(first);
    set(client, weighted(3));
    const second = client.last('endpoint');
    expect(second.nonce).not.toBe(first.nonce);
    expect(second.version).toBe(String(client.config.version));
  });

  it('sends one changed endpoint of 5,000 clusters in at most 1 KB', () => {
    const many = (weight: number): ProxyModel =>
      proxy(
        Array.from({ length: 5_000 }, (_, index) => {
          const id = index + 1;
          const second = upstream(10_000 + id, 9001, { weight: id === 2_500 ? weight : 100 });
          return service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000), second])]);
        }),
      );
    const client = settled('delta', many(1));
    const after = many(2);
    client.config.apply({ model: { ...after, version: '1000000' }, services: new Set([2_500]) });
    client.pass(60_000);
    expect(client.told()).toEqual([['endpoint', [expect.stringMatching(/^route\/2500\//)]]]);
    expect(encodeDelivery('delta', client.last('endpoint')).length).toBeLessThanOrEqual(1_024);
  });
});

describe('requests', () => {
  it('are read of either variant', () => {
    const typeUrl = TYPE_URLS.cluster;
    expect(
      readDeltaRequest(
        DeltaDiscoveryRequest.fromPartial({
          ...{ typeUrl, responseNonce: '7', errorDetail: { code: 3, message: 'no' }, initialResourceVersions: { a: '1' } },
          ...{ resourceNamesSubscribe: ['a'], resourceNamesUnsubscribe: ['b'] },
        }),
      ),
    ).toEqual({
      ...{ kind: 'cluster', nonce: '7', rejection: 'no', has: new Map([['a', '1']]) },
      asks: { subscribe: ['a'], unsubscribe: ['b'] },
    });
    expect(readRequest(DiscoveryRequest.fromPartial({ typeUrl, versionInfo: 'v', resourceNames: ['a'] }))).toEqual({
      ...{ kind: 'cluster', nonce: '', rejection: undefined, has: 'v' },
      asks: { names: ['a'] },
    });
  });

  it('for a type that is not served are refused by its name', () => {
    const typeUrl = 'type.googleapis.com/unknown';
    expect(() => readRequest(DiscoveryRequest.fromPartial({ typeUrl }))).toThrow(/type.googleapis.com\/unknown/);
    expect(() => readDeltaRequest(DeltaDiscoveryRequest.fromPartial({ typeUrl }))).toThrow(/type.googleapis.com\/unknown/);
  });

  it('are answered with the names, versions and contents of the resources, and the names of those that went', () => {
    const client = settled('delta', hosts(1, 2));
    set(client, on(3));
    const delivery = { ...client.last('cluster'), removed: ['upstream/7'] };
    const { resources, removedResources, nonce, typeUrl } = DeltaDiscoveryResponse.decode(encodeDelivery('delta', delivery));
    expect(resources).toMatchObject(delivery.resources.map(({ name, version }) => ({ name, version })));
    expect(resources.map(({ resource }) => Buffer.from(resource!.value))).toEqual(delivery.resources.map(({ bytes }) => bytes));
    expect({ removedResources, nonce, typeUrl }).toEqual({
      ...{ removedResources: ['upstream/7'], nonce: String(delivery.nonce), typeUrl: TYPE_URLS.cluster },
    });
  });
});
