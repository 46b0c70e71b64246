import fc from 'fast-check';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { DeltaDiscoveryResponse, DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { HeaderMatch, ProxyModel, RouteMatch } from '../../../src/gateway';
import { ProxyConfig } from '../../../src/xds/config';
import { encodeResource, versionOfSet } from '../../../src/xds/resource';
import { encodeDelivery } from '../../../src/xds/server/wire';
import { HTTP_LISTENER, HTTPS_LISTENER, joinRouteConfiguration, KINDS, TYPE_URLS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';
import { byPrecedence } from '../../../src/xds/translate/precedence';
import { proxy, route, service, upstream, whole } from '../../support/models';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };
/** The configuration of a proxy; what follows later never does. */
function configOf(model: ProxyModel): ProxyConfig {
  const config = new ProxyConfig('gw', OPTIONS, () => () => undefined);
  config.apply(whole(model));
  return config;
}

const PAIR = { certificate: 'CERTIFICATE', privateKey: 'KEY' };

const header: fc.Arbitrary<HeaderMatch> = fc.record({
  name: fc.constantFrom('a', 'b'),
  test: fc.constantFrom('present' as const, 'exact' as const),
  value: fc.constantFrom('', '1'),
});
const match: fc.Arbitrary<RouteMatch> = fc.record({
  path: fc.record({ kind: fc.constantFrom('prefix' as const, 'regex' as const), value: fc.constantFrom('/', '/a', '/ab', '/b') }),
  headers: fc.array(header, { maxLength: 2 }),
});
const ranked = fc.record({ match, name: fc.constantFrom('r', 's'), id: fc.nat(100) });

describe('the precedence of routes', () => {
  it('is a total order, whatever the order of the rows', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ranked, { selector: ({ id }) => id, maxLength: 12 }), (routes) => {
        const sorted = [...routes].sort(byPrecedence);
        expect([...routes].reverse().sort(byPrecedence)).toEqual(sorted);
        for (const [index, later] of sorted.entries())
          for (const earlier of sorted.slice(0, index)) expect(byPrecedence(earlier, later)).toBeLessThan(0);
      }),
    );
  });

  it.each<[string, Partial<RouteMatch>, Partial<RouteMatch>]>([
    [
      'a regular expression before a longer prefix',
      { path: { kind: 'regex', value: '/.*' } },
      { path: { kind: 'prefix', value: '/pets' } },
    ],
    [
      'the longer regular expression first',
      { path: { kind: 'regex', value: '/pets/.*' } },
      { path: { kind: 'regex', value: '/.*' } },
    ],
    [
      'more header conditions first, whatever they are',
      {
        headers: [
          { name: 'y', test: 'exact', value: '2' },
          { name: 'z', test: 'present', value: '' },
        ],
      },
      { headers: [{ name: 'a', test: 'exact', value: '1' }] },
    ],
  ])('puts %s', (_, first, second) => {
    const [a, b] = [first, second].map((changes, index) => ({
      match: { path: { kind: 'prefix' as const, value: '/' }, headers: [], ...changes },
      name: `r${1 - index}`,
      id: 1 - index,
    }));
    expect(byPrecedence(a!, b!)).toBeLessThan(0);
    expect(byPrecedence(b!, a!)).toBeGreaterThan(0);
  });

  it('never puts a route behind one that takes all of its requests', () => {
    fc.assert(
      fc.property(ranked, ranked, (a, b) => {
        fc.pre(a.match.path.kind === 'prefix' && b.match.path.kind === 'prefix' && a.match.path.value !== b.match.path.value);
        fc.pre(b.match.path.value.startsWith(a.match.path.value));
        expect(byPrecedence(b, a)).toBeLessThan(0);
      }),
    );
  });
});

