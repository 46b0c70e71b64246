import type { ProxyModel } from '../../src/gateway';
import { proxy, route, service, upstream } from '../support/models';

const pair = { certificate: 'certificate', privateKey: 'key' };
const REDIRECT = {
  scheme: '',
  host: '',
  port: 0,
  path: '',
  prefixRewrite: '',
  regex: '',
  responseCode: 302,
  stripQuery: false,
} as const;
const LUA = 'function envoy_on_request(handle) end';

/** A proxy of which every kind of answer can be had. */
export const MODEL: ProxyModel = proxy(
  [
    service(
      1,
      'shop.test',
      [
        route(1, '/', [upstream(1, 8001, { weight: 75 }), upstream(2, 8002, { weight: 25 }), upstream(3, 8003, { weight: 0 })]),
        route(
          2,
          '/cart',
          [upstream(1, 8001), upstream(4, 8004, { strategy: 'LEAST_REQUEST', address: 'cart.test', isIp: false })],
          {
            match: {
              path: { kind: 'prefix', value: '/cart' },
              headers: [
                { name: 'X-Version', test: 'exact', value: '2' },
                { name: 'x-debug', test: 'notcontains', value: 'on' },
              ],
            },
          },
        ),
        route(3, '/full', [upstream(5, 8005)], {
          filters: {
            rateLimits: [
              [{ kind: 'generic_key', value: 'default' }, { kind: 'remote_address' }],
              [{ kind: 'request_headers', headerName: 'x-key', descriptorKey: 'key' }, { kind: 'destination_cluster' }],
            ],
            hostRewrite: { patternRegex: '', substitution: 'inner.test' },
            circuitBreakers: { maxConnections: 10, maxPendingRequests: 0, maxRequests: 20, maxRetries: 0 },
            outlierDetection: {
              ...{ consecutive5xx: 2, enforcingConsecutive5xx: 50 },
              ...{ consecutiveGatewayFailure: 3, enforcingConsecutiveGatewayFailure: 100 },
            },
          },
        }),
        route(4, '/old', [], { filters: { redirect: { ...REDIRECT, prefixRewrite: '/new' } } }),
        route(5, '/teapot', [], { filters: { directResponse: { status: 418 } } }),
        route(6, '/nowhere', []),
      ],
      {
        filters: {
          lua: LUA,
          cors: {
            ...{ allowMethods: 'GET', allowHeaders: '', exposeHeaders: '', maxAge: '' },
            origins: [{ kind: 'exact', value: 'https://page.test' }],
          },
        },
      },
    ),
    service(2, 'shop.test', [route(7, '/cart', [upstream(6, 8006)])]),
    service(3, '*.zone.test', [
      route(8, '/only', [upstream(7, 8007)], { match: { path: { kind: 'regex', value: '/only/[0-9]+' }, headers: [] } }),
    ]),
    service(4, 'secure.test', [route(9, '/', [upstream(8, 8008)])], { tls: { secretId: 9, secretName: 'secure', pair } }),
    service(5, 'pending.test', [route(10, '/', [upstream(9, 8009)])], {
      tls: { secretId: 10, secretName: 'pending', pair: undefined },
    }),
    service(6, 'empty.test', []),
  ],
  { rateLimits: [{ id: 1, name: 'limits', domain: 'shop', descriptors: [] }] },
);
