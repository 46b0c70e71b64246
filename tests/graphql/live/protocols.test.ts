import type { Fixture } from '../database';
import { log, shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';
import { createGraphQL } from '../../../src/graphql';
import { RawSocket } from './raw-socket';

// The table of contract 11, message by message.

const APOLLO = 'graphql-ws';
const TRANSPORT = 'graphql-transport-ws';
const WORDS = {
  [APOLLO]: { start: 'start', stop: 'stop', data: 'data' },
  [TRANSPORT]: { start: 'subscribe', stop: 'complete', data: 'next' },
};
const BOTH = [APOLLO, TRANSPORT] as const;
const DUPLICATE = 'mutation { insert_shop_author_one(object: {name: "Ann"}) { id } }';

let shop: Fixture;
let open: Served;
let locked: Served;
beforeAll(async () => {
  shop = await shopFixture({ pollMs: 100 });
  open = await serve(shop.engine);
  locked = await serve(
    await createGraphQL({ pool: shop.pool, schemas: shop.schemas, maxBodyBytes: 10_000, adminSecret: 's3cret', log }),
  );
});
beforeEach(() => shop.reset());
afterAll(async () => {
  await open.close();
  await locked.close();
  await shop.drop();
});

const start = (protocol: (typeof BOTH)[number], id: string, query: string, variables?: object) => ({
  type: WORDS[protocol].start,
  id,
  payload: { query, variables },
});

test.each<[string, string | string[] | undefined, string]>([
  ['the newer one', TRANSPORT, TRANSPORT],
  ['the older one', APOLLO, APOLLO],
  ['none', undefined, ''],
  ['both', [APOLLO, TRANSPORT], TRANSPORT],
])('a client that offers %s', async (_, offered, chosen) => {
  const raw = await RawSocket.open(open.url, offered);
  expect(raw.socket.protocol).toBe(chosen);
  raw.send({ type: 'connection_init' });
  expect(await raw.take()).toEqual({ type: 'connection_ack' });
  const keepAlive = chosen === TRANSPORT ? { type: 'ping', payload: { message: 'keepalive' } } : { type: 'ka' };
  expect(await raw.take(() => true)).toEqual(keepAlive);
  raw.close();
});

describe.each(BOTH)('%s', (protocol) => {
  const { data, stop } = WORDS[protocol];

  test('a query is one message and the end', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', 'query ($id: Int!) { shop_author_by_pk(id: $id) { name } }', { id: 1 }));
    expect(await raw.take()).toEqual({ type: data, id: 'a', payload: { data: { shop_author_by_pk: { name: 'Ann' } } } });
    expect(await raw.take()).toEqual({ type: 'complete', id: 'a' });
    raw.close();
  });

  test('a mutation is one message and the end', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', 'mutation { insert_note_one(object: {id: 9, text: "x"}) { id } }'));
    expect(await raw.take()).toEqual({ type: data, id: 'a', payload: { data: { insert_note_one: { id: 9 } } } });
    expect(await raw.take()).toEqual({ type: 'complete', id: 'a' });
    raw.close();
  });

  test('a validation error', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', 'subscription { nope { id } }'));
    const errors = [
      {
        message: "field 'nope' not found in type: 'subscription_root'",
        extensions: { path: '$.selectionSet.nope', code: 'validation-failed' },
      },
    ];
    expect(await raw.take()).toEqual({ type: 'error', id: 'a', payload: protocol === APOLLO ? { errors } : errors });
    if (protocol === APOLLO) expect(await raw.take()).toEqual({ type: 'complete', id: 'a' });
    raw.close();
  });

  test('a value that Postgres cannot read', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', 'subscription ($c: uuid) { shop_author(where: {code: {_eq: $c}}) { id } }', { c: 'nope' }));
    const errors = [
      {
        message: 'invalid input syntax for type uuid: "nope"',
        extensions: { path: '$', code: 'data-exception' },
      },
    ];
    expect(await raw.take()).toEqual({ type: 'error', id: 'a', payload: protocol === APOLLO ? { errors } : errors });
    if (protocol === APOLLO) expect(await raw.take()).toEqual({ type: 'complete', id: 'a' });
    raw.close();
  });

  test('an error of the database in a mutation', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', DUPLICATE));
    const errors = [
      {
        message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        extensions: { path: '$.selectionSet.insert_shop_author_one.args.object', code: 'constraint-violation' },
      },
    ];
    expect(await raw.take()).toEqual(
      protocol === APOLLO
        ? { type: 'data', id: 'a', payload: { data: null, errors } }
        : { type: 'error', id: 'a', payload: errors },
    );
    if (protocol === APOLLO) expect(await raw.take()).toEqual({ type: 'complete', id: 'a' });
    raw.close();
  });

  test('an error while a subscription runs, which goes on', async () => {
    await shop.pool.query('DELETE FROM shop.log');
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', 'subscription { shop_log(where: {line: {_regex: "("}}) { line } }'));
    expect(await raw.take()).toEqual({ type: data, id: 'a', payload: { data: { shop_log: [] } } });
    await shop.pool.query(`INSERT INTO shop.log VALUES ('x')`);
    expect(await raw.take()).toMatchObject({
      type: data,
      id: 'a',
      payload: {
        data: null,
        errors: [{ message: expect.stringContaining('invalid regular expression') as string, extensions: { path: '$' } }],
      },
    });
    await shop.pool.query('DELETE FROM shop.log');
    expect(await raw.take()).toEqual({ type: data, id: 'a', payload: { data: { shop_log: [] } } });
    raw.close();
  });

  test('a stopped subscription is heard of no more', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    raw.send(start(protocol, 'a', 'subscription { note { text } }'));
    await raw.take();
    raw.send({ type: stop, id: 'a' });
    raw.send({ type: stop, id: 'unknown' });
    await shop.pool.query(`UPDATE note SET text = 'changed'`);
    raw.send(start(protocol, 'b', '{ note { text } }'));
    expect(await raw.take()).toMatchObject({ type: data, id: 'b' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(raw.rest()).toEqual([{ type: 'complete', id: 'b' }]);
    raw.close();
  });

  test('a second connection_init is answered, and changes who the client is', async () => {
    const raw = await RawSocket.connect(locked.url, protocol, { 'X-Hasura-Admin-Secret': 's3cret' });
    raw.send({ type: 'connection_init', payload: { headers: { 'x-hasura-admin-secret': 's3cret', 'x-hasura-role': 'reader' } } });
    expect(await raw.take()).toEqual({ type: 'connection_ack' });
    raw.send(start(protocol, 'a', '{ note { id } }'));
    expect(JSON.stringify(await raw.take())).toContain("field 'note' not found in type: 'query_root'");
    raw.close();
  });

  test('keep-alives come every five seconds', async () => {
    const raw = await RawSocket.connect(open.url, protocol);
    const isKeepAlive = ({ type }: { type: string }) => type === (protocol === APOLLO ? 'ka' : 'ping');
    await raw.take(isKeepAlive);
    const started = Date.now();
    await raw.take(isKeepAlive);
    expect(Date.now() - started).toBeGreaterThan(4_000);
    raw.close();
  });
});

