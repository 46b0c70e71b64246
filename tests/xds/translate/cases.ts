import type { HealthCheck, ProxyModel, RateLimitAction } from '../../../src/gateway';
import { grpcUpstream, proxy, route, service, upstream } from '../../support/models';

const CHECK: HealthCheck = {
  path: '/healthz',
  host: 'check.test',
  intervalSeconds: 10,
  timeoutSeconds: 2,
  unhealthyThreshold: 3,
  healthyThreshold: 2,
};
const PAIR = { certificate: 'CERTIFICATE', privateKey: 'KEY' };
const ACTIONS: readonly RateLimitAction[] = [
  { kind: 'generic_key', value: 'default' },
  { kind: 'request_headers', headerName: 'x-app-key', descriptorKey: 'app' },
  { kind: 'source_cluster' },
  { kind: 'destination_cluster' },
  { kind: 'remote_address' },
];
const one = (...routes: Parameters<typeof service>[2]): ProxyModel => proxy([service(1, 'a.test', routes)]);
const redirect = {
  scheme: '',
  host: '',
  port: 0,
  path: '',
  prefixRewrite: '',
  regex: '',
  responseCode: 301,
  stripQuery: false,
} as const;

/** A model a feature; the golden file of the same name holds what Envoy gets. `listeners` are shown where they are the point. */
export const CASES: readonly { readonly name: string; readonly model: ProxyModel; readonly listeners?: true }[] = [
  { name: 'empty-proxy', model: proxy([]), listeners: true },
  { name: 'plain-route', model: one(route(1, '/', [upstream(1, 9001)])) },
  { name: 'route-without-upstream', model: one(route(1, '/a', []), route(2, '/', [upstream(1, 9001)])) },
  {
    name: 'weights',
    model: one(
      route(1, '/', [upstream(1, 9001, { weight: 70 }), upstream(2, 9002, { weight: 30 }), upstream(3, 9003, { weight: 0 })]),
    ),
  },
  { name: 'weights-all-zero', model: one(route(1, '/', [upstream(1, 9001, { weight: 0 }), upstream(2, 9002, { weight: 0 })])) },
  {
    name: 'unlike-upstreams',
    model: one(route(1, '/', [upstream(1, 9001, { weight: 70 }), upstream(2, 9002, { weight: 30, healthCheck: CHECK })])),
  },
  {
    name: 'random-with-unequal-weights',
    model: one(route(1, '/', [upstream(1, 9001, { strategy: 'RANDOM' }), upstream(2, 9002, { strategy: 'RANDOM', weight: 5 })])),
  },
  {
    name: 'strategies',
    model: one(
      route(1, '/random', [upstream(1, 9001, { strategy: 'RANDOM' })]),
      route(2, '/least', [upstream(2, 9002, { strategy: 'LEAST_REQUEST' })]),
      route(3, '/cookie', [upstream(3, 9003, { strategy: 'RING_HASH_COOKIE' })]),
    ),
  },
  {
    name: 'transports',
    model: one(
      route(1, '/https', [upstream(1, 443, { transport: 'https', address: 'up.test', isIp: false })]),
      route(2, '/https-ip', [upstream(2, 443, { transport: 'https' })]),
      route(3, '/h2', [upstream(3, 443, { transport: 'h2' })]),
      route(4, '/h2c', [upstream(4, 80, { transport: 'h2c' })]),
      route(5, '/grpc', [grpcUpstream(5, 50051)]),
    ),
  },
  {
    name: 'verified-upstream',
    model: one(
      route(1, '/name', [upstream(1, 443, { transport: 'https', validation: { caCertificate: 'CA', subjectName: 'up.test' } })]),
      route(2, '/address', [upstream(2, 443, { transport: 'h2', validation: { caCertificate: 'CA', subjectName: '10.0.0.1' } })]),
    ),
  },
  {
    name: 'health-checks',
    model: one(
      route(1, '/http', [upstream(1, 9001, { healthCheck: CHECK })]),
      route(2, '/h2c', [upstream(2, 9002, { healthCheck: CHECK, transport: 'h2c' })]),
      route(3, '/grpc-connect', [grpcUpstream(3, 9003, { healthCheck: { ...CHECK, path: '/' } })]),
      route(4, '/grpc-named', [grpcUpstream(4, 9004, { healthCheck: { ...CHECK, path: 'pets.v1.Pets' } })]),
    ),
  },
  {
    name: 'dns-name-with-an-address',
    model: one(route(1, '/', [upstream(1, 80, { address: 'up.test', isIp: false }), upstream(2, 80, { address: '10.0.0.1' })])),
  },
  {
    name: 'matches',
    model: one(
      route(1, '/', [upstream(1, 9001)], {
        match: {
          path: { kind: 'prefix', value: '/api' },
          headers: [
            { name: ':method', test: 'exact', value: 'GET' },
            { name: 'x-a', test: 'notexact', value: 'no' },
            { name: 'x-b', test: 'contains', value: 'part' },
            { name: 'x-c', test: 'notcontains', value: 'part' },
            { name: 'x-d', test: 'present', value: '' },
          ],
        },
      }),
      route(2, '/', [upstream(1, 9001)], { match: { path: { kind: 'regex', value: '/pets/(?P<id>.*)$' }, headers: [] } }),
      route(3, '/', [upstream(1, 9001)]),
    ),
  },
  {
    name: 'merged-host',
    model: proxy([
      service(1, 'a.test', [route(1, '/', [upstream(1, 9001)])], { filters: { lua: '-- of service 1', cors: undefined } }),
      service(2, 'a.test', [route(2, '/two', [upstream(2, 9002)])]),
      service(3, '*.a.test', [route(3, '/', [upstream(1, 9001)])]),
      service(4, '', [route(4, '/', [upstream(1, 9001)])], { host: undefined }),
    ]),
  },
  {
    name: 'cors',
    model: proxy([
      service(1, 'a.test', [route(1, '/', [upstream(1, 9001)])], {
        filters: {
          lua: undefined,
          cors: {
            origins: (['regex', 'prefix', 'exact', 'suffix', 'contains'] as const).map((kind) => ({ kind, value: `of-${kind}` })),
            allowMethods: 'GET, OPTIONS',
            allowHeaders: 'Content-Type',
            exposeHeaders: '*',
            maxAge: '120',
          },
        },
      }),
    ]),
  },
  { name: 'rate-limit', model: one(route(1, '/', [upstream(1, 9001)], { filters: { rateLimits: [ACTIONS, [ACTIONS[4]!]] } })) },
  {
    name: 'rate-limit-of-another-proxy',
    model: proxy([service(1, 'a.test', [route(1, '/', [upstream(1, 9001)], { filters: { rateLimits: [[ACTIONS[0]!]] } })])], {
      name: 'edge',
      rateLimits: [{ id: 1, name: 'gc', domain: 'shop', descriptors: [] }],
    }),
    listeners: true,
  },
  {
    name: 'cluster-filters-of-one-route',
    model: one(
      route(1, '/plain', [upstream(1, 9001)]),
      route(2, '/guarded', [upstream(1, 9001)], {
        filters: {
          circuitBreakers: { maxConnections: 25, maxPendingRequests: 0, maxRequests: 125, maxRetries: 5 },
          outlierDetection: {
            consecutive5xx: 8,
            enforcingConsecutive5xx: 9,
            consecutiveGatewayFailure: 0,
            enforcingConsecutiveGatewayFailure: 11,
          },
        },
      }),
    ),
  },
  {
    name: 'host-rewrite',
    model: one(
      route(1, '/literal', [upstream(1, 9001)], { filters: { hostRewrite: { patternRegex: '', substitution: 'inner.test' } } }),
      route(2, '/regex', [upstream(1, 9001)], { filters: { hostRewrite: { patternRegex: '^/(.+)/.+$', substitution: '\\1' } } }),
    ),
  },
  {
    name: 'own-answers',
    model: one(
      ...([301, 302, 303, 307, 308] as const).map((responseCode) =>
        route(responseCode, `/r${responseCode}`, [], { filters: { redirect: { ...redirect, host: 'else.test', responseCode } } }),
      ),
      route(1, '/prefix', [], {
        filters: { redirect: { ...redirect, prefixRewrite: '/new', path: '/lost', stripQuery: true, port: 81, scheme: 'https' } },
      }),
      route(2, '/path', [], { filters: { redirect: { ...redirect, path: '/whole' } } }),
      route(3, '/regex', [], { filters: { redirect: { ...redirect, regex: '^/regex/(.*)$', path: '/\\1' } } }),
      route(4, '/direct', [], { filters: { directResponse: { status: 418 } } }),
    ),
  },
  {
    name: 'tls-hosts',
    model: proxy([
      service(
        1,
        'a.test',
        [route(1, '/', [upstream(1, 9001)]), route(2, '/own', [], { filters: { directResponse: { status: 418 } } })],
        {
          tls: { secretId: 7, secretName: 'a', pair: PAIR },
        },
      ),
      service(2, '*', [route(3, '/', [upstream(1, 9001)])], { tls: { secretId: 8, secretName: 'any', pair: PAIR } }),
      service(3, '*.b.test', [route(4, '/', [upstream(1, 9001)])], { tls: { secretId: 8, secretName: 'any', pair: PAIR } }),
    ]),
    listeners: true,
  },
  {
    name: 'tls-host-without-pair',
    model: proxy([
      service(1, 'a.test', [route(1, '/', [upstream(1, 9001)])], { tls: { secretId: 7, secretName: 'a', pair: undefined } }),
      service(2, 'a.test', [route(2, '/two', [upstream(1, 9001)])]),
    ]),
    listeners: true,
  },
  {
    name: 'wildcards',
    model: proxy([
      service(1, '*.a.test', [route(1, '/', [upstream(1, 9001)])]),
      service(2, 'one.a.test', [route(2, '/', [upstream(2, 9002)])]),
      service(3, 'b.test', [route(3, '/', [upstream(3, 9003)])]),
    ]),
    listeners: true,
  },
  {
    name: 'nested-wildcards',
    model: proxy([
      service(1, '*.test', [route(1, '/', [upstream(1, 9001)])]),
      service(2, '*.a.test', [route(2, '/', [upstream(1, 9001)])]),
      service(3, '*.b.a.test', [route(3, '/', [upstream(1, 9001)])]),
      service(4, 'a.test', [route(4, '/', [upstream(1, 9001)])]),
      service(5, 'one.a.test', [route(5, '/', [upstream(1, 9001)])]),
      service(6, 'one.b.a.test', [route(6, '/', [upstream(1, 9001)])]),
    ]),
    listeners: true,
  },
  {
    name: 'any-host',
    model: proxy([
      service(1, '*', [route(1, '/', [upstream(1, 9001)])]),
      service(2, '*.a.test', [route(2, '/', [upstream(1, 9001)])]),
      service(3, 'one.a.test', [route(3, '/', [upstream(1, 9001)])]),
    ]),
    listeners: true,
  },
  {
    name: 'tls-wildcards',
    model: proxy([
      service(1, '*.a.test', [route(1, '/', [upstream(1, 9001)])], { tls: { secretId: 7, secretName: 'a', pair: PAIR } }),
      service(2, 'secure.a.test', [route(2, '/', [upstream(2, 9002)])], { tls: { secretId: 8, secretName: 'b', pair: PAIR } }),
      service(3, 'plain.a.test', [route(3, '/', [upstream(3, 9003)])]),
      service(4, '*.b.a.test', [route(4, '/', [upstream(1, 9001)])], { tls: { secretId: 7, secretName: 'a', pair: PAIR } }),
    ]),
    listeners: true,
  },
];
