import pino from 'pino';
import type { Service } from '../../../src/gateway';
import { ProxyConfig } from '../../../src/xds/config';
import type { Delivery, Variant } from '../../../src/xds/server/protocol';
import { Rejections } from '../../../src/xds/server/rejections';
import { Session } from '../../../src/xds/server/session';
import type { ResourceKind } from '../../../src/xds/translate';
import { grpcUpstream, proxy, route, service } from '../../support/models';

const OPTIONS = { listenHost: '127.0.0.1', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 443, proxyName: 'gw' };

function shop(weight: number, changes: Partial<Service> = {}): Service {
  const upstreams = [grpcUpstream(1, 9001, { weight }), grpcUpstream(2, 9002, { weight: 1 })];
  return service(1, 'shop.test', [route(10, '/', upstreams)], { name: 'shop', ...changes });
}

/** A client that accepts all that it is sent; `received` are the responses since it was emptied last. */
function connect(config: ProxyConfig, variant: Variant) {
  const received: Delivery[] = [];
  const names = new Map<ResourceKind, readonly string[]>();
  const session: Session = new Session(config, variant, {
    send: (delivery) => received.push(delivery),
    now: () => performance.now(),
    after: () => () => undefined,
    log: pino({ level: 'silent' }),
    rejections: new Rejections(),
    client: 'test/1',
    onMoved: () => undefined,
  });
  const none = { rejection: undefined, has: variant === 'delta' ? new Map<string, string>() : '' };
  return {
    session,
    received,
    ask(kind: ResourceKind, asked: readonly string[]) {
      const before = names.get(kind) ?? [];
      const subscribe = asked.filter((name) => !before.includes(name));
      const unsubscribe = before.filter((name) => !asked.includes(name));
      names.set(kind, asked);
      session.onRequest({ kind, nonce: '', ...none, asks: variant === 'delta' ? { subscribe, unsubscribe } : { names: asked } });
    },
    accept() {
      for (const { kind, nonce } of [...received]) {
        const asks = variant === 'delta' ? { subscribe: [], unsubscribe: [] } : { names: names.get(kind) ?? [] };
        session.onRequest({ kind, nonce: String(nonce), ...none, asks });
      }
    },
    take(): string[] {
      this.accept();
      return received
        .splice(0)
        .flatMap(({ kind, resources, removed }) => [
          ...resources.map(({ name }) => `${kind} ${name}`),
          ...removed.map((name) => `no ${kind} ${name}`),
        ]);
    },
  };
}

describe.each<Variant>(['state of the world', 'delta'])('a client that asks by name, by %s', (variant) => {
  function start() {
    const config = new ProxyConfig('gw', OPTIONS, () => () => undefined);
    config.apply({ model: proxy([shop(3)]), services: 'all' });
    const client = connect(config, variant);
    const change = (next: Service) => config.apply({ model: proxy([next]), services: new Set([1]) });
    const askForAll = () => {
      client.ask('listener', ['shop']);
      client.ask('route', ['grpc/1']);
      client.ask('cluster', ['grpc/1/10']);
      client.ask('endpoint', ['grpc/1/10']);
    };
    return { config, client, change, askForAll };
  }

  it('is given each resource when it asks for it, and then what changes of it', () => {
    const { client, change, askForAll } = start();
    askForAll();
    expect(client.take()).toEqual(['listener shop', 'route grpc/1', 'cluster grpc/1/10', 'endpoint grpc/1/10']);
    change(shop(4));
    expect(client.take()).toEqual(['endpoint grpc/1/10']);
    change(shop(4, { host: 'other.test' }));
    expect(client.take()).toEqual([]);
  });

  it('is given everything in whatever order it asks after a reconnect', () => {
    const { config, client } = start();
    for (const [kind, name] of [
      ['endpoint', 'grpc/1/10'],
      ['cluster', 'grpc/1/10'],
      ['route', 'grpc/1'],
      ['listener', 'shop'],
    ] as const)
      client.ask(kind, [name]);
    const first = ['endpoint grpc/1/10', 'cluster grpc/1/10', 'route grpc/1', 'listener shop'];
    // Endpoints follow their cluster again, since Envoy waits for that.
    expect(client.take()).toEqual([...first, 'endpoint grpc/1/10']);
    client.session.close();
    expect(config.named.targets.cluster.size).toBe(0);
  });

  it('costs nothing when it has unsubscribed', () => {
    const { config, client, askForAll } = start();
    askForAll();
    client.take();
    client.ask('listener', []);
    client.ask('route', []);
    client.ask('cluster', []);
    expect(config.named.targets.cluster.size).toBe(1);
    client.ask('endpoint', []);
    expect(config.named.targets.cluster.size).toBe(0);
  });

  it('is not disturbed by one that asks for everything, nor disturbs it', () => {
    const { config, client, change, askForAll } = start();
    const envoy = connect(config, variant);
    envoy.ask('cluster', []);
    envoy.ask('listener', []);
    const before = envoy.take();
    askForAll();
    client.take();
    expect(before.join()).not.toMatch(/grpc|shop/);
    change(shop(9, { filters: { lua: 'x = 1', cors: undefined } }));
    expect(client.take()).toEqual(['listener shop']);
    expect(envoy.take().join()).not.toMatch(/grpc|shop/);
  });
});
