import { proxy, route, service, upstream } from '../../support/models';
import { ackAll, fresh, hosts, on, set, settled, SLOW_CHECK } from './clients';
import { VARIANTS } from './scripted-client';

describe.each(VARIANTS)('the change up to which a client accepted everything (%s)', (variant) => {
  it('is the current one for a client that has everything', () => {
    const client = settled(variant, hosts(1));
    expect(client.session.acknowledged).toBe(client.config.version);
  });

  it('is before everything for one that has accepted nothing yet', () => {
    const client = fresh(variant, hosts(1));
    client.ask('cluster');
    expect(client.session.acknowledged).toBeLessThan(client.config.version);
    client.ack(client.last('cluster'));
    expect(client.session.acknowledged).toBe(client.config.version);
  });

  it('follows a change when all that it brings was accepted, and not before', () => {
    const client = settled(variant, on(1), ['http/1.test']);
    const before = client.config.version;
    set(client, on(2));
    expect(client.session.acknowledged).toBe(before);
    client.ask('endpoint', ['upstream/1', 'upstream/2']);
    ackAll(client, 'endpoint');
    ackAll(client, 'cluster');
    expect(client.last('route').names).toEqual(['http/1.test']);
    expect(client.session.acknowledged).toBe(before);
    ackAll(client, 'route');
    client.pass(50);
    ackAll(client, 'cluster');
    ackAll(client, 'endpoint');
    expect(client.session.acknowledged).toBe(client.config.version);
  });

  it('stays before a change whose routes wait for a cluster, through later changes that are accepted', () => {
    const moved = (id: number, weight: number) =>
      proxy([
        service(1, '1.test', [route(1, '/', [upstream(id, 9000 + id, { healthCheck: id > 1 ? SLOW_CHECK : undefined })])]),
        service(2, '2.test', [route(2, '/', [upstream(5, 9005), upstream(6, 9006, { weight })])]),
      ]);
    const client = settled(variant, moved(1, 10), ['http/1.test', 'http/2.test']);
    const before = client.config.version;
    set(client, moved(2, 10));
    set(client, moved(2, 20));
    client.ack(client.last('endpoint'));
    expect(client.session.acknowledged).toBe(before);
    client.ask('endpoint', [...client.config.targets.endpoint.keys()]);
    ackAll(client, 'endpoint');
    expect(client.session.acknowledged).toBe(before);
    ackAll(client, 'cluster');
    ackAll(client, 'route');
    client.pass(50);
    ackAll(client, 'cluster');
    ackAll(client, 'endpoint');
    expect(client.session.acknowledged).toBe(client.config.version);
  });

  it('does not go back behind what it accepted when the client asks for more', () => {
    const client = settled(variant, hosts(1, 2), ['http/1.test']);
    const before = client.config.version;
    client.ask('route', ['http/1.test', 'http/2.test']);
    expect(client.last('route').names).toEqual(['http/2.test']);
    expect(client.session.acknowledged).toBeGreaterThanOrEqual(before - 1);
    set(client, hosts(1, 2, 3));
    client.ask('endpoint', ['upstream/1', 'upstream/2', 'upstream/3']);
    expect(client.session.acknowledged).toBeGreaterThanOrEqual(before - 1);
  });

  it('follows a change of which the client rejected a part, when it accepted the rest', () => {
    const client = settled(variant, on(1), ['http/1.test']);
    set(client, on(2));
    client.nack(client.last('cluster'), 'no');
    client.pass(60_000);
    expect(client.has('cluster')).toContain('upstream/1');
    // The routes keep to what they had: nothing is under way any more, and what is held back is told.
    expect(client.session.acknowledged).toBe(client.config.version);
    expect(client.session.heldBack).toMatchObject([{ kind: 'cluster', name: 'upstream/2', reason: 'no' }]);
    set(client, on(1));
    client.pass(60_000);
    for (const { kind } of [...client.received]) ackAll(client, kind);
    expect(client.session.acknowledged).toBe(client.config.version);
    expect(client.session.heldBack).toEqual([]);
  });

  it('is the current one after a change that brings nothing new', () => {
    const client = settled(variant, hosts(1));
    set(client, hosts(1));
    expect(client.session.acknowledged).toBe(client.config.version);
  });
});
