import path from 'node:path';
import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import { Listener } from '../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import type { HeaderMatch, Route, Service } from '../../../src/gateway';
import { apiListener, refusalListener, translateGrpcService } from '../../../src/xds/translate/grpc';
import { expectGolden } from '../../support/golden';
import { grpcUpstream, route, service, upstream } from '../../support/models';
import { readable } from './readable';

function golden(name: string, content: unknown): void {
  expectGolden(path.join(__dirname, 'golden/grpc', `${name}.json`), content);
}

function matching(id: number, headers: readonly HeaderMatch[]): Route {
  return route(id, '/', [grpcUpstream(id, 9000)], { match: { path: { kind: 'prefix', value: '/' }, headers } });
}

const SERVED: readonly { readonly name: string; readonly routes: readonly Route[] }[] = [
  {
    name: 'weights',
    routes: [
      route(1, '/', [
        grpcUpstream(1, 9001, { weight: 3 }),
        grpcUpstream(2, 9002, { weight: 1 }),
        grpcUpstream(3, 9003, { weight: 0 }),
      ]),
    ],
  },
  {
    name: 'weights-all-zero',
    routes: [route(1, '/', [grpcUpstream(1, 9001, { weight: 0 }), grpcUpstream(2, 9002, { weight: 0 })])],
  },
  {
    name: 'one-address-twice',
    routes: [
      route(1, '/', [
        grpcUpstream(1, 9001, { address: '::1', weight: 3 }),
        grpcUpstream(2, 9001, { address: '0:0:0:0:0:0:0:1', weight: 4 }),
      ]),
    ],
  },
  {
    name: 'dns-names',
    routes: [
      route(1, '/only/', [grpcUpstream(1, 9001, { address: 'one.test', isIp: false })]),
      route(2, '/', [
        grpcUpstream(1, 9001, { address: 'one.test', isIp: false, weight: 2 }),
        grpcUpstream(2, 9002, { weight: 3 }),
        grpcUpstream(3, 9003, { weight: 4 }),
      ]),
    ],
  },
  {
    name: 'precedence',
    routes: [
      route(1, '/', [grpcUpstream(1, 9001)]),
      route(2, '/shop.Cart/', [grpcUpstream(2, 9002)]),
      route(3, '/', [grpcUpstream(3, 9003)], { match: { path: { kind: 'regex', value: '/shop\\.[A-Z].*' }, headers: [] } }),
      route(4, '/no-upstream', []),
    ],
  },
  {
    name: 'header-matches',
    routes: [
      matching(1, [
        { name: 'X-Kind', test: 'exact', value: 'new' },
        { name: 'x-old', test: 'notexact', value: 'a' },
        { name: 'X-Old', test: 'notcontains', value: 'b' },
        { name: 'x-other', test: 'notexact', value: 'c' },
      ]),
      matching(2, [
        { name: ':method', test: 'exact', value: 'POST' },
        { name: 'x-any', test: 'present', value: '' },
        { name: 'x-part', test: 'contains', value: 'd' },
      ]),
      matching(3, [{ name: ':method', test: 'exact', value: 'GET' }]),
    ],
  },
  {
    name: 'limits-and-notes',
    routes: [
      route(
        1,
        '/',
        [
          grpcUpstream(1, 9001, {
            strategy: 'LEAST_REQUEST',
            healthCheck: {
              path: 'shop',
              host: 'h',
              intervalSeconds: 1,
              timeoutSeconds: 1,
              unhealthyThreshold: 1,
              healthyThreshold: 1,
            },
          }),
        ],
        { filters: { circuitBreakers: { maxConnections: 1, maxPendingRequests: 0, maxRequests: 7, maxRetries: 0 } } },
      ),
    ],
  },
];

