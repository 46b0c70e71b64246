import fc from 'fast-check';
import { ENDPOINTS } from '../../src/rest/endpoints';
import { multipart } from './caller';
import type { Gateway } from './gateway';
import { startGateway } from './gateway';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway(262_144);
  await gateway.form('POST', '/service/a/route/b/upstream/c');
  await gateway.form('POST', '/service/a/filter/b');
});

afterAll(() => gateway.stop());

/** Values that one field or another takes. */
const GOOD = [
  '',
  'a',
  'b',
  'c',
  '/',
  '/a',
  '*',
  '80',
  '0',
  '{}',
  '{"prefix":"/"}',
  '{"domain":"d"}',
  'a.local',
  '127.0.0.1',
  'grpc',
  'Random',
].concat(['http_filter_lua', 'route_filter_ratelimit', 'vh_filter_cors', 'globalconfig_ratelimit']);
const BAD = ['-1', '1e9', '[]', 'null', '{"a":"\\u0000"}', '\0', '99999999999'];
const text = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...GOOD, ...BAD) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 2000, maxLength: 4000 }) },
);
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c') },
  { weight: 2, arbitrary: text.map((value) => encodeURIComponent(Buffer.from(value).toString())) },
  { weight: 2, arbitrary: fc.stringMatching(/^[!-.0-~]{0,6}$/) },
);
const names = [
  ...new Set(
    ENDPOINTS.flatMap((endpoint) => ('body' in endpoint ? [] : [...(endpoint.fields ?? []), ...(endpoint.uploads ?? [])])),
  ),
].map(({ name }) => name);
const form = fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text }), text);

const body = fc.oneof(
  form.map((fields) => ({
    type: 'application/x-www-form-urlencoded',
    bytes: Buffer.from(new URLSearchParams(fields).toString()),
  })),
  form.map((fields) => ({ type: 'application/json', bytes: Buffer.from(JSON.stringify(fields)) })),
  form.map((fields) => ({ type: 'multipart/form-data; boundary=B', bytes: Buffer.from(multipart(fields)) })),
  fc.record({
    type: fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/json',
      'multipart/form-data; boundary=B',
      'text/plain',
      'multipart/form-data',
    ),
    bytes: fc.oneof(
      fc.json().map((json) => Buffer.from(json)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    ),
  }),
);

/** A call of a route whose parameters are anything, with all of its fields more often than not. */
const call = fc.constantFrom(...ENDPOINTS).chain((endpoint) => {
  const own = 'body' in endpoint ? [] : [...(endpoint.fields ?? []), ...(endpoint.uploads ?? [])].map(({ name }) => name);
  const path = fc
    .tuple(...endpoint.path.split('/').map((part) => (part.startsWith(':') ? segment : fc.constant(part))))
    .map((parts) => parts.join('/'));
  const ownForm = fc
    .record(
      Object.fromEntries(own.map((name) => [name, /name$/.test(name) ? fc.oneof(fc.constantFrom('a', 'b', 'c'), text) : text])),
    )
    .chain((fields) => fc.constantFrom('json', 'form', 'upload').map((kind) => encoded(kind, fields)));
  const query = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: segment.map((value) => `?limit=${value}&after=${value}`) },
  );
  return fc.record({ method: fc.constant<string>(endpoint.method), path, query, body: fc.oneof(ownForm, body) });
});

function encoded(kind: string, fields: Record<string, string>): { type: string; bytes: Buffer } {
  if (kind === 'json') return { type: 'application/json', bytes: Buffer.from(JSON.stringify(fields)) };
  if (kind === 'upload') return { type: 'multipart/form-data; boundary=B', bytes: Buffer.from(multipart(fields)) };
  return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(new URLSearchParams(fields).toString()) };
}

test('no call is answered with a fault or with something that is not JSON', async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ method, path, query, body }) => {
      const answer = await gateway.send(method, path + query, body.type, body.bytes);
      expect([answer.status < 500, answer]).toEqual([true, answer]);
      if (answer.body !== '') JSON.parse(answer.body);
    }),
    { numRuns: 1000 },
  );
  expect((await gateway.get('/proxy/dump')).status).toBe(200);
});

test('neither is any path with any method', async () => {
  const path = fc
    .array(fc.oneof(fc.constantFrom('proxy', 'service', 'dump', 'route', 'filter', 'copy', ''), segment))
    .map((parts) => `/${parts.join('/')}`);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      path,
      async (method, target) => {
        const answer = await gateway.send(method, target, undefined, '');
        expect([answer.status < 500, answer]).toEqual([true, answer]);
        if (answer.body !== '') JSON.parse(answer.body);
      },
    ),
    { numRuns: 500 },
  );
});
