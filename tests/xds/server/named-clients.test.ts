import { hosts, on, set, fresh } from './clients';
import { VARIANTS } from './scripted-client';

describe.each(VARIANTS)('a client that asks for everything by name, as gRPC does (%s)', (variant) => {
  it('gets a listener, routes, clusters and endpoints one after the other', () => {
    const client = fresh(variant, hosts(1, 2));
    client.ask('listener', ['ingress_http']);
    expect(client.last('listener').names).toEqual(['ingress_http']);
    client.ack(client.last('listener'));
    client.ask('route', ['http/1.test']);
    expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/1'] });
    client.ack(client.last('route'));
    client.ask('cluster', ['upstream/1']);
    expect(client.last('cluster').names).toEqual(['upstream/1']);
    client.ack(client.last('cluster'));
    client.ask('endpoint', ['upstream/1']);
    expect(client.last('endpoint').names).toEqual(['upstream/1']);
  });

  it('gets routes that changed before it asked for their clusters', () => {
    const client = fresh(variant, on(1));
    client.ask('route', ['http/1.test']);
    client.ack(client.last('route'));
    client.ask('cluster', ['upstream/1']);
    client.ack(client.last('cluster'));
    set(client, on(2));
    expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/2'] });
    client.ack(client.last('route'));
    client.ask('cluster', ['upstream/2']);
    client.pass(50);
    expect(client.has('cluster')).toContain('upstream/2');
  });

  it('gets routes before it asks for their clusters also when it comes back', () => {
    for (const has of [undefined, variant === 'delta' ? new Map([['http/1.test', 'older']]) : 'older']) {
      const client = fresh(variant, hosts(1, 2));
      client.ask('listener', ['ingress_http'], variant === 'delta' ? new Map([['ingress_http', 'older']]) : 'older');
      client.ask('route', ['http/1.test'], has);
      expect(client.hosts('http/1.test')).toEqual({ '1.test': ['upstream/1'] });
    }
  });

  it('is told nothing of what it does not name', () => {
    const client = fresh(variant, hosts(1, 2));
    client.ask('listener', ['ingress_http']);
    client.ack(client.last('listener'));
    client.ask('cluster', ['upstream/1']);
    client.ack(client.last('cluster'));
    client.received.length = 0;
    set(client, hosts(1, 2, 3));
    set(client, hosts(1));
    client.pass(60_000);
    expect(client.told()).toEqual([]);
  });

  it('is not told everything when it gives up its last name', () => {
    const client = fresh(variant, hosts(1, 2));
    client.ask('cluster', ['upstream/1']);
    client.ack(client.last('cluster'));
    client.ask('cluster', []);
    set(client, hosts(1, 2, 3));
    client.pass(60_000);
    expect(client.told()).toEqual([['cluster', ['upstream/1']]]);
  });
});

describe('a client of the state of the world that asks for everything by name', () => {
  it('gets all the clusters that it names in each response', () => {
    const client = fresh('state of the world', hosts(1, 2));
    client.ask('cluster', ['upstream/1']);
    client.ack(client.last('cluster'));
    client.ask('cluster', ['upstream/1', 'upstream/2']);
    expect([...client.last('cluster').names].sort()).toEqual(['upstream/1', 'upstream/2']);
  });

  it('may name the wildcard beside a name', () => {
    const client = fresh('state of the world', hosts(1, 2));
    client.ask('cluster', ['*', 'upstream/1']);
    expect([...client.last('cluster').names].sort()).toEqual(['upstream/1', 'upstream/2']);
  });
});