it.each(SERVED)('gives gRPC clients a service: $name', ({ name, routes }) => {
  const translated = translateGrpcService(service(7, 'shop.test', routes, { name: 'shop' }));
  if (typeof translated === 'string') throw new Error(translated);
  golden(name, {
    routes: readable(RouteConfiguration, translated.routes.bytes),
    clusters: translated.clusters.map(({ cluster }) => readable(Cluster, cluster.bytes)),
    endpoints: translated.clusters.flatMap(({ endpoints }) =>
      endpoints ? [readable(ClusterLoadAssignment, endpoints.bytes)] : [],
    ),
    notes: translated.notes,
  });
});

it('gives them an API listener, or one that says why not', () => {
  golden('listeners', {
    served: readable(Listener, apiListener('shop', 'grpc/7').bytes),
    refused: readable(Listener, refusalListener('shop', 'service shop: it has a Lua filter').bytes),
  });
});

it('refuses them what they would bypass or cannot do, each with its reason', () => {
  const to = [grpcUpstream(1, 9001)];
  const refused: readonly Service[] = [
    service(1, 'a.test', [route(1, '/', to)], { name: 'lua', filters: { lua: 'x = 1', cors: undefined } }),
    service(1, 'a.test', [route(1, '/', to)], { name: 'tls', tls: { secretId: 1, secretName: 'pair', pair: undefined } }),
    service(1, 'a.test', [route(1, '/', to, { filters: { rateLimits: [[{ kind: 'remote_address' }]] } })], {
      name: 'rate-limit',
    }),
    service(1, 'a.test', [route(1, '/', to, { filters: { directResponse: { status: 418 } } })], { name: 'direct-response' }),
    service(1, 'a.test', [route(1, '/', to, { filters: { redirect: REDIRECT } })], { name: 'redirect' }),
    service(1, 'a.test', [route(1, '/', to, { filters: { hostRewrite: { patternRegex: 'a', substitution: 'b' } } })], {
      name: 'host-rewrite',
    }),
    service(1, 'a.test', [route(1, '/', to, { filters: { outlierDetection: OUTLIERS } })], { name: 'outlier-detection' }),
    service(1, 'a.test', [route(1, '/', to, { filters: { circuitBreakers: { ...BREAKERS, maxPendingRequests: 2 } } })], {
      name: 'pending-requests',
    }),
    service(1, 'a.test', [route(1, '/', [upstream(1, 9001)])], { name: 'http' }),
    service(1, 'a.test', [route(1, '/', [grpcUpstream(1, 9001, { transport: 'h2' })])], { name: 'upstream-tls' }),
    service(1, 'a.test', [matching(1, [{ name: ':path', test: 'exact', value: '/a' }])], { name: 'pseudo-header' }),
    service(
      1,
      'a.test',
      [
        matching(
          1,
          ['a', 'b', 'c', 'd'].map((name) => ({ name, test: 'notexact', value: 'x' }) as const),
        ),
      ],
      {
        name: 'many-denials',
      },
    ),
    service(1, 'a.test', [route(1, '/', [])], { name: 'nowhere' }),
  ];
  golden('refusals', Object.fromEntries(refused.map((each) => [each.name, translateGrpcService(each)])));
});

it('lets CORS be, which binds browsers only', () => {
  const cors = { origins: [], allowMethods: '', allowHeaders: '', exposeHeaders: '', maxAge: '' };
  const translated = translateGrpcService(
    service(1, 'a.test', [route(1, '/', [grpcUpstream(1, 9001)])], { filters: { lua: undefined, cors } }),
  );
  expect(typeof translated).toBe('object');
});

const BREAKERS = { maxConnections: 0, maxPendingRequests: 0, maxRequests: 0, maxRetries: 0 };
const OUTLIERS = {
  consecutive5xx: 3,
  enforcingConsecutive5xx: 100,
  consecutiveGatewayFailure: 0,
  enforcingConsecutiveGatewayFailure: 0,
};
const REDIRECT = {
  scheme: '',
  host: 'b.test',
  port: 0,
  path: '',
  prefixRewrite: '',
  regex: '',
  responseCode: 301,
  stripQuery: false,
} as const;
