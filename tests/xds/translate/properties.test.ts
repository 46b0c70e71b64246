import fc from 'fast-check';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { DiscoveryResponse } from '../../../gen/envoy-api/envoy/service/discovery/v3/discovery';
import type { HeaderMatch, RouteMatch } from '../../../src/gateway';
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

  it('have the same versions for the same content, from any translator', () => {
    const one = new Translator(OPTIONS).translate(proxy(base));
    const other = new Translator(OPTIONS).translate(
      proxy(
        base.map((each) => ({ ...each })),
        { version: '99' },
      ),
    );
    expect([...other.clusters.values()].map(({ cluster }) => cluster.version)).toEqual(
      [...one.clusters.values()].map(({ cluster }) => cluster.version),
    );
    expect(joinRouteConfiguration('r', [...other.hosts.get(HTTP_LISTENER)!.values()]).version).toBe(
      joinRouteConfiguration('r', [...one.hosts.get(HTTP_LISTENER)!.values()]).version,
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
    const joined = RouteConfiguration.decode(joinRouteConfiguration('ingress_http', hosts).bytes);
    expect(joined).toMatchObject({
      name: 'ingress_http',
      ignorePortInHostMatching: true,
      virtualHosts: [{ name: '1.test' }, { name: '2.test' }],
    });
    expect(RouteConfiguration.decode(RouteConfiguration.encode(joined).finish())).toEqual(joined);
  });

  it('are the DiscoveryResponse that encoding it whole would give', () => {
    const resources = ['a', 'b'].map((name) =>
      encodeResource(name, RouteConfiguration, RouteConfiguration.fromPartial({ name })),
    );
    const response = DiscoveryResponse.decode(
      encodeResponse({ typeUrl: TYPE_URLS.route, versionInfo: 'v', nonce: '7' }, resources),
    );
    expect(response).toMatchObject({ typeUrl: TYPE_URLS.route, versionInfo: 'v', nonce: '7' });
    expect(response.resources.map(({ typeUrl, value }) => [typeUrl, RouteConfiguration.decode(value).name])).toEqual([
      [TYPE_URLS.route, 'a'],
      [TYPE_URLS.route, 'b'],
    ]);
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
