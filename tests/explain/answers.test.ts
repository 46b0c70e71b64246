import path from 'node:path';
import Ajv from 'ajv';
import { GatewayError } from '../../src/errors';
import { Explainer } from '../../src/explain';
import { EXPLANATION_SCHEMA } from '../../src/rest/explanation-schema';
import { expectGolden } from '../support/golden';
import { proxy, route, service, upstream, whole } from '../support/models';
import { MODEL } from './model';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 443, proxyName: 'gw' };
const explainer = new Explainer(OPTIONS);
explainer.update([MODEL].map(whole), []);
const isExplanation = new Ajv({ strict: false }).compile(EXPLANATION_SCHEMA);

type Question = Readonly<Record<string, string | readonly string[]>>;

function answer(question: Question, from = explainer): ReturnType<Explainer['explain']> {
  return from.explain(
    new Map(Object.entries(question).map(([name, value]) => [name, typeof value === 'string' ? [value] : value])),
  );
}

/** The answer lies in `golden/` under the name. */
test.each<[string, Question]>([
  ['forward-by-weights', { host: 'Shop.Test:8080', path: '/a/../x?q=1' }],
  ['forward-to-unlike-upstreams', { host: 'shop.test', path: '/cart', header: ['X-VERSION: 2', 'x-debug: off'] }],
  [
    'forward-with-every-filter',
    { host: 'shop.test', path: '/full', header: ['x-key: k1', 'origin: https://page.test', 'accept-encoding: br, gzip'] },
  ],
  ['forward-past-routes-of-other-conditions', { host: 'shop.test', path: '/cart/1', header: 'x-debug: it is on' }],
  ['forward-by-wildcard', { host: 'a.b.zone.test', path: '/only/12' }],
  ['forward-over-tls', { host: 'secure.test', scheme: 'https', method: 'post' }],
  [
    'preflight',
    {
      host: 'shop.test',
      method: 'OPTIONS',
      path: '/full',
      header: ['origin: https://page.test', 'access-control-request-method: GET'],
    },
  ],
  ['redirect', { host: 'shop.test:81', path: '/old/x?q=1' }],
  ['redirect-to-tls', { host: 'secure.test:8080', path: '/x' }],
  ['direct-response', { host: 'shop.test', path: '/teapot' }],
  ['no-certificate-in-clear', { host: 'pending.test' }],
  ['no-certificate-over-tls', { host: 'shop.test', scheme: 'HTTPS' }],
  ['no-host', { host: 'other.test' }],
  ['no-route', { host: 'x.zone.test', path: '/only/a' }],
  ['no-routes', { host: 'empty.test' }],
])('%s', (name, question) => {
  const explanation = answer(question);
  expectGolden(path.join(__dirname, 'golden', `${name}.json`), { question, explanation });
  const json: unknown = JSON.parse(JSON.stringify(explanation));
  expect([isExplanation(json), isExplanation.errors]).toEqual([true, null]);
});

test('a route that is not served is named as such', () => {
  const { route: taken, tried } = answer({ host: 'shop.test', path: '/nowhere' });
  expect(taken?.name).toBe('route1');
  expect(tried).toContainEqual({
    service: 'service1',
    route: 'route6',
    failed: ['it is not served: it has no upstream, and no redirect or direct response'],
  });
});

test('without any certificate nothing listens for TLS', () => {
  const plain = new Explainer(OPTIONS);
  plain.update([proxy([service(1, '*', [route(1, '/', [upstream(1, 80)])])])].map(whole), []);
  expect(answer({ host: 'a.test', scheme: 'https' }, plain)).toMatchObject({
    action: 'unavailable',
    reason: 'no certificate: nothing listens on port 8443, since no service of the proxy gw has one',
  });
});

