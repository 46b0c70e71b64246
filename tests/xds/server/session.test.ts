import type { ProxyModel } from '../../../src/gateway';
import type { ResourceKind } from '../../../src/xds/translate';
import { proxy, route, service, upstream } from '../../support/models';
import { fresh, greet, hosts, on, set, settled, SLOW_CHECK } from './clients';
import { configOn, VARIANTS } from './scripted-client';
import type { ManualClock, ScriptedClient } from './scripted-client';

const PAIR = { certificate: 'C', privateKey: 'K' };

describe.each(VARIANTS)('a session (%s)', (variant) => {
  const isDelta = variant === 'delta';

  it('answers nothing before the first whole state is there, then everything that was asked for', () => {
    const client = fresh(variant);
    client.ask('cluster');
    client.ask('listener');
    expect(client.told()).toEqual([]);
    set(client, hosts(1));
    expect(client.received.map(({ kind }) => kind)).toEqual(['cluster', 'listener']);
  });

  it('answers a proxy without clusters with an empty response, so that the client need not wait', () => {
    const client = fresh(variant, hosts());
    client.ask('cluster');
    expect(client.last('cluster')).toMatchObject({ names: [], removed: [] });
    client.ack(client.last('cluster'));
    expect(client.of('cluster')).toHaveLength(1);
  });

  it('says nothing when a new model changes nothing', () => {
    const client = settled(variant, hosts(1, 2));
    set(client, hosts(1, 2));
    client.pass(60_000);
    expect(client.told()).toEqual([]);
  });

  it('sends clusters, then the scope once the clusters are acknowledged, then its routes when they are asked for', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    expect(client.told()).toEqual([['cluster', isDelta ? ['upstream/2'] : ['upstream/1', 'upstream/2']]]);
    client.ask('endpoint', ['upstream/1', 'upstream/2']);
    expect(client.last('endpoint').names).toEqual(['upstream/2']);
    expect(client.told().filter(([kind]) => kind === 'scope')).toEqual([]);
    client.ack(client.last('cluster'));
    expect(client.has('scope')).toEqual(['1.test', '2.test', 'A-Z']);
    client.ask('route', ['http/A-Z', 'http/1.test', 'http/2.test']);
    expect(client.last('route').names).toEqual(['http/2.test']);
    expect(client.hosts('http/2.test')).toEqual({ '2.test': ['upstream/2'] });
  });

  it('sends a cluster away only when no routes lead to it any more that the client may use', () => {
    const client = settled(variant, hosts(1, 2));
    set(client, hosts(1));
    expect(client.has('scope')).toEqual(['1.test', 'A-Z']);
    client.ack(client.last('scope'));
    client.pass(60_000);
    expect(client.of('cluster')).toEqual([]);
    client.ask('route', ['http/A-Z', 'http/1.test']);
    expect(client.has('cluster')).toEqual(['upstream/1']);
  });

  it('keeps the endpoints of a cluster for as long as it keeps the cluster', () => {
    const client = settled(variant, on(1));
    set(client, on(2));
    client.pass(60_000);
    expect(client.has('cluster')).toEqual(['upstream/1', 'upstream/2']);
    expect(client.told().map(([kind]) => kind)).toEqual(['cluster']);
  });

  it('keeps a cluster that rejected routes would have let go', () => {
    const client = settled(variant, on(1));
    set(client, on(2));
    client.ack(client.last('cluster'));
    expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/2'] });
    client.nack(client.last('route'), 'no');
    client.pass(60_000);
    expect(client.of('route')).toHaveLength(1);
    expect(client.has('cluster')).toEqual(['upstream/1', 'upstream/2']);
    expect(client.logged).toMatchObject([{ type: 'route', reason: 'no' }]);
  });

  it('does not repeat what was rejected, and goes on with the next change', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    client.nack(client.last('cluster'), 'bad address');
    const count = client.of('cluster').length;
    client.pass(60_000);
    expect(client.of('cluster')).toHaveLength(count);
    set(client, hosts(1, 3));
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
      const client = settled(variant, proxy([first]));
      const moved = { ...first, routes: [route(1, '/', [bad])] };
      const beside = service(2, '2.test', [route(2, '/', [upstream(2, 9002)])]);
      set(client, proxy([moved, beside]));
      client.ask('endpoint', ['upstream/1', 'upstream/2']);
      client.nack(client.last('cluster'), REASON);
      client.ack(client.last('endpoint'));
      client.ask('route', ['http/A-Z', 'http/1.test', 'http/2.test']);
      client.ack(client.last('route'));
      client.pass(60_000);
      expect(client.hosts('http/2.test')).toEqual({ '2.test': ['upstream/2'] });
      expect(client.of('route').flatMap(({ names }) => names)).not.toContain('http/1.test');
      expect(client.has('cluster')).toContain('upstream/1');
      client.ack(client.last('route'));
      client.received.length = 0;
      set(client, proxy([{ ...first, routes: [route(1, '/', [upstream(8, 9009, { strategy: 'RANDOM' })])] }]));
      client.ack(client.last('cluster'));
      expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/8'] });
    });

    it('does not take the others for warm', () => {
      const client = settled(variant, proxy([first]));
      const checked = upstream(7, 9007, { healthCheck: SLOW_CHECK });
      const moved = { ...first, routes: [route(1, '/', [checked])] };
      set(client, proxy([moved, service(2, '2.test', [route(2, '/', [rejected])])]));
      client.ask('endpoint', ['upstream/1', 'upstream/7']);
      client.nack(client.last('cluster'), REASON);
      expect(client.told().filter(([kind]) => kind === 'route')).toEqual([]);
      client.ack(client.last('endpoint'));
      client.pass(3_900);
      expect(client.of('route').flatMap(({ names }) => names)).not.toContain('http/1.test');
      if (client.of('route').length > 0) client.ack(client.last('route'));
      client.pass(5_000);
      expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/7'] });
    });

    it('serves the other routes of a new host, and their changes', () => {
      const client = settled(variant, proxy([first]));
      const bad = (prefix: string) =>
        proxy([first, service(2, '2.test', [route(2, prefix, [upstream(1, 9001)]), route(3, '/bad', [rejected])])]);
      set(client, bad('/ok'));
      expect(client.told().filter(([kind]) => kind === 'scope')).toEqual([]);
      client.nack(client.last('cluster'), REASON);
      expect(client.has('scope')).toContain('2.test');
      client.ask('route', ['http/A-Z', 'http/1.test', 'http/2.test']);
      expect(client.hosts('http/2.test')).toEqual({ '2.test': ['upstream/8', 'upstream/1'] });
      client.ack(client.last('route'));
      set(client, bad('/other'));
      expect(client.of('route').map(({ names }) => names)).toEqual([['http/2.test'], ['http/2.test']]);
    });
  });

  it('keeps the clusters of routes that were accepted late, until later ones are accepted', () => {
    const client = settled(variant, on(1), ['http/1.test']);
    set(client, on(2));
    client.ack(client.last('cluster'));
    const older = client.last('route');
    set(client, on(3));
    client.ack(client.last('cluster'));
    client.pass(5_000);
    const newer = client.last('route');
    expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/3'] });
    client.ack(older);
    client.pass(5_000);
    expect(client.has('cluster')).toEqual(['upstream/2', 'upstream/3']);
    client.nack(newer, 'no');
    set(client, on(4));
    expect(client.has('cluster')).toContain('upstream/2');
    client.ack(client.last('cluster'));
    client.ack(client.last('route'));
    client.pass(50);
    expect(client.has('cluster')).toEqual(['upstream/4']);
  });

  it('moves each host for itself: one whose cluster is not ready keeps its former routes', () => {
    const any = service(9, '*', []);
    const client = settled(variant, proxy([...hosts(1, 2).services.values(), any]));
    const moved = proxy([
      service(1, '1.test', [route(1, '/', [upstream(7, 9007, { healthCheck: SLOW_CHECK })])]),
      service(2, '2.test', [route(2, '/', [upstream(3, 9003)])]),
      any,
    ]);
    set(client, moved);
    client.pass(50);
    client.ask('endpoint', ['upstream/1', 'upstream/2', 'upstream/3', 'upstream/7']);
    client.ack(client.last('endpoint'));
    expect([...client.last('route').names].sort()).toEqual(['http/*', 'http/2.test']);
    expect(client.hosts('http/*')).toEqual({ '*': [], '1.test': ['upstream/1'], '2.test': ['upstream/3'] });
    client.ack(client.last('route'));
    client.ack(client.last('cluster'));
    expect([...client.last('route').names].sort()).toEqual(['http/*', 'http/1.test']);
    expect(client.hosts('http/*')).toEqual({ '*': [], '1.test': ['upstream/7'], '2.test': ['upstream/3'] });
    expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/7'] });
  });

  it('counts a cluster as ready when its endpoints were accepted and its health check has had its time', () => {
    const client = settled(variant, hosts(1));
    const slow = service(2, '2.test', [route(2, '/', [upstream(2, 9002, { healthCheck: SLOW_CHECK })])]);
    set(client, proxy([service(1, '1.test', [route(1, '/', [upstream(1, 9001)])]), slow]));
    client.ask('endpoint', ['upstream/1', 'upstream/2']);
    client.ack(client.last('endpoint'));
    client.pass(4_400);
    expect(client.told().filter(([kind]) => kind === 'scope')).toEqual([]);
    client.pass(200);
    expect(client.has('scope')).toContain('2.test');
    client.ask('route', ['http/A-Z', 'http/1.test', 'http/2.test']);
    expect(client.hosts('http/2.test')).toEqual({ '2.test': ['upstream/2'] });
  });

  it('is not held up by a client that withholds its answer on clusters', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    set(client, hosts(1, 2, 3));
    expect(client.of('cluster')).toHaveLength(1);
    client.pass(100);
    expect(client.of('cluster')).toHaveLength(2);
    client.ask('endpoint', ['upstream/1', 'upstream/2', 'upstream/3']);
    expect(client.last('endpoint').names).toEqual(['upstream/2', 'upstream/3']);
    client.ack(client.last('endpoint'));
    expect(client.has('scope')).toEqual(['1.test', '2.test', '3.test', 'A-Z']);
  });

  it('takes an answer to an older response for what that response held', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    const older = client.last('cluster');
    client.pass(100);
    set(client, hosts(1, 2, 3));
    expect(client.of('cluster')).toHaveLength(2);
    client.ack(older);
    expect(client.has('scope')).toEqual(['1.test', '2.test', 'A-Z']);
  });

  it('gathers changes of clusters from the last response on, not from the oldest that is unanswered', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    client.pass(49);
    set(client, hosts(1, 2, 3));
    client.pass(1);
    expect(client.of('cluster')).toHaveLength(2);
    set(client, hosts(1, 2, 3, 4));
    client.pass(49);
    expect(client.of('cluster')).toHaveLength(2);
    client.pass(1);
    expect(client.of('cluster')).toHaveLength(3);
  });

  describe('with a host that comes to be served over TLS', () => {
    const tls = { secretId: 1, secretName: 's', pair: PAIR };
    const first = service(1, '1.test', [route(1, '/', [upstream(1, 9001)])]);
    const second = service(2, '2.test', [route(2, '/', [upstream(1, 9001)])]);

    /** The client takes the host's filter chain as Envoy does. */
    function takeChain(client: ScriptedClient): void {
      for (const kind of ['cluster', 'listener'] as const) for (const response of client.of(kind).slice(-1)) client.ack(response);
      client.ask('chain', ['https/2.test']);
      client.ask('secret', ['secret/1']);
      client.ack(client.last('secret'));
      client.ack(client.last('chain'));
    }

    it('sends the listener, which only names the filter chain, and with it what makes Envoy fetch the certificate', () => {
      const client = settled(variant, proxy([first, second]));
      set(client, proxy([first, { ...second, tls }]));
      expect(client.told()).toEqual([
        ['cluster', isDelta ? ['secret/1'] : ['secret/1', 'upstream/1']],
        ['listener', isDelta ? ['ingress_https'] : ['ingress_http', 'ingress_https']],
      ]);
    });

    it('sends the filter chain when its certificate was answered', () => {
      const client = settled(variant, proxy([first, second]));
      set(client, proxy([first, { ...second, tls }]));
      client.ack(client.last('listener'));
      client.ask('chain', ['https/2.test']);
      expect(client.of('chain')).toEqual([]);
      client.ask('secret', ['secret/1']);
      expect(client.of('chain')).toEqual([]);
      client.ack(client.last('secret'));
      expect(client.last('chain').names).toEqual(['https/2.test']);
    });

    it('sends the filter chain without its certificate in the end', () => {
      const client = settled(variant, proxy([first, second]));
      set(client, proxy([first, { ...second, tls }]));
      client.ask('chain', ['https/2.test']);
      client.pass(1_999);
      expect(client.of('chain')).toEqual([]);
      client.pass(1);
      expect(client.last('chain').names).toEqual(['https/2.test']);
    });

    it('leaves a filter chain whose certificate changes as it is until the new one was answered', () => {
      const client = settled(variant, proxy([first, { ...second, tls }]));
      takeChain(client);
      set(client, proxy([first, { ...second, tls: { ...tls, secretId: 2 } }]));
      expect(client.of('chain')).toHaveLength(1);
      client.ask('secret', ['secret/1', 'secret/2']);
      client.ack(client.last('secret'));
      expect(client.of('chain')).toHaveLength(2);
    });

    it('takes no filter chain away that the client asks for still', () => {
      const client = settled(variant, proxy([first, { ...second, tls }]));
      takeChain(client);
      set(client, proxy([first, second]));
      client.pass(60_000);
      expect(client.of('chain')).toHaveLength(1);
    });

    it('sends filter chain and certificate to a client that comes back after it had let go of them', () => {
      const client = settled(variant, proxy([first, { ...second, tls }]));
      takeChain(client);
      // A client of the state of the world goes on saying the versions that it accepted last.
      const [chains, secrets] = isDelta ? [] : [client.last('chain').version, client.last('secret').version];
      set(client, proxy([first, second]));
      client.ask('chain', []);
      client.ask('secret', []);
      client.reconnect();
      set(client, proxy([first, { ...second, tls }]));
      client.ask('chain', ['https/2.test'], chains);
      client.ask('secret', ['secret/1'], secrets);
      expect(client.told()).toEqual([
        ['chain', ['https/2.test']],
        ['secret', ['secret/1']],
      ]);
    });

    it('sends routes that lead there when listener and filter chain were answered', () => {
      const client = settled(variant, proxy([first, second]));
      set(client, proxy([first, { ...second, tls }]));
      client.ask('route', ['http/A-Z', 'http/1.test', 'http/2.test', 'https/2.test']);
      expect(client.of('route').map(({ names }) => names)).toEqual([['https/2.test']]);
      client.ack(client.last('route'));
      client.ack(client.last('listener'));
      expect(client.of('route')).toHaveLength(1);
      takeChain(client);
      expect(client.last('route').names).toEqual(['http/2.test']);
    });

    it('sends the scope of a new one when listener and filter chain were answered', () => {
      const client = settled(variant, proxy([first]));
      set(client, proxy([first, { ...second, tls }]));
      client.ack(client.last('listener'));
      expect(client.has('scope')).not.toContain('2.test');
      takeChain(client);
      expect(client.has('scope')).toContain('2.test');
    });

    it('sends routes that lead there after five seconds to a client that takes no filter chain', () => {
      const client = settled(variant, proxy([first, second]));
      set(client, proxy([first, { ...second, tls }, service(3, '3.test', [])]));
      client.ack(client.last('scope'));
      client.ack(client.last('listener'));
      client.pass(4_999);
      expect(client.of('route').flatMap(({ names }) => names)).not.toContain('http/2.test');
      client.pass(1);
      expect(client.last('route').names).toContain('http/2.test');
    });
  });

  it('sends one endpoint assignment for a change of weight, and nothing else', () => {
    const weighted = (weight: number) =>
      proxy([
        service(1, '1.test', [route(1, '/', [upstream(1, 9001), upstream(2, 9002, { weight })])]),
        service(2, '2.test', [route(2, '/', [upstream(3, 9003)])]),
      ]);
    const client = settled(variant, weighted(10));
    set(client, weighted(20));
    client.pass(60_000);
    expect(client.told()).toEqual([['endpoint', [expect.stringMatching(/^route\/1\//)]]]);
  });

  it('sends the endpoints again when a cluster changed in place, which waits for them', () => {
    const checked = (intervalSeconds: number) =>
      proxy([service(1, '1.test', [route(1, '/', [upstream(1, 9001, { healthCheck: { ...SLOW_CHECK, intervalSeconds } })])])]);
    const client = settled(variant, checked(1));
    set(client, checked(2));
    expect(client.told()).toEqual([
      ['cluster', ['upstream/1']],
      ['endpoint', ['upstream/1']],
    ]);
  });

  it('sends secrets that are asked for, and only those', () => {
    const secured = (certificate: string) =>
      proxy(
        [1, 2].map((id) =>
          service(id, `${id}.test`, [], { tls: { secretId: id, secretName: `s${id}`, pair: { ...PAIR, certificate } } }),
        ),
      );
    const client = settled(variant, secured('C'));
    client.ask('secret', ['secret/2']);
    expect(client.last('secret').names).toEqual(['secret/2']);
    client.ack(client.last('secret'), []);
    set(client, secured('D'));
    client.pass(10_000);
    expect(client.of('secret')).toHaveLength(1);
  });

  describe('with a client that comes back', () => {
    /** A client that has everything of hosts 1 and 2, and comes back to a server on this configuration. */
    function returning(config = (clock: ManualClock) => configOn(clock, hosts(1, 2))) {
      const client = fresh(variant, hosts(1, 2));
      greet(client);
      client.pass(2_000);
      const kinds = ['cluster', 'endpoint', 'scope', 'listener', 'route'] as const;
      const versions = new Map(kinds.map((kind) => [kind, client.versions(kind)]));
      const names = {
        ...{ cluster: [], scope: [], listener: [] },
        ...{ endpoint: client.has('endpoint'), route: client.has('route') },
      };
      client.reconnect(config(client.clock));
      return { client, back: () => kinds.forEach((kind) => client.ask(kind, names[kind], versions.get(kind))) };
    }

    it('gives it only what it does not have', () => {
      const { client, back } = returning();
      back();
      client.pass(10_000);
      expect(client.told()).toEqual([]);
      set(client, hosts(1, 2, 3));
      expect(client.told()).toEqual([['cluster', isDelta ? ['upstream/3'] : ['upstream/1', 'upstream/2', 'upstream/3']]]);
      client.ask('endpoint', ['upstream/1', 'upstream/2', 'upstream/3']);
      expect(client.last('endpoint').names).toEqual(['upstream/3']);
    });

    it('gives it only what it does not have, also when it came before the first whole state was there', () => {
      const { client, back } = returning((clock) => configOn(clock));
      back();
      set(client, hosts(1, 2));
      client.pass(10_000);
      expect(client.told()).toEqual([]);
    });

    it('moves its routes on when their clusters are ready, also when it came before the first whole state was there', () => {
      const { client, back } = returning((clock) => configOn(clock));
      back();
      set(client, hosts(1, 2));
      client.pass(10_000);
      for (const kind of ['cluster', 'endpoint', 'scope', 'listener', 'route'] as const)
        if (client.of(kind).length > 0) client.ack(client.last(kind));
      client.received.length = 0;
      set(client, proxy([...on(3).services.values(), ...hosts(2).services.values()]));
      client.pass(900);
      expect(client.has('cluster')).toEqual(['upstream/1', 'upstream/2', 'upstream/3']);
      expect(client.told().filter(([kind]) => kind === 'route')).toEqual([]);
      client.ack(client.last('cluster'));
      expect(client.last('route').names).toEqual(['http/1.test']);
      client.ack(client.last('route'));
      client.pass(10_000);
      client.ack(client.last('route'));
      client.pass(10_000);
      expect(client.has('cluster')).toEqual(['upstream/2', 'upstream/3']);
    });

    const all = proxy([...hosts(1, 2).services.values(), service(9, '*', [])]);

    it.each([
      ['at once', true],
      ['before the first whole state was there', false],
    ])('does not take hosts from it while clusters warm up, when it has older routes and came %s', (_, isThere) => {
      const client = fresh(variant, isThere ? all : undefined);
      const older = (...names: string[]) => (isDelta ? new Map(names.map((name) => [name, 'older'])) : 'older');
      client.ask('cluster', [], older('upstream/1'));
      client.ask('endpoint', ['upstream/1'], older('upstream/1'));
      client.ask('route', ['http/*'], older('http/*'));
      if (!isThere) set(client, all);
      expect(client.told().filter(([kind]) => kind === 'route')).toEqual([]);
      client.ack(client.last('cluster'));
      expect(Object.keys(client.hosts('http/*'))).toEqual(['*', '1.test', '2.test']);
    });

    it('gives its clusters their time from when it asks for them, which may be late: Envoy waits until none is warming', () => {
      const client = fresh(variant, all);
      client.ask('endpoint', ['upstream/1'], isDelta ? new Map([['upstream/1', 'older']]) : 'older');
      client.ask('route', ['http/*'], isDelta ? new Map([['http/*', 'older']]) : 'older');
      client.pass(4_000);
      client.ask('cluster');
      client.pass(900);
      expect(client.told().filter(([kind]) => kind === 'route')).toEqual([]);
      client.ack(client.last('cluster'));
      expect(Object.keys(client.hosts('http/*'))).toEqual(['*', '1.test', '2.test']);
    });

    it('gives it in the place of older routes those that each host could be served with last', () => {
      const star = service(9, '*', []);
      const client = fresh(variant, proxy([...hosts(1).services.values(), star]));
      client.ask('cluster');
      client.ack(client.last('cluster'));
      set(client, all);
      const second = client.last('cluster');
      client.ask('route', ['http/*'], isDelta ? new Map([['http/*', 'older']]) : 'older');
      const moved = service(1, '1.test', [route(1, '/', [upstream(7, 9_007)])]);
      set(client, proxy([moved, ...hosts(2).services.values(), star]));
      expect(client.told().filter(([kind]) => kind === 'route')).toEqual([]);
      client.ack(second);
      // One host could be served before it went over to a cluster that the client has not taken yet.
      expect(client.hosts('http/*')).toMatchObject({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
      client.pass(2_900);
      client.ack(client.last('route'));
      expect(client.hosts('http/*')).toMatchObject({ '1.test': ['upstream/1'], '2.test': ['upstream/2'] });
      client.ack(client.last('cluster'));
      client.pass(2_000);
      expect(client.hosts('http/*')).toMatchObject({ '1.test': ['upstream/7'], '2.test': ['upstream/2'] });
    });

    it('takes older routes from it in the end, whatever its clusters do', () => {
      const client = fresh(variant, all);
      client.ask('cluster');
      client.ask('route', ['http/*'], isDelta ? new Map([['http/*', 'older']]) : 'older');
      client.pass(2_900);
      expect(client.told().filter(([kind]) => kind === 'route')).toEqual([]);
      client.pass(200);
      expect(Object.keys(client.hosts('http/*'))).toEqual(['*', '1.test', '2.test']);
    });
  });

  /** A client that comes back after a change, asks for clusters, and is going to ask for another kind. */
  function returning(before: ProxyModel, after: ProxyModel, other: ResourceKind) {
    const client = fresh(variant, before);
    greet(client);
    const [clusters, versions] = [client.versions('cluster'), client.versions(other)];
    client.reconnect();
    set(client, after);
    client.ask('cluster', [], clusters);
    return { client, versions };
  }

  it('takes no cluster from a client that came back before it knows its routes', () => {
    const { client, versions } = returning(on(1), on(2), 'route');
    // State of the world: the client cannot say what it has, so that nothing can be kept for it.
    if (isDelta) expect(client.has('cluster')).toEqual(['upstream/1', 'upstream/2']);
    client.ask('route', ['http/A-Z', 'http/1.test'], versions);
    client.pass(900);
    expect(client.of('route').flatMap(({ names }) => names)).not.toContain('http/1.test');
    for (const response of client.of('route')) client.ack(response);
    client.ack(client.last('cluster'));
    expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/2'] });
  });

  it('knows the routes again that a client came back with, once they are what there is', () => {
    const { client, versions } = returning(on(1), on(2), 'route');
    client.ask('route', ['http/A-Z', 'http/1.test'], versions);
    set(client, on(1));
    client.pass(10_000);
    for (const kind of ['cluster', 'route'] as const) for (const response of client.of(kind)) client.ack(response);
    client.pass(10_000);
    if (isDelta) expect(client.of('route')).toEqual([]);
    expect(client.has('cluster')).toEqual(['upstream/1']);
  });

  it('sends the endpoints of a cluster that changed before the client came back, though it has them', () => {
    const checked = (intervalSeconds: number) =>
      proxy([service(1, '1.test', [route(1, '/', [upstream(1, 9001, { healthCheck: { ...SLOW_CHECK, intervalSeconds } })])])]);
    const { client, versions } = returning(checked(1), checked(2), 'endpoint');
    client.ask('endpoint', ['upstream/1'], versions);
    expect(client.told()).toEqual([
      ['cluster', ['upstream/1']],
      ['endpoint', ['upstream/1']],
    ]);
  });

  it('keeps the clusters of routes that are gone for as long as the client asks for these: Envoy does not let go of them', () => {
    const any = service(9, '*', []);
    const third = service(3, '3.test', []);
    const client = settled(variant, proxy([...hosts(1).services.values(), any]));
    // The answer to this scope is late, and the next ones wait for it.
    set(client, proxy([...hosts(1).services.values(), third, any]));
    client.ack(client.last('route'));
    set(client, proxy([third, any]));
    client.ack(client.last('route'));
    client.pass(1_000);
    expect(client.has('scope')).toContain('1.test');
    expect(client.has('cluster')).toEqual(['upstream/1']);
    client.ack(client.last('scope'));
    expect(client.has('scope')).toEqual(['3.test', 'A-Z']);
    client.ask('route', ['http/*']);
    expect(client.has('cluster')).toEqual([]);
  });

  it('gives no routes, asked for the first time, before their clusters were sent', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    set(client, hosts(1, 2, 3));
    client.ask('route', ['http/A-Z', 'http/1.test', 'http/3.test']);
    expect(client.has('cluster')).toEqual(['upstream/1', 'upstream/2']);
    expect(client.hosts('http/3.test')).toEqual({});
    client.ack(client.last('route'));
    client.pass(50);
    client.ask('endpoint', ['upstream/1', 'upstream/2', 'upstream/3']);
    client.ack(client.last('endpoint'));
    expect(client.hosts('http/3.test')).toEqual({ '3.test': ['upstream/3'] });
  });

  it('leaves no timer behind', () => {
    const client = settled(variant, proxy([...hosts(1, 2).services.values(), service(9, '*', [])]));
    set(client, proxy([...hosts(1, 2, 3).services.values(), service(9, '*', [])]));
    set(client, proxy([...hosts(1, 2, 3, 4).services.values(), service(9, '*', [])]));
    expect(client.clock.timers).toBeGreaterThan(0);
    client.ack(client.last('cluster'));
    expect(client.has('scope')).toContain('3.test');
    client.session.close();
    expect(client.clock.timers).toBe(0);
  });

  it('hears of nothing any more once it is closed', () => {
    const client = settled(variant, hosts(1));
    client.session.close();
    set(client, hosts(1, 2));
    client.pass(60_000);
    expect(client.told()).toEqual([]);
    expect(client.config.isWatched).toBe(false);
  });
});

describe('a session (state of the world)', () => {
  const variant = 'state of the world';

  it('takes no names from an answer to a response that is not its newest', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1, 2));
    client.ask('endpoint', ['upstream/1', 'upstream/2']);
    const older = client.last('endpoint');
    client.pass(100);
    set(client, hosts(1, 2, 3));
    client.ask('endpoint', ['upstream/1', 'upstream/2', 'upstream/3']);
    client.pass(5_000);
    const newer = client.last('endpoint');
    expect(newer.names).toEqual(['upstream/3']);
    client.ack(older, ['upstream/1', 'upstream/99']);
    client.pass(10_000);
    expect(client.last('endpoint')).toBe(newer);
    client.ack(newer, ['upstream/1', 'upstream/2', 'upstream/3', 'upstream/99']);
    expect(client.last('endpoint').names).toContain('upstream/99');
  });

  it('answers names that are asked for later, and unknown ones with an empty assignment', () => {
    const client = settled(variant, hosts(1));
    client.ask('endpoint', ['upstream/1', 'upstream/99']);
    expect(client.last('endpoint').names).toEqual(['upstream/99']);
    client.ack(client.last('endpoint'));
    expect(client.of('endpoint')).toHaveLength(1);
  });
});
