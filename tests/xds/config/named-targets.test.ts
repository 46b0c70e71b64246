import type { Service } from '../../../src/gateway';
import { ProxyConfig } from '../../../src/xds/config';
import type { ConfigChange } from '../../../src/xds/config';
import { grpcUpstream, proxy, route, service } from '../../support/models';

const OPTIONS = { listenHost: '127.0.0.1', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 443, proxyName: 'gw' };

function named(id: number, name: string, weight = 1): Service {
  const upstreams = [grpcUpstream(1, 9001, { weight }), grpcUpstream(2, 9002, { weight: 1 })];
  return service(id, `${name}.test`, [route(10 * id, '/', upstreams)], { name });
}

/** A configuration of some services, and what its changes name. */
function configOf(...services: readonly Service[]) {
  const config = new ProxyConfig('gw', OPTIONS, () => () => undefined);
  const all = new Map(services.map((each) => [each.id, each]));
  const told: string[][] = [];
  config.apply({ model: proxy(services), services: 'all' });
  config.watch(({ named: names }: ConfigChange) =>
    told.push([...names].flatMap(([kind, changed]) => [...changed].map((name) => `${kind} ${name}`))),
  );
  const change = (put: readonly Service[], removed: readonly number[] = []): readonly string[] => {
    for (const id of removed) all.delete(id);
    for (const each of put) all.set(each.id, each);
    const services = new Set([...put.map(({ id }) => id), ...removed]);
    config.apply({ model: proxy([...all.values()]), services });
    return told.at(-1) ?? [];
  };
  return { config, change };
}

function there(config: ProxyConfig): string[] {
  const { targets } = config.named;
  return (['cluster', 'endpoint', 'listener', 'route'] as const).flatMap((kind) =>
    [...targets[kind].keys()].map((name) => `${kind} ${name}`),
  );
}

it('makes what is asked for by name, and nothing else, until nobody asks any more', () => {
  const { config, change } = configOf(named(1, 'a'), named(2, 'b'));
  expect(there(config)).toEqual([]);
  config.named.demand('listener', 'a');
  config.named.demand('listener', 'a');
  expect(there(config)).toEqual(['cluster grpc/1/10', 'endpoint grpc/1/10', 'listener a', 'route grpc/1']);
  expect(change([named(2, 'b', 5)])).toEqual([]);
  config.named.release('listener', 'a');
  expect(there(config)).toHaveLength(4);
  config.named.release('listener', 'a');
  expect(there(config)).toEqual([]);
});

it('finds it by name, and never among everything', () => {
  const { config } = configOf(named(1, 'a'));
  const everything = () => [...config.targets.listener.keys(), ...config.targets.cluster.keys(), ...config.targets.route.keys()];
  const before = everything();
  config.named.demand('listener', 'a');
  expect(config.targets.listener.get('a')?.resource.name).toBe('a');
  expect(config.targets.cluster.has('grpc/1/10')).toBe(true);
  expect(everything()).toEqual(before);
});

it('makes a service for whatever name of it is asked for first', () => {
  const { config } = configOf(named(1, 'a'));
  config.named.demand('endpoint', 'grpc/1/10');
  expect(there(config)).toEqual(['cluster grpc/1/10', 'endpoint grpc/1/10', 'route grpc/1']);
  config.named.release('endpoint', 'grpc/1/10');
  expect(there(config)).toEqual([]);
});

it('changes the endpoints alone when a weight changes', () => {
  const { config, change } = configOf(named(1, 'a'));
  config.named.demand('listener', 'a');
  expect(change([named(1, 'a', 7)])).toEqual(['endpoint grpc/1/10']);
  expect(change([named(1, 'a', 7)])).toEqual([]);
});

it('keeps a cluster that routes do not lead to any more for as long as somebody asks for it', () => {
  const { config, change } = configOf(named(1, 'a'));
  config.named.demand('listener', 'a');
  config.named.demand('cluster', 'grpc/1/10');
  const other = { ...named(1, 'a'), routes: [route(11, '/', [grpcUpstream(3, 9003)])] };
  expect(change([other])).toEqual(['endpoint grpc/1/11', 'cluster grpc/1/11', 'route grpc/1']);
  expect(config.targets.cluster.has('grpc/1/10')).toBe(true);
  config.named.release('cluster', 'grpc/1/10');
  expect(there(config)).toEqual(['cluster grpc/1/11', 'endpoint grpc/1/11', 'listener a', 'route grpc/1']);
});

it('follows names: a service that comes, two that swap theirs, one that goes', () => {
  const { config, change } = configOf(named(1, 'a'), named(2, 'b'));
  const leadsTo = (name: string) =>
    /grpc\/(?:\d+|refused)/.exec(config.targets.listener.get(name)?.resource.bytes.toString() ?? '')?.[0];
  for (const name of ['a', 'b', 'c']) config.named.demand('listener', name);
  expect(['a', 'b', 'c'].map(leadsTo)).toEqual(['grpc/1', 'grpc/2', 'grpc/refused']);
  expect(change([named(3, 'c')])).toContain('listener c');
  change([named(1, 'b'), named(2, 'a')]);
  expect(['a', 'b', 'c'].map(leadsTo)).toEqual(['grpc/2', 'grpc/1', 'grpc/3']);
  change([], [3]);
  expect(['a', 'b', 'c'].map(leadsTo)).toEqual(['grpc/2', 'grpc/1', 'grpc/refused']);
  expect([...config.notes()]).toEqual([
    {
      object: { kind: 'service', name: 'c' },
      message: 'refused to gRPC clients: the proxy gw has no such service',
      isServed: true,
    },
  ]);
});

it('tells why a service is refused when it is asked for, and notes it for as long as it is', () => {
  const filtered = { ...named(1, 'a'), filters: { lua: 'x = 1', cors: undefined } };
  const { config, change } = configOf(filtered);
  const problem = {
    object: { kind: 'service', name: 'a' },
    message: 'refused to gRPC clients: it has a Lua filter, which only the proxy runs',
    isServed: true,
  };
  expect(config.named.demand('listener', 'a')).toEqual(problem);
  expect([...config.notes()]).toEqual([problem]);
  expect(change([named(1, 'a')])).toEqual(expect.arrayContaining(['listener a', 'route grpc/1', 'cluster grpc/1/10']));
  expect([...config.notes()]).toEqual([]);
  change([filtered]);
  config.named.release('listener', 'a');
  expect([...config.notes()]).toEqual([]);
});

it('says nothing of what it does not know yet', () => {
  const config = new ProxyConfig('gw', OPTIONS, () => () => undefined);
  expect(config.named.demand('listener', 'a')).toBeUndefined();
  config.apply({ model: proxy([named(1, 'a')]), services: 'all' });
  expect([...config.notes()]).toEqual([]);
  expect(there(config)).toContain('route grpc/1');
});

it("leaves Envoy's listeners to it, whatever a service is called", () => {
  const { config } = configOf(named(1, 'ingress_http'));
  const before = config.targets.listener.get('ingress_http');
  config.named.demand('listener', 'ingress_http');
  expect(config.targets.listener.get('ingress_http')).toBe(before);
  expect(there(config)).toEqual([]);
  config.named.release('listener', 'ingress_http');
});
