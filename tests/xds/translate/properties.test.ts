import fc from 'fast-check';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { HeaderMatch, ProxyModel, RouteMatch } from '../../../src/gateway';
import { Translator } from '../../../src/xds';
import { encodeResource, versionOfSet } from '../../../src/xds/resource';
import { encodeResponse } from '../../../src/xds/server/response';
import { HTTP_LISTENER, HTTPS_LISTENER, joinRouteConfiguration, TYPE_URLS } from '../../../src/xds/translate';
import { byPrecedence } from '../../../src/xds/translate/precedence';
import { proxy, route, service, upstream } from '../../support/models';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };
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

describe('successive snapshots of a proxy', () => {
  const base = [1, 2, 3].map((id) => service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000 + id)])]));

  it('have the same versions for the same content, whatever the order of services and whichever the translator', () => {
    const services = [
      ...base,
      service(4, '1.test', [route(4, '/', [upstream(4, 9004)]), route(5, '/long', [upstream(1, 9001), upstream(4, 9004)])]),
      service(6, 'tls.test', [route(6, '/', [upstream(1, 9001)])], { tls: { secretId: 1, secretName: 's', pair: PAIR } }),
      service(7, '*', [route(7, '/', [upstream(2, 9002)])], { tls: { secretId: 2, secretName: 't', pair: PAIR } }),
    ];
    const versions = (model: ProxyModel) => {
      const { listeners, hosts, clusters, secrets } = new Translator(OPTIONS).translate(model);
      return {
        resources: [
          ...[...listeners.values(), ...secrets.values()],
          ...[...clusters.values()].flatMap(({ cluster, endpoints }) => [cluster, endpoints]),
          ...[...hosts].map(([name, routes]) => joinRouteConfiguration(name, [...routes.values()])),
        ].map((resource) => resource && [resource.name, resource.version, resource.bytes.toString('hex')]),
      };
    };
    const expected = versions(proxy(services));
    fc.assert(
      fc.property(fc.shuffledSubarray(services, { minLength: services.length }), fc.nat(), (shuffled, version) => {
        const copies = shuffled.map((each) => structuredClone(each));
        expect(versions(proxy(copies, { version: String(version) }))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('keep what belongs to hosts that did not change, by identity', () => {
    const translator = new Translator(OPTIONS);
    const before = translator.translate(proxy(base));
    const changed = service(2, '2.test', [route(2, '/new', [upstream(2, 9002)])]);
    const after = translator.translate(proxy([base[0]!, changed, base[2]!]));
    const [old, now] = [before, after].map(({ hosts }) => hosts.get(HTTP_LISTENER)!);
    expect(now!.get('1.test')).toBe(old!.get('1.test'));
    expect(now!.get('3.test')).toBe(old!.get('3.test'));
    expect(now!.get('2.test')!.virtualHost.version).not.toBe(old!.get('2.test')!.virtualHost.version);
    expect(after.clusters.get('upstream/1')).toBe(before.clusters.get('upstream/1'));
    expect(after.listeners).toBe(before.listeners);
    expect(after.hosts.get(HTTPS_LISTENER)).toEqual(before.hosts.get(HTTPS_LISTENER));
    expect([...after.clusters.values()].map(({ cluster, endpoints }) => [cluster.version, endpoints?.version])).toEqual(
      [...before.clusters.values()].map(({ cluster, endpoints }) => [cluster.version, endpoints?.version]),
    );
  });

  it('follow the rate limit domain on the routes that are limited, and keep the others', () => {
    const translator = new Translator(OPTIONS);
    const limited = service(4, '4.test', [
      route(4, '/', [upstream(1, 9001)], { filters: { rateLimits: [[{ kind: 'remote_address' }]] } }),
    ]);
    const [before, after] = ['one', 'other'].map((domain) =>
      translator
        .translate(proxy([...base, limited], { rateLimits: [{ id: 1, name: 'g', domain, descriptors: [] }] }))
        .hosts.get(HTTP_LISTENER)!,
    );
    expect(after!.get('4.test')!.virtualHost.version).not.toBe(before!.get('4.test')!.virtualHost.version);
    expect(after!.get('1.test')!.virtualHost.version).toBe(before!.get('1.test')!.virtualHost.version);
  });

  it('never change the HTTP listener, and the TLS one with its hosts alone', () => {
    const translator = new Translator(OPTIONS);
    const first = translator.translate(proxy([]));
    const tls = { secretId: 1, secretName: 's', pair: PAIR };
    const second = translator.translate(
      proxy([...base, service(4, 'tls.test', [], { tls })], { rateLimits: [{ id: 1, name: 'g', domain: 'd', descriptors: [] }] }),
    );
    const third = translator.translate(
      proxy([
        service(4, 'tls.test', [], {
          tls: { ...tls, pair: { ...PAIR, certificate: 'ROTATED' } },
          filters: { lua: '--', cors: undefined },
        }),
      ]),
    );
    expect(second.listeners.get(HTTP_LISTENER)!.version).toBe(first.listeners.get(HTTP_LISTENER)!.version);
    expect(third.listeners.get(HTTPS_LISTENER)!.version).toBe(second.listeners.get(HTTPS_LISTENER)!.version);
    expect([...third.secrets.values()][0]!.version).not.toBe([...second.secrets.values()][0]!.version);
  });
});

describe('bytes that are joined', () => {
  const hosts = [
    ...new Translator(OPTIONS)
      .translate(proxy([1, 2].map((id) => service(id, `${id}.test`, [route(id, '/', [upstream(id, 9000)])]))))
      .hosts.get(HTTP_LISTENER)!
      .values(),
  ];

  it('are the RouteConfiguration that encoding it whole would give', () => {
    const virtualHosts = hosts.map(({ virtualHost }) => VirtualHost.decode(virtualHost.bytes));
    expect(virtualHosts.map(({ name }) => name)).toEqual(['1.test', '2.test']);
    const whole = RouteConfiguration.fromPartial({ name: 'ingress_http', ignorePortInHostMatching: true, virtualHosts });
    expect(RouteConfiguration.decode(joinRouteConfiguration('ingress_http', hosts).bytes)).toEqual(
      RouteConfiguration.decode(RouteConfiguration.encode(whole).finish()),
    );
  });

  it('are the DiscoveryResponse that encoding it whole would give', () => {
    const resources = ['a', 'b'].map((name) =>
      encodeResource(name, RouteConfiguration, RouteConfiguration.fromPartial({ name })),
    );
    const head = { typeUrl: TYPE_URLS.route, versionInfo: 'v', nonce: '7' };
    const whole = DiscoveryResponse.fromPartial({
      ...head,
      controlPlane: { identifier: 'enroute-gateway' },
      resources: resources.map(({ bytes }) => ({ typeUrl: TYPE_URLS.route, value: bytes })),
    });
    const expected = DiscoveryResponse.decode(DiscoveryResponse.encode(whole).finish());
    expect(DiscoveryResponse.decode(encodeResponse(head, resources))).toEqual(expected);
    expect(DiscoveryResponse.decode(encodeResponse(head, resources))).toEqual(expected);
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
