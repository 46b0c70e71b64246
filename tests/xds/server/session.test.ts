import { Translator } from '../../../src/xds';
import type { Snapshot } from '../../../src/xds';
import type { ProxyModel } from '../../../src/gateway';
import { proxy, route, service, upstream } from '../../support/models';
import { ScriptedClient } from './scripted-client';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };
const translator = new Translator(OPTIONS);
const snapshotOf = (model: ProxyModel): Snapshot => translator.translate(model);
/** One host a number, each on an upstream of its own. */
const hosts = (...numbers: number[]): Snapshot =>
  snapshotOf(
    proxy(numbers.map((number) => service(number, `${number}.test`, [route(number, '/', [upstream(number, 9000 + number)])]))),
  );
const CHECK = { path: '/', host: 'h', intervalSeconds: 1, timeoutSeconds: 4, unhealthyThreshold: 1, healthyThreshold: 1 };

/** A client that has accepted everything of the snapshot. */
function settled(snapshot: Snapshot): ScriptedClient {
  const client = new ScriptedClient();
  client.session.onSnapshot(snapshot);
  const names = [...snapshot.clusters.keys()];
  client.ask('cluster');
  client.ask('endpoint', names);
  if (names.length > 0) client.ack(client.last('endpoint'), names);
  client.ack(client.last('cluster'));
  client.ask('listener');
  client.ack(client.last('listener'));
  client.ask('route', ['ingress_http']);
  client.ack(client.last('route'), ['ingress_http']);
  client.received.length = 0;
  return client;
}