describe('successive models of a proxy', () => {
  const base = [1, 2, 3].map((id) => service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000 + id)])]));
  const versionOf = ({ targets }: ProxyConfig, kind: ResourceKind, name: string) => targets[kind].get(name)?.resource.version;

  it('have the same versions for the same content, whatever the order of services and whichever the configuration', () => {
    const services = [
      ...base,
      service(4, '1.test', [route(4, '/', [upstream(4, 9004)]), route(5, '/long', [upstream(1, 9001), upstream(4, 9004)])]),
      service(5, '*.wild.test', [route(8, '/', [upstream(1, 9001)])], { tls: { secretId: 3, secretName: 'w', pair: PAIR } }),
      service(6, 'tls.wild.test', [route(6, '/', [upstream(1, 9001)])], { tls: { secretId: 1, secretName: 's', pair: PAIR } }),
      service(7, '*', [route(7, '/', [upstream(2, 9002)])], { tls: { secretId: 2, secretName: 't', pair: PAIR } }),
    ];
    const contents = (model: ProxyModel) => {
      const { targets } = configOf(model);
      return KINDS.flatMap((kind) =>
        [...targets[kind].values()]
          .map(({ resource: { name, version, bytes } }) => `${kind} ${name} ${version} ${bytes.toString('hex')}`)
          .sort(),
      );
    };
    const expected = contents(proxy(services));
    fc.assert(
      fc.property(fc.shuffledSubarray(services, { minLength: services.length }), fc.nat(), (shuffled, version) => {
        const copies = shuffled.map((each) => structuredClone(each));
        expect(contents(proxy(copies, { version: String(version) }))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('keep what belongs to hosts that did not change, by identity', () => {
    const config = configOf(proxy(base));
    const before = new Map(KINDS.map((kind) => [kind, new Map(config.targets[kind])]));
    const changed = service(2, '2.test', [route(2, '/new', [upstream(2, 9002)])]);
    config.apply(whole(proxy([base[0]!, changed, base[2]!])));
    for (const kind of KINDS) {
      expect([...config.targets[kind].keys()].sort()).toEqual([...before.get(kind)!.keys()].sort());
      for (const [name, target] of config.targets[kind]) {
        if (name === 'http/2.test') expect(target.resource.version).not.toBe(before.get(kind)!.get(name)!.resource.version);
        else expect(target).toBe(before.get(kind)!.get(name));
      }
    }
  });

  it('follow the rate limit domain on the routes that are limited, and keep the others', () => {
    const limited = service(4, '4.test', [
      route(4, '/', [upstream(1, 9001)], { filters: { rateLimits: [[{ kind: 'remote_address' }]] } }),
    ]);
    const model = (domain: string) => proxy([...base, limited], { rateLimits: [{ id: 1, name: 'g', domain, descriptors: [] }] });
    const config = configOf(model('one'));
    const versions = () => ['http/4.test', 'http/1.test'].map((name) => versionOf(config, 'route', name));
    const [before, other] = versions();
    config.apply({ model: model('other'), services: new Set() });
    expect(versions()[0]).not.toBe(before);
    expect(versions()[1]).toBe(other);
  });

  it('change the HTTP listener with wildcards alone, and the TLS one with its hosts alone', () => {
    const config = configOf(proxy([]));
    const http = versionOf(config, 'listener', HTTP_LISTENER);
    const tls = { secretId: 1, secretName: 's', pair: PAIR };
    config.apply(
      whole(
        proxy([...base, service(4, 'tls.test', [], { tls })], {
          rateLimits: [{ id: 1, name: 'g', domain: 'd', descriptors: [] }],
        }),
      ),
    );
    const [https, secret] = [versionOf(config, 'listener', HTTPS_LISTENER), versionOf(config, 'secret', 'secret/1')];
    expect(versionOf(config, 'listener', HTTP_LISTENER)).toBe(http);
    const rotated = { ...tls, pair: { ...PAIR, certificate: 'ROTATED' } };
    config.apply(whole(proxy([service(4, 'tls.test', [], { tls: rotated, filters: { lua: '--', cors: undefined } })])));
    expect(https).toBeDefined();
    expect(versionOf(config, 'listener', HTTPS_LISTENER)).toBe(https);
    expect(versionOf(config, 'secret', 'secret/1')).not.toBe(secret);
    config.apply(whole(proxy([...base, service(5, '*.test', [])])));
    expect(versionOf(config, 'listener', HTTP_LISTENER)).not.toBe(http);
    config.apply(whole(proxy(base)));
    expect(versionOf(config, 'listener', HTTP_LISTENER)).toBe(http);
    expect(versionOf(config, 'listener', HTTPS_LISTENER)).toBeUndefined();
  });
});

describe('bytes that are joined', () => {
  const own = [1, 2].map((id) => service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000)])]));
  const hosts = [
    ...configOf(proxy([...own, service(3, '*', [])]))
      .targets.route.get('http/*')!
      .members.values(),
  ];

  it('are the RouteConfiguration that encoding it whole would give', () => {
    const virtualHosts = hosts.map(({ virtualHost }) => VirtualHost.decode(virtualHost.bytes));
    expect(virtualHosts.map(({ name }) => name)).toEqual(['*', '1.test', '2.test']);
    const all = RouteConfiguration.fromPartial({
      name: 'http/*',
      ignorePortInHostMatching: true,
      requestHeadersToRemove: ['x-enroute-scope'],
      virtualHosts,
    });
    expect(RouteConfiguration.decode(joinRouteConfiguration('http/*', hosts, []).bytes)).toEqual(
      RouteConfiguration.decode(RouteConfiguration.encode(all).finish()),
    );
  });

  const resources = ['a', 'b'].map((name) => encodeResource(name, RouteConfiguration, RouteConfiguration.fromPartial({ name })));
  const common = { typeUrl: TYPE_URLS.route, nonce: '7', controlPlane: { identifier: 'enroute-gateway' } };
  const delivery = { kind: 'route' as const, nonce: 7, version: 'v', resources };

  it('are the DiscoveryResponse that encoding it whole would give', () => {
    const all = DiscoveryResponse.fromPartial({
      ...common,
      versionInfo: 'v',
      resources: resources.map(({ bytes }) => ({ typeUrl: TYPE_URLS.route, value: bytes })),
    });
    const expected = DiscoveryResponse.decode(DiscoveryResponse.encode(all).finish());
    for (let time = 0; time < 2; time += 1) {
      const encoded = encodeDelivery('state of the world', { ...delivery, removed: [] });
      expect(DiscoveryResponse.decode(encoded)).toEqual(expected);
    }
  });

  it('are the DeltaDiscoveryResponse that encoding it whole would give', () => {
    const all = DeltaDiscoveryResponse.fromPartial({
      ...common,
      systemVersionInfo: 'v',
      removedResources: ['c', 'd'],
      resources: resources.map(({ name, version, bytes }) => ({
        name,
        version,
        resource: { typeUrl: TYPE_URLS.route, value: bytes },
      })),
    });
    const expected = DeltaDiscoveryResponse.decode(DeltaDiscoveryResponse.encode(all).finish());
    for (let time = 0; time < 2; time += 1) {
      expect(DeltaDiscoveryResponse.decode(encodeDelivery('delta', { ...delivery, removed: ['c', 'd'] }))).toEqual(expected);
    }
  });

  it('have a set version that tells sets apart and does not depend on their order', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) =>
      encodeResource(name, RouteConfiguration, RouteConfiguration.fromPartial({ name })),
    );
    expect(versionOfSet([a!, b!])).toBe(versionOfSet([b!, a!]));
    expect(versionOfSet([a!, b!])).not.toBe(versionOfSet([a!, c!]));
    expect(versionOfSet([a!])).not.toBe(versionOfSet([]));
  });
});
