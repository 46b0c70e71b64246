import type { AdminServer } from '../../src/admin';
import { startAdmin } from '../../src/admin';
import { createLogger } from '../../src/log';
import { originOf, originText, readOrigin } from '../../src/origin';
import { ask } from '../support/http-client';

let server: AdminServer;
let seen: string[];

beforeEach(async () => {
  seen = [];
  server = await startAdmin({
    settings: { admin: { host: '127.0.0.1', port: 0, secret: 's', maxBodyBytes: 1000 }, graphql: { allowedOrigins: undefined } },
    graphql: { handle: () => false, handleUpgrade: () => false, stop: () => Promise.resolve() },
    rest: (request, response) => {
      seen.push(originOf(request)?.requestId ?? '');
      response.end();
    },
    log: createLogger('fatal'),
  });
});
afterEach(() => server.stop());

const call = (headers: Record<string, string | string[]>) =>
  ask({ port: server.port, path: '/proxy', headers: { authorization: 'Bearer s', ...headers } });

test.each(['a', '6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'Root=1-67891233-abcdef012345678912345678', 'x'.repeat(128)])(
  'a request keeps the id %s that it brings, and is answered with it',
  async (id) => {
    expect((await call({ 'x-request-id': id })).headers['x-request-id']).toBe(id);
    expect(seen).toEqual([id]);
  },
);

test.each([['x'.repeat(129)], ['two words'], [''], ['"quoted"'], ['-option'], ['ümlaut'], ['a,b'], ['<script>']])(
  'the id %j is none: the request is given another one',
  async (id) => {
    const given = (await call({ 'x-request-id': Buffer.from(id).toString('latin1') })).headers['x-request-id'];
    expect(given).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen).toEqual([given]);
  },
);

test('every request has an id of its own, refused ones too', async () => {
  const ids = new Set<unknown>();
  for (const authorization of ['Bearer s', 'Bearer s', 'Bearer wrong']) {
    const { headers } = await call({ authorization });
    ids.add(headers['x-request-id']);
  }
  expect(ids.size).toBe(3);
  expect(ids.has(undefined)).toBe(false);
});

test('two ids in one request are no id', async () => {
  expect((await call({ 'x-request-id': ['one', 'two'] })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

describe('the text of an origin in the change log', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const span = { child: () => span, set: () => undefined, end: () => undefined, traceparent };

  it('is read as it was written', () => {
    expect(readOrigin(originText({ requestId: 'a' }))).toEqual({ requestId: 'a', traceparent: undefined });
    expect(readOrigin(originText({ requestId: 'a', span }))).toEqual({ requestId: 'a', traceparent });
  });

  it.each(['', ' ', 'a b c', `${'x'.repeat(129)}`, 'a\nb', `a ${traceparent} more`])('is none when somebody wrote %j', (text) => {
    expect(readOrigin(text)).toBeUndefined();
  });

  it('keeps the id when the trace is none', () => {
    expect(readOrigin('a 00-xyz')).toEqual({ requestId: 'a', traceparent: undefined });
  });
});