test('for an address clients send no server name, so that only the certificate of * is shown', () => {
  const pair = { certificate: 'c', privateKey: 'k' };
  const secure = (id: number, host: string) =>
    service(id, host, [route(id, '/', [upstream(id, 80)])], { tls: { secretId: id, secretName: `secret${id}`, pair } });
  const own = new Explainer(OPTIONS);
  own.update([proxy([secure(1, '10.0.0.1')])].map(whole), []);
  expect(answer({ host: '10.0.0.1', scheme: 'https' }, own)).toMatchObject({ action: 'unavailable' });
  own.update([proxy([secure(1, '10.0.0.1'), secure(2, '*')])].map(whole), []);
  expect(answer({ host: '10.0.0.1', scheme: 'https' }, own)).toMatchObject({
    listener: { secret: 'secret2' },
    host: '10.0.0.1',
    action: 'forward',
  });
});

test('health comes from whoever knows it, by cluster and address', () => {
  const asked: unknown[] = [];
  const told = new Explainer(OPTIONS, (...endpoint) => {
    asked.push(endpoint);
    return endpoint[2] === 8001 ? 'healthy' : undefined;
  });
  told.update([MODEL].map(whole), []);
  const { upstreams } = answer({ host: 'shop.test' }, told);
  expect(upstreams.map(({ health }) => health)).toEqual(['healthy', 'unknown', undefined]);
  expect(asked).toEqual([1, 2].map((id) => [upstreams[0]?.cluster, '127.0.0.1', 8000 + id]));
});

test('the models are those of the last update, each by its proxy', () => {
  const several = new Explainer({ ...OPTIONS, proxyName: 'edge' });
  const model = (name: string, port: number) => proxy([service(1, '*', [route(1, '/', [upstream(1, port)])])], { name });
  const port = (question: Question) => answer({ host: 'a.test', ...question }, several).upstreams[0]?.port;
  expect(() => port({})).toThrow(expect.objectContaining({ code: 'database_unreachable' }));
  several.update([model('edge', 1), model('gw', 2)].map(whole), []);
  expect([port({}), port({ proxy: 'gw' })]).toEqual([1, 2]);
  several.update([model('gw', 3)].map(whole), ['edge']);
  expect(port({ proxy: 'gw' })).toBe(3);
  expect(() => port({})).toThrow(expect.objectContaining({ code: 'object_not_found', message: 'proxy edge does not exist' }));
});

test.each<[Question, RegExp]>([
  [{}, /provide the host/],
  [{ host: 'a b' }, /host must be a host name/],
  [{ host: 'http://a.test/' }, /without scheme and path/],
  [{ host: 'a.test', scheme: 'ftp' }, /scheme must be http or https, but is "ftp"/],
  [{ host: 'a.test', method: 'G T' }, /method must be/],
  [{ host: 'a.test', method: 'CONNECT' }, /CONNECT/],
  [{ host: 'a.test', path: 'x' }, /path must begin with \//],
  [{ host: 'a.test', path: '/a b' }, /percent-encoded/],
  [{ host: 'shop.test', path: '/a#b' }, /Envoy answers 400/],
  [{ host: 'shop.test', path: '/%00' }, /Envoy answers 400/],
  [{ host: 'a.test', header: 'nothing' }, /"name: value", but is "nothing"/],
  [{ host: 'a.test', header: ['a: 1', 'b c: 2'] }, /"name: value"/],
  [{ host: 'a.test', header: 'x: a\nb' }, /characters/],
  [{ host: 'a.test', header: ':method: POST' }, /parameters method/],
  [{ host: 'a.test', header: 'Host: b.test' }, /parameters method/],
])('%j is refused', (question, reason) => {
  expect(() => answer(question)).toThrow(GatewayError);
  expect(() => answer(question)).toThrow(
    expect.objectContaining({ code: 'invalid_input', message: expect.stringMatching(reason) as string }),
  );
});

test('an international name is asked for as clients send it', () => {
  const host = 'xn--bcher-kva.test';
  const own = new Explainer(OPTIONS);
  own.update([proxy([service(1, host, [route(1, '/', [upstream(1, 80)])])])].map(whole), []);
  expect(answer({ host: 'Bücher.test:80' }, own)).toMatchObject({ host, action: 'forward', sent: { host: `${host}:80` } });
});
