import type { CorsPolicy, HeaderMatch, ProxyModel, Redirect, Route, RouteFilters, Service, TlsPair } from '../../src/gateway';
import { proxy, route, service, upstream } from '../support/models';

const TO: Redirect = {
  ...{ scheme: '', host: '', port: 0, path: '', prefixRewrite: '', regex: '' },
  ...{ responseCode: 301, stripQuery: false },
};
const CORS: CorsPolicy = {
  origins: [{ kind: 'suffix', value: '.good.test' }],
  ...{ allowMethods: 'GET', allowHeaders: '', exposeHeaders: '', maxAge: '' },
};

/** Makes routes and services under ids of their own; every upstream has a port of its own. */
class Maker {
  #id = 0;
  #port = 0;

  constructor(private readonly ports: readonly number[]) {}

  upstream(changes: Parameters<typeof upstream>[2] = {}): ReturnType<typeof upstream> {
    const port = this.ports[this.#port++];
    if (port === undefined) throw new Error(`the model wants more than ${this.ports.length} servers`);
    return upstream(++this.#id, port, changes);
  }

  to(prefix: string, headers: readonly HeaderMatch[] = [], filters: Partial<RouteFilters> = {}): Route {
    return route(++this.#id, prefix, [this.upstream()], {
      match: { path: { kind: 'prefix', value: prefix }, headers },
      filters,
    });
  }

  regex(value: string, headers: readonly HeaderMatch[] = [], filters: Partial<RouteFilters> = {}): Route {
    return route(++this.#id, '/', [this.upstream()], { match: { path: { kind: 'regex', value }, headers }, filters });
  }

  weighted(prefix: string, weights: readonly number[], unlike = false): Route {
    const upstreams = weights.map((weight, index) =>
      this.upstream({ weight, strategy: unlike && index > 0 ? 'LEAST_REQUEST' : 'ROUND_ROBIN' }),
    );
    return route(++this.#id, prefix, upstreams);
  }

  redirect(prefix: string, changes: Partial<Redirect>): Route {
    return route(++this.#id, prefix, [], { filters: { redirect: { ...TO, ...changes } } });
  }

  answer(prefix: string, status: number): Route {
    return route(++this.#id, prefix, [], { filters: { directResponse: { status } } });
  }

  host(name: string, routes: readonly Route[], changes: Partial<Service> = {}): Service {
    return service(++this.#id, name, routes, changes);
  }

  tls(name: string, pair: TlsPair | undefined, routes: readonly Route[]): Service {
    const id = ++this.#id;
    return service(id, name, routes, { tls: { secretId: id, secretName: `secret${id}`, pair } });
  }
}

function is(name: string, test: HeaderMatch['test'], value = ''): HeaderMatch {
  return { name, test, value };
}

/** What the host `*` is in a model: not there, in clear, or served over TLS. */
export type Fallback = 'none' | 'plain' | 'tls';

/**
 * A proxy with some of everything that decides where a request goes.
 * @param ports of servers that tell themselves apart
 */
export function fuzzModel(ports: readonly number[], pair: TlsPair, fallback: Fallback): ProxyModel {
  const make = new Maker(ports);
  const everything = () => [make.to('/')];
  const fallbacks = {
    none: [],
    plain: [make.host('*', [make.to('/'), make.answer('/teapot', 418)])],
    tls: [make.tls('*', pair, everything())],
  };
  return proxy([
    make.host('paths.test', [
      ...['/', '/api', '/api/v1', '/api/', '/A', '/a%20b', '/q?x'].map((prefix) => make.to(prefix)),
      ...['/pets/[0-9]+', '/pets/(?P<name>[a-z]+)$', '/(?i)mixed[A-C]*', '/x/\\pL+', '/\\Qa.b+\\E', '/[^/]*/deep/.*'].map(
        (value) => make.regex(value),
      ),
    ]),
    make.host('narrow.test', [make.to('/api'), make.regex('/only/.+')]),
    make.host('headers.test', [
      make.to('/exact', [is('x', 'exact', '1')]),
      make.to('/notexact', [is('X', 'notexact', '1')]),
      make.to('/contains', [is('x', 'contains', 'bad')]),
      make.to('/notcontains', [is('x', 'notcontains', 'bad')]),
      make.to('/present', [is('x', 'present')]),
      make.to('/', [is('x', 'present'), is('y', 'notexact', '2')]),
      make.to('/', [is('y', 'contains', '2')]),
      make.regex('/api/.*', [is('x', 'contains', ',')]),
    ]),
    // A second service on a host takes part in one order with the first.
    make.host('headers.test', [make.to('/present', [is('y', 'present')]), make.to('/exact/1'), make.to('/both')]),
    make.host('pseudo.test', [
      make.to('/', [is(':method', 'exact', 'POST')]),
      make.to('/', [is(':authority', 'contains', ':80')]),
      make.to('/', [is('host', 'exact', 'PSEUDO.test')]),
      make.to('/', [is(':path', 'contains', '?')]),
      make.to('/api', [is(':scheme', 'exact', 'https')]),
      make.to('/pets', [is('x-forwarded-proto', 'exact', 'http'), is('x-request-id', 'present')]),
      make.to('/mixed', [is('x-forwarded-for', 'contains', 'good')]),
      make.to('/cookie', [is('cookie', 'contains', '; ')]),
    ]),
    make.host('*.wild.test', [...everything(), make.to('/api')]),
    make.host('*.deep.wild.test', everything()),
    make.host('own.deep.wild.test', [make.to('/api')]),
    make.host('redirect.test', [
      make.redirect('/', { host: 'new.test', responseCode: 308 }),
      make.redirect('/api', { prefixRewrite: '/v2', stripQuery: true }),
      make.redirect('/api/', { prefixRewrite: '/v3/', scheme: 'https', responseCode: 302 }),
      make.redirect('/pets', { path: '/cats', responseCode: 303 }),
      make.redirect('/pets/', { path: '/cats?all=1', stripQuery: true, responseCode: 307 }),
      make.redirect('/exact', { regex: '/([a-z]+)/?', path: '/<\\1>' }),
      make.redirect('/mixed', { regex: '[0-9]*', path: '-' }),
      make.redirect('/contains', { path: 'cats' }),
      make.redirect('/contains/', { path: 'cats?x' }),
      make.redirect('/notcontains', { prefixRewrite: 'v2' }),
      make.redirect('/notexact', { regex: '/[a-z]*', path: '' }),
      make.redirect('/present', { port: 8444, stripQuery: true }),
      make.redirect('/both', { scheme: 'https' }),
      {
        ...make.redirect('/', { prefixRewrite: '/whole' }),
        match: { path: { kind: 'regex', value: '/only/.*' }, headers: [] },
      },
    ]),
    make.host('answers.test', [
      make.answer('/', 404),
      ...[200, 201, 204, 301, 304, 418, 503].map((status) => make.answer(`/${status}`, status)),
    ]),
    make.host('weights.test', [
      make.weighted('/', [70, 30, 0]),
      make.weighted('/api', [0, 0]),
      make.weighted('/pets', [1, 2], true),
    ]),
    make.host('rewrite.test', [
      make.to('/', [], { hostRewrite: { patternRegex: '', substitution: 'inner.test' } }),
      make.to('/api', [], { hostRewrite: { patternRegex: '^/api/([a-z0-9]+).*$', substitution: '\\1.inner.test' } }),
      make.to('/exact', [], { hostRewrite: { patternRegex: '(zzz)?.*', substitution: '\\1' } }),
      make.to('/pets', [], { hostRewrite: { patternRegex: '/+', substitution: 'x' } }),
    ]),
    make.host('cors.test', everything(), { filters: { lua: undefined, cors: CORS } }),
    make.host('cors.test', [make.answer('/api', 418)], { filters: { lua: undefined, cors: CORS } }),
    make.host('empty.test', []),
    make.host('unserved.test', [route(9000, '/', []), make.to('/api')]),
    make.host('127.0.0.1', everything()),
    make.host('[::1]', everything()),
    make.tls('tls.test', pair, [
      make.to('/'),
      make.redirect('/api', { host: 'new.test' }),
      make.redirect('/pets', { scheme: 'http' }),
      make.answer('/418', 418),
    ]),
    make.host('tls.test', [make.to('/both', [is('x', 'present')]), route(9001, '/exact', [])]),
    make.tls('*.tls.test', pair, everything()),
    make.tls('10.9.8.7', pair, everything()),
    make.tls('pending.test', undefined, everything()),
    make.host('clear.tls.test', everything()),
    ...fallbacks[fallback],
  ]);
}