describe('a session', () => {
  it('answers nothing before the first snapshot, then everything that was asked for', () => {
    const client = new ScriptedClient();
    client.ask('cluster');
    client.ask('listener');
    expect(client.received).toEqual([]);
    client.session.onSnapshot(hosts(1));
    expect(client.received.map(({ kind }) => kind)).toEqual(['cluster', 'listener']);
  });

  it('answers an empty snapshot with an empty response, so that the client need not wait', () => {
    const client = new ScriptedClient();
    client.session.onSnapshot(hosts());
    client.ask('cluster');
    expect(client.last('cluster').names).toEqual([]);
    client.ack(client.last('cluster'));
    expect(client.of('cluster')).toHaveLength(1);
  });

  it('says nothing when a new snapshot changes nothing', () => {
    const client = settled(hosts(1, 2));
    client.session.onSnapshot(hosts(1, 2));
    client.pass(60_000);
    expect(client.received).toEqual([]);
  });

  it('sends clusters, then their endpoints, then the routes once the clusters are acknowledged', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    expect(client.received.map(({ kind, names }) => [kind, names])).toEqual([
      ['cluster', ['upstream/1', 'upstream/2']],
      ['endpoint', ['upstream/2']],
    ]);
    client.ack(client.last('cluster'));
    expect(client.hosts()).toEqual({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
  });

  it('sends a cluster away only when the routes without it were accepted', () => {
    const client = settled(hosts(1, 2));
    client.session.onSnapshot(hosts(1));
    expect(client.of('cluster')).toEqual([]);
    expect(client.hosts()).toEqual({ '1.test': ['upstream/1'] });
    client.ack(client.last('route'), ['ingress_http']);
    expect(client.last('cluster').names).toEqual(['upstream/1']);
  });

  it('keeps a cluster that rejected routes would have let go', () => {
    const client = settled(hosts(1, 2));
    client.session.onSnapshot(hosts(1));
    client.nack(client.last('route'), 'no', ['ingress_http']);
    client.pass(60_000);
    expect(client.of('cluster')).toEqual([]);
    expect(client.logged).toMatchObject([{ type: 'route', reason: 'no' }]);
  });

  it('does not repeat what was rejected, and goes on with the next change', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    client.nack(client.last('cluster'), 'bad address');
    const count = client.of('cluster').length;
    client.pass(60_000);
    expect(client.of('cluster')).toHaveLength(count);
    client.session.onSnapshot(hosts(1, 3));
    expect(client.last('cluster').names).toContain('upstream/3');
  });

  describe('of whose clusters one was rejected', () => {
    const REASON = 'Error adding/updating cluster(s) upstream/8: Failed to load trusted CA certificates from <inline>';
    const first = service(1, '1.test', [route(1, '/', [upstream(1, 9001)])]);
    const rejected = upstream(8, 9008);
    const resolved = upstream(8, 9008, { address: 'up.test', isIp: false });

    it.each([
      ['an address', rejected],
      ['a DNS name', resolved],
    ])('keeps the former routes of its host, however long that is: %s', (_, bad) => {
      const client = settled(snapshotOf(proxy([first])));
      const moved = { ...first, routes: [route(1, '/', [bad])] };
      const beside = service(2, '2.test', [route(2, '/', [upstream(2, 9002)])]);
      client.session.onSnapshot(snapshotOf(proxy([moved, beside])));
      client.nack(client.last('cluster'), REASON);
      client.ack(client.last('endpoint'), ['upstream/1', 'upstream/2']);
      client.ack(client.last('route'), ['ingress_http']);
      client.pass(60_000);
      expect(client.hosts()).toEqual({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
      expect(client.last('cluster').names).toContain('upstream/1');
      client.session.onSnapshot(
        snapshotOf(proxy([{ ...first, routes: [route(1, '/', [upstream(8, 9009, { strategy: 'RANDOM' })])] }])),
      );
      client.ack(client.last('route'), ['ingress_http']);
      client.ack(client.last('cluster'));
      expect(client.hosts()).toEqual({ '1.test': ['upstream/8'] });
    });

    it('does not take the others for warm', () => {
      const client = settled(snapshotOf(proxy([first])));
      const checked = upstream(7, 9007, { healthCheck: CHECK });
      const moved = { ...first, routes: [route(1, '/', [checked])] };
      const bad = service(2, '2.test', [route(2, '/', [rejected])]);
      client.session.onSnapshot(snapshotOf(proxy([moved, bad])));
      client.nack(client.last('cluster'), REASON);
      expect(client.hosts()).toMatchObject({ '1.test': ['upstream/1'] });
      client.ack(client.last('endpoint'), ['upstream/1', 'upstream/7']);
      client.pass(3_900);
      expect(client.hosts()).toMatchObject({ '1.test': ['upstream/1'] });
      client.pass(5_000);
      expect(client.hosts()).toMatchObject({ '1.test': ['upstream/7'] });
    });

    it('serves the other routes of a new host, and their changes', () => {
      const client = settled(snapshotOf(proxy([first])));
      const bad = (prefix: string) =>
        snapshotOf(proxy([first, service(2, '2.test', [route(2, prefix, [upstream(1, 9001)]), route(3, '/bad', [rejected])])]));
      client.session.onSnapshot(bad('/ok'));
      client.nack(client.last('cluster'), REASON);
      expect(client.hosts()).toEqual({ '1.test': ['upstream/1'], '2.test': ['upstream/8', 'upstream/1'] });
      client.ack(client.last('route'), ['ingress_http']);
      client.session.onSnapshot(bad('/other'));
      expect(client.of('route')).toHaveLength(2);
    });
  });

  it('keeps the clusters of routes that were accepted late, until later ones are accepted', () => {
    const client = settled(hosts(1));
    const on = (id: number) => snapshotOf(proxy([service(1, '1.test', [route(1, '/', [upstream(id, 9000 + id)])])]));
    client.session.onSnapshot(on(2));
    client.ack(client.last('cluster'));
    const older = client.last('route');
    client.session.onSnapshot(on(3));
    client.ack(client.last('cluster'));
    client.pass(5_000);
    const newer = client.last('route');
    expect(client.hosts()).toEqual({ '1.test': ['upstream/3'] });
    client.ack(older, ['ingress_http']);
    client.pass(5_000);
    expect([...client.last('cluster').names].sort()).toEqual(['upstream/2', 'upstream/3']);
    client.nack(newer, 'no', ['ingress_http']);
    client.session.onSnapshot(on(4));
    expect(client.last('cluster').names).toContain('upstream/2');
    client.ack(client.last('cluster'));
    client.ack(client.last('route'), ['ingress_http']);
    expect(client.last('cluster').names).toEqual(['upstream/4']);
  });

  it('moves each host for itself: one whose cluster is not ready keeps its former routes', () => {
    const client = settled(hosts(1, 2));
    const moved = snapshotOf(
      proxy([
        service(1, '1.test', [route(1, '/', [upstream(7, 9007, { healthCheck: CHECK })])]),
        service(2, '2.test', [route(2, '/new', [upstream(2, 9002)])]),
      ]),
    );
    client.session.onSnapshot(moved);
    expect([...client.last('cluster').names].sort()).toEqual(['upstream/1', 'upstream/2', 'upstream/7']);
    expect(client.hosts()).toEqual({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
    client.ack(client.last('route'), ['ingress_http']);
    client.ack(client.last('cluster'));
    expect(client.hosts()).toEqual({ '1.test': ['upstream/7'], '2.test': ['upstream/2'] });
  });

  it('counts a cluster as ready when its endpoints were accepted and its health check has had its time', () => {
    const client = settled(hosts(1));
    const slow = service(2, '2.test', [route(2, '/', [upstream(2, 9002, { healthCheck: CHECK })])]);
    const first = service(1, '1.test', [route(1, '/', [upstream(1, 9001)])]);
    client.session.onSnapshot(snapshotOf(proxy([first, slow])));
    client.ack(client.last('endpoint'), ['upstream/1', 'upstream/2']);
    expect(client.of('route')).toEqual([]);
    client.pass(3_900);
    expect(client.of('route')).toEqual([]);
    client.pass(200);
    expect(client.hosts()).toEqual({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
  });

  it('is not held up by a client that withholds its answer on clusters', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    client.session.onSnapshot(hosts(1, 2, 3));
    expect(client.of('cluster')).toHaveLength(1);
    client.pass(100);
    expect(client.of('cluster')).toHaveLength(2);
    client.ack(client.last('endpoint'), ['upstream/1', 'upstream/2', 'upstream/3']);
    expect(client.last('endpoint').names).toContain('upstream/3');
    client.ack(client.last('endpoint'), ['upstream/1', 'upstream/2', 'upstream/3']);
    client.ack(client.last('route'), ['ingress_http']);
    expect(Object.keys(client.hosts())).toEqual(['1.test', '2.test', '3.test']);
  });

  it('takes an answer to an older response for what that response held', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    const older = client.last('cluster');
    client.pass(100);
    client.session.onSnapshot(hosts(1, 2, 3));
    client.ack(older);
    expect(client.hosts()).toEqual({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
  });

  it('gathers changes of clusters from the last response on, not from the oldest that is unanswered', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    client.pass(49);
    client.session.onSnapshot(hosts(1, 2, 3));
    client.pass(1);
    expect(client.of('cluster')).toHaveLength(2);
    client.session.onSnapshot(hosts(1, 2, 3, 4));
    client.pass(49);
    expect(client.of('cluster')).toHaveLength(2);
    client.pass(1);
    expect(client.of('cluster')).toHaveLength(3);
  });

  it('takes no names from an answer to a response that is not its newest', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    const older = client.last('endpoint');
    client.pass(100);
    client.session.onSnapshot(hosts(1, 2, 3));
    client.pass(5_000);
    const newer = client.last('endpoint');
    expect(newer.names).toEqual(['upstream/3']);
    client.ack(older, ['upstream/1', 'upstream/99']);
    client.pass(10_000);
    expect(client.last('endpoint')).toBe(newer);
    client.ack(newer, ['upstream/1', 'upstream/2', 'upstream/3', 'upstream/99']);
    expect(client.last('endpoint').names).toContain('upstream/99');
  });

  it('sends routes when the listener that leads to them was answered', () => {
    const client = settled(hosts(1));
    const tls = { secretId: 1, secretName: 's', pair: { certificate: 'C', privateKey: 'K' } };
    const first = service(1, '1.test', [route(1, '/', [upstream(1, 9001)])]);
    client.session.onSnapshot(snapshotOf(proxy([first, service(2, '2.test', [], { tls })])));
    expect(client.received.map(({ kind, names }) => [kind, names])).toEqual([['listener', ['ingress_http', 'ingress_https']]]);
    client.ack(client.last('listener'));
    expect(client.last('route').names).toEqual(['ingress_http']);
    client.ack(client.last('route'), ['ingress_http', 'ingress_https']);
    expect(client.last('route').names).toEqual(['ingress_https']);
  });

  it('sends one endpoint assignment for a change of weight, and nothing else', () => {
    const weighted = (weight: number) =>
      snapshotOf(
        proxy([
          service(1, '1.test', [route(1, '/', [upstream(1, 9001), upstream(2, 9002, { weight })])]),
          service(2, '2.test', [route(2, '/', [upstream(3, 9003)])]),
        ]),
      );
    const client = settled(weighted(10));
    client.session.onSnapshot(weighted(20));
    expect(client.received.map(({ kind, names }) => [kind, names])).toEqual([
      ['endpoint', [expect.stringMatching(/^route\/1\//)]],
    ]);
  });

  it('sends the endpoints again when a cluster changed in place, which waits for them', () => {
    const checked = (intervalSeconds: number) =>
      snapshotOf(
        proxy([service(1, '1.test', [route(1, '/', [upstream(1, 9001, { healthCheck: { ...CHECK, intervalSeconds } })])])]),
      );
    const client = settled(checked(1));
    client.session.onSnapshot(checked(2));
    expect(client.received.map(({ kind, names }) => [kind, names])).toEqual([
      ['cluster', ['upstream/1']],
      ['endpoint', ['upstream/1']],
    ]);
  });

  it('answers names that are asked for later, and unknown ones with an empty assignment', () => {
    const client = settled(hosts(1));
    client.ask('endpoint', ['upstream/1', 'upstream/99']);
    expect(client.last('endpoint').names).toEqual(['upstream/99']);
    client.ack(client.last('endpoint'), ['upstream/1', 'upstream/99']);
    expect(client.of('endpoint')).toHaveLength(1);
  });

  it('sends secrets that are asked for, and only those', () => {
    const pair = { certificate: 'C', privateKey: 'K' };
    const tls = snapshotOf(
      proxy([1, 2].map((id) => service(id, `${id}.test`, [], { tls: { secretId: id, secretName: `s${id}`, pair } }))),
    );
    const client = settled(tls);
    client.ask('secret', ['secret/2']);
    expect(client.last('secret').names).toEqual(['secret/2']);
    client.ack(client.last('secret'), []);
    client.pass(10_000);
    expect(client.of('secret')).toHaveLength(1);
  });

  it('gives a client that comes back only what it does not have', () => {
    const client = new ScriptedClient();
    client.session.onSnapshot(hosts(1, 2));
    for (const [kind, names] of [
      ['cluster', []],
      ['endpoint', ['upstream/1', 'upstream/2']],
      ['listener', []],
      ['route', ['ingress_http']],
    ] as const) {
      client.ask(kind, names);
      if (client.of(kind).length > 0) client.ack(client.last(kind), names);
    }
    client.ack(client.last('cluster'));
    const version = (kind: 'cluster' | 'endpoint' | 'listener' | 'route') => client.last(kind).version;
    const versions = {
      cluster: version('cluster'),
      endpoint: version('endpoint'),
      listener: version('listener'),
      route: version('route'),
    };
    client.reconnect();
    client.ask('cluster', [], versions.cluster);
    client.session.onSnapshot(hosts(1, 2));
    client.ask('endpoint', ['upstream/1', 'upstream/2'], versions.endpoint);
    client.ask('listener', [], versions.listener);
    client.ask('route', ['ingress_http'], versions.route);
    client.pass(10_000);
    expect(client.received).toEqual([]);
    client.session.onSnapshot(hosts(1, 2, 3));
    expect(client.received.map(({ kind, names }) => [kind, names])).toEqual([
      ['cluster', ['upstream/1', 'upstream/2', 'upstream/3']],
      ['endpoint', ['upstream/3']],
    ]);
  });

  it('does not take hosts from a client that comes back with older routes while clusters warm up', () => {
    const client = new ScriptedClient();
    client.session.onSnapshot(hosts(1, 2));
    client.ask('cluster', [], 'older');
    client.ask('endpoint', ['upstream/1'], 'older');
    client.ask('route', ['ingress_http'], 'older');
    expect(client.of('route')).toEqual([]);
    client.ack(client.last('cluster'));
    expect(Object.keys(client.hosts())).toEqual(['1.test', '2.test']);
  });

  it('leaves no timer behind', () => {
    const client = settled(hosts(1));
    client.session.onSnapshot(hosts(1, 2));
    client.session.onSnapshot(hosts(1, 2, 3));
    expect(client.timers).toBe(1);
    client.session.close();
    expect(client.timers).toBe(0);
  });

  it('refuses a type that is not served, by name', () => {
    const client = new ScriptedClient();
    expect(() => client.session.onRequest({ typeUrl: 'type.googleapis.com/unknown', resourceNames: [] } as never)).toThrow(
      /type.googleapis.com\/unknown/,
    );
  });
});