test('a ping is answered with its payload', async () => {
  const raw = await RawSocket.connect(open.url, TRANSPORT);
  raw.send({ type: 'ping', payload: { a: 1 } });
  expect(await raw.take()).toEqual({ type: 'pong', payload: { a: 1 } });
  raw.send({ type: 'ping' });
  expect(await raw.take()).toEqual({ type: 'pong' });
  raw.send({ type: 'pong' });
  raw.close();
});

describe('who breaks the rules', () => {
  test.each([
    [APOLLO, 1011],
    [TRANSPORT, 4408],
  ])('%s: no connection_init within three seconds', async (protocol, code) => {
    const raw = await RawSocket.open(open.url, protocol);
    expect(await raw.closed).toEqual({ code, reason: 'Connection initialisation timed out' });
  });

  test.each(['{', '[]', '{"id":"a"}', '{"type":"nonsense"}', '{"type":7}', '{"type":"start","id":7}'])(
    'an unreadable message: %s',
    async (text) => {
      const apollo = await RawSocket.connect(open.url, APOLLO);
      apollo.send(text);
      expect(await apollo.take()).toEqual({ type: 'connection_error', payload: expect.any(String) as string });
      apollo.send(start(APOLLO, 'a', '{ __typename }'));
      expect(await apollo.take()).toMatchObject({ type: 'data', id: 'a' });
      apollo.close();
      const transport = await RawSocket.connect(open.url, TRANSPORT);
      transport.send(text);
      expect(await transport.closed).toEqual({ code: 4400, reason: expect.any(String) as string });
    },
  );

  test.each([
    ['a wrong secret', { 'x-hasura-admin-secret': 'wrong' }, 'invalid "x-hasura-admin-secret"/"x-hasura-access-key"'],
    ['no secret', {}, '"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found'],
  ])('%s', async (_, headers, message) => {
    const init = { type: 'connection_init', payload: { headers } };
    const apollo = await RawSocket.open(locked.url, APOLLO);
    apollo.send(init);
    expect(await apollo.take()).toEqual({ type: 'connection_error', payload: message });
    expect(await apollo.closed).toEqual({ code: 4400, reason: message });
    const transport = await RawSocket.open(locked.url, TRANSPORT);
    transport.send(init);
    expect(await transport.closed).toEqual({ code: 4403, reason: message });
    expect(transport.messages).toEqual([]);
  });

  test('the secret may stand in the headers of the upgrade', async () => {
    const raw = await RawSocket.open(locked.url, TRANSPORT, { 'x-hasura-admin-secret': 's3cret' });
    raw.send({ type: 'connection_init' });
    expect(await raw.take()).toEqual({ type: 'connection_ack' });
    raw.close();
  });

  test('a start before connection_init', async () => {
    const apollo = await RawSocket.open(open.url, APOLLO);
    apollo.send(start(APOLLO, 'a', '{ note { id } }'));
    const errors = [
      {
        message: 'start received before the connection is initialised',
        extensions: { path: '$', code: 'start-failed' },
      },
    ];
    expect(await apollo.take()).toEqual({ type: 'error', id: 'a', payload: { errors } });
    expect(await apollo.take()).toEqual({ type: 'complete', id: 'a' });
    apollo.close();
    const transport = await RawSocket.open(open.url, TRANSPORT);
    transport.send(start(TRANSPORT, 'a', '{ note { id } }'));
    expect(await transport.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  test('an id in use', async () => {
    const subscription = 'subscription { note { id } }';
    const apollo = await RawSocket.connect(open.url, APOLLO);
    apollo.send(start(APOLLO, '1', subscription));
    await apollo.take();
    apollo.send(start(APOLLO, '1', subscription));
    expect(await apollo.take()).toMatchObject({
      type: 'error',
      payload: { errors: [{ message: 'an operation already exists with this id: 1', extensions: { code: 'start-failed' } }] },
    });
    apollo.close();
    const transport = await RawSocket.connect(open.url, TRANSPORT);
    transport.send(start(TRANSPORT, '1', subscription));
    transport.send(start(TRANSPORT, '1', subscription));
    expect(await transport.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
  });

  test('connection_terminate ends the connection', async () => {
    const raw = await RawSocket.connect(open.url, APOLLO);
    raw.send({ type: 'connection_terminate' });
    expect(await raw.closed).toMatchObject({ code: 1000 });
  });

  test('more than a thousand operations at a time', async () => {
    const raw = await RawSocket.connect(open.url, APOLLO);
    for (let id = 0; id <= 1000; id += 1) raw.send(start(APOLLO, String(id), 'subscription { note { id } }'));
    expect(await raw.take(({ type }) => type === 'error')).toMatchObject({
      id: '1000',
      payload: { errors: [{ message: 'a connection may have 1000 operations at a time' }] },
    });
    raw.close();
  });

  test('a message that is longer than a body may be', async () => {
    const raw = await RawSocket.connect(locked.url, TRANSPORT, { 'x-hasura-admin-secret': 's3cret' });
    raw.send(start(TRANSPORT, 'a', `{ note { id } } # ${'x'.repeat(10_001)}`));
    expect(await raw.closed).toMatchObject({ code: 1009 });
  });
});

test('errors on /v1alpha1/graphql have the older form', async () => {
  const raw = await RawSocket.open(open.url, APOLLO, {}, '/v1alpha1/graphql');
  raw.send({ type: 'connection_init' });
  await raw.take();
  raw.send(start(APOLLO, 'a', '{ nope }'));
  expect(await raw.take()).toEqual({
    type: 'error',
    id: 'a',
    payload: {
      path: '$.selectionSet.nope',
      error: "field 'nope' not found in type: 'query_root'",
      code: 'validation-failed',
    },
  });
  raw.close();
});

test('a path that is not one of GraphQL is not taken over', async () => {
  await expect(RawSocket.open(open.url, TRANSPORT, {}, '/v1/nothing')).rejects.toThrow();
});
