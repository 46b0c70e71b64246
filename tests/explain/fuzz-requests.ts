import fc from 'fast-check';
import type { AskedRequest } from '../../src/explain/request';

const HOSTS = [
  ...[
    'paths.test',
    'narrow.test',
    'headers.test',
    'pseudo.test',
    'a.wild.test',
    'a.b.wild.test',
    'a.deep.wild.test',
    'wild.test',
  ],
  ...['.wild.test', 'own.deep.wild.test', 'redirect.test', 'answers.test', 'weights.test', 'rewrite.test', 'cors.test'],
  ...['empty.test', 'unserved.test', '127.0.0.1', '[::1]', 'tls.test', 'a.tls.test', 'clear.tls.test', 'pending.test', 'no.test'],
];
const SECURE_HOSTS = [
  'tls.test',
  'a.tls.test',
  'a.b.tls.test',
  'clear.tls.test',
  'pending.test',
  'paths.test',
  '127.0.0.1',
  '[::1]',
  '10.9.8.7',
  'no.test',
];
const STARTS = [
  ...['/', '/api', '/api/v1', '/pets/12', '/pets/tom', '/mixedab', '/MIXEDabc', '/x/y', '/a.b+', '/a/deep/b', '/only/this', '/q'],
  ...['/exact', '/notexact', '/contains', '/notcontains', '/present', '/both', '/cookie', '/200', '/201', '/204', '/301', '/304'],
  ...['/418', '/503', '/A', '/a%20b', '/teapot'],
];
const PIECES = [
  ...['/', '//', '/.', '/..', '/../', '/./', '/%2e%2E/', '/.%2e', '\\', '\\..', '/...', '.', '..', 'a', 'Z', '9', '~', '-', '_'],
  ...[
    '%41',
    '%7E',
    '%2f',
    '%2F',
    '%5c',
    '%20',
    '%00',
    '%zz',
    '%',
    '%4',
    '%%34%31',
    '%4%31',
    '%%31',
    '"',
    '<',
    '>',
    '^',
    '`',
    '|',
  ],
  ...['{id}', '[1]', ';v=1', ':', '@', '!', '+', '%C3%A9', '%25', '#f'],
];
const QUERIES = ['', '', '', '?', '?a=1', '?a=/../b', '?a=%41//', '?x?y'];

const start = fc.constantFrom(...STARTS);
const rest = fc.oneof(
  { weight: 2, arbitrary: fc.constant<string[]>([]) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }) },
);
const path = fc
  .tuple(fc.constantFrom('', '', '', '/a/..', '/', '/%2e'), start, rest, start, fc.boolean(), fc.constantFrom(...QUERIES))
  .map(([before, first, pieces, last, long, query]) => before + first + pieces.join('') + (long ? last : '') + query);

function host(names: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...names),
      fc.infiniteStream(fc.boolean()),
      fc.constantFrom('', '', '', '.'),
      fc.constantFrom('', '', ':80', ':443', ':8080', ':'),
    )
    .map(([name, upper, dot, port]) => {
      const mixed = [...name].map((character) => (upper.next().value ? character.toUpperCase() : character)).join('');
      return mixed + (/[a-z]$/i.test(name) ? dot : '') + port;
    });
}

const value = fc.constantFrom('1', '2', 'so bad', 'good', '', 'a,b', 'BAD');
const header: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(fc.constantFrom('x', 'X', 'y'), value),
  fc.tuple(fc.constantFrom('origin', 'Origin'), fc.constantFrom('https://a.good.test', 'https://bad.test')),
  fc.tuple(fc.constant('access-control-request-method'), fc.constantFrom('GET', 'PUT')),
  fc.tuple(fc.constantFrom('x-forwarded-proto', 'X-Forwarded-For', 'x-request-id'), fc.constantFrom('https', 'good', '1')),
  fc.tuple(fc.constant('Cookie'), fc.constantFrom('a=1', 'b=2')),
);

/** Requests of which most are about something that the model of the fuzz has. */
export const requests: fc.Arbitrary<AskedRequest> = fc
  .oneof(
    { weight: 4, arbitrary: fc.record({ scheme: fc.constant('http' as const), host: host(HOSTS) }) },
    { weight: 1, arbitrary: fc.record({ scheme: fc.constant('https' as const), host: host(SECURE_HOSTS) }) },
  )
  .chain(({ scheme, host }) =>
    fc.record({
      scheme: fc.constant(scheme),
      host: fc.constant(host),
      method: fc.constantFrom('GET', 'GET', 'POST', 'OPTIONS', 'DELETE', 'HEAD'),
      path,
      headers: fc.array(header, { maxLength: 4 }),
    }),
  );

/** A plain request to each host, to see that a model is served, and what is too rare to be left to chance. */
export const PROBES: readonly AskedRequest[] = [
  ...HOSTS.map((host) => probe(host)),
  ...SECURE_HOSTS.map((host) => probe(host, { scheme: 'https' })),
  probe('pseudo.test', {
    path: '/cookie',
    headers: [
      ['Cookie', 'a=1'],
      ['Cookie', 'b=2'],
    ],
  }),
  probe('redirect.test:80', { path: '/both' }),
  probe('redirect.test:443', { path: '/both' }),
  probe('tls.test:443', { scheme: 'https', path: '/pets' }),
  probe('tls.test:80', { scheme: 'https', path: '/pets' }),
];

function probe(host: string, changes: Partial<AskedRequest> = {}): AskedRequest {
  return { scheme: 'http', method: 'GET', host, path: '/api', headers: [], ...changes };
}
