import type { Problem } from '../../../src/gateway';
import { ConfigStore } from '../../../src/xds';
import type { ProxyConfig } from '../../../src/xds/config';
import { proxy, route, service, upstream, whole } from '../../support/models';
import { OPTIONS } from './scripted-client';

const one = (id: number, name = 'gw') =>
  whole(proxy([service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000)])])], { name }));
const clusters = ({ targets }: ProxyConfig) => [...targets.cluster.keys()];

describe('the configurations of all proxies', () => {
  it('are incomplete until the first update, and then all at once', () => {
    const store = new ConfigStore(OPTIONS);
    const [gw, nobody] = ['gw', 'nobody'].map((name) => store.open(name).config);
    const told: string[] = [];
    for (const config of [gw!, nobody!]) config.watch(() => told.push(config.name));
    expect([gw!.isComplete, nobody!.isComplete]).toEqual([false, false]);
    store.update([one(1)], []);
    expect([gw!.isComplete, nobody!.isComplete]).toEqual([true, true]);
    expect(told.sort()).toEqual(['gw', 'nobody']);
    expect([clusters(gw!), clusters(nobody!)]).toEqual([['upstream/1'], []]);
    expect([...nobody!.targets.listener.keys()]).toEqual(['ingress_http']);
  });

  it('are complete after an update that says there is nothing', () => {
    const store = new ConfigStore(OPTIONS);
    const { config } = store.open('gw');
    store.update([], []);
    expect(config.isComplete).toBe(true);
    expect(store.open('other').config.isComplete).toBe(true);
  });

  it('are one object a proxy for as long as somebody watches it or it exists', () => {
    const store = new ConfigStore(OPTIONS);
    store.update([one(1)], []);
    const first = store.open('nobody');
    const unwatch = first.config.watch(() => undefined);
    const second = store.open('nobody');
    expect(second.config).toBe(first.config);
    second.release();
    expect(store.open('nobody').config).toBe(first.config);
    unwatch();
    first.release();
    expect(store.open('nobody').config).not.toBe(first.config);
    const gw = store.open('gw');
    gw.release();
    expect(store.open('gw').config).toBe(gw.config);
  });

  it('follow a proxy that is created and removed while it is watched', () => {
    const store = new ConfigStore(OPTIONS);
    store.update([one(1)], []);
    const { config } = store.open('edge');
    const told: string[][] = [];
    config.watch(() => told.push(clusters(config)));
    store.update([one(2, 'edge')], []);
    store.update([], ['edge']);
    store.update([one(3, 'edge')], []);
    expect(told).toEqual([['upstream/2'], [], ['upstream/3']]);
    expect(store.open('edge').config).toBe(config);
  });

  it('forget a proxy that was removed when nobody watches it', () => {
    const store = new ConfigStore(OPTIONS);
    store.update([one(1)], []);
    const { config } = store.open('gw');
    store.update([], ['gw']);
    const again = store.open('gw').config;
    expect(again).not.toBe(config);
    expect(clusters(again)).toEqual([]);
  });

  it('take a proxy that is removed and created in one update for the new one', () => {
    const store = new ConfigStore(OPTIONS);
    store.update([one(1)], []);
    const { config } = store.open('gw');
    config.watch(() => undefined);
    store.update([one(2)], ['gw']);
    expect(clusters(config)).toEqual(['upstream/2']);
    store.update([], ['unknown']);
    expect(clusters(config)).toEqual(['upstream/2']);
  });

  it('tell what is served otherwise than stored', () => {
    const told = new Map<string, readonly Problem[]>();
    const notes = () => [...told.values()].flat();
    const store = new ConfigStore(OPTIONS, (...[name, part, found]) => told.set(`${name} ${part}`, found));
    const up = (id: number, weight: number) => upstream(id, 9000 + id, { strategy: 'RANDOM', weight });
    store.update([whole(proxy([service(1, 'a.test', [route(1, '/', [up(1, 1), up(2, 2)])])])), one(2, 'edge')], []);
    expect(notes()).toMatchObject([{ object: { kind: 'route', name: 'route1', of: { name: 'service1' } } }]);
    store.update([], ['gw']);
    expect(notes()).toEqual([]);
  });
});
