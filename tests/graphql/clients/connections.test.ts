import type { Forum } from './forum';
import { openForum, post } from './forum';

const SECRET = 's3cret';
const ONE = 'subscription One($id: uuid!) { post_by_pk(id: $id) { id title } }';

let forum: Forum;
beforeAll(async () => {
  forum = await openForum({ adminSecret: SECRET, pollMs: 100 });
});
beforeEach(() => forum.reset());
afterAll(() => forum.close());

test.each([
  ['apollo', 'http and socket'],
  ['graphql-ws', 'socket'],
  ['subscriptions-transport-ws', 'socket'],
])('%s connects again when the metadata has changed', async (program, transport) => {
  const client = await forum.client(program, { transport, retryAttempts: 5 });
  await client.call('subscribe', 'one', ONE, { id: post(1) });
  expect(await client.next('one')).toMatchObject({ data: { post_by_pk: { title: 'Engines' } } });
  const headers = { 'x-hasura-admin-secret': SECRET };
  const body = JSON.stringify({ type: 'reload_metadata', args: {} });
  expect(await fetch(new URL('/v1/metadata', forum.url), { method: 'POST', headers, body })).toMatchObject({ status: 200 });
  expect(await client.next('one').finally(client.stop)).toMatchObject({ data: { post_by_pk: { title: 'Engines' } } });
});

test('subscriptions-transport-ws works at the older path, too', async () => {
  const socketUrl = forum.url.replace('http', 'ws').replace('/v1/', '/v1alpha1/');
  const client = await forum.client('subscriptions-transport-ws', { socketUrl });
  await client.call('subscribe', 'one', ONE, { id: post(1) });
  expect(await client.next('one').finally(client.stop)).toEqual({ data: { post_by_pk: { id: post(1), title: 'Engines' } } });
});

test.each(['batches over http', 'persisted queries over http'])('Apollo Client with %s', async (transport) => {
  const client = await forum.client('apollo', { transport });
  const texts = ['{ author(limit: 1) { name } }', '{ post_aggregate { aggregate { count } } }'];
  expect(await client.call('queries', ...texts).finally(client.stop)).toMatchObject([
    { author: [{ name: 'Ada' }] },
    { post_aggregate: { aggregate: { count: 4 } } },
  ]);
});

test('urql, which would send short queries by GET, is told not to', async () => {
  const client = await forum.client('urql', { transport: 'http', options: { preferGetMethod: 'within-url-limit' } });
  await expect(client.call('query', '{ post { id } }').finally(client.stop)).rejects.toMatchObject({
    errors: [{ message: expect.stringContaining('send the query by POST') as string }],
  });
});

describe('a wrong secret', () => {
  const denied = 'invalid "x-hasura-admin-secret"/"x-hasura-access-key"';

  test.each([
    ['urql', denied],
    ['apollo', `Socket closed with event 4403 ${denied}`],
    ['graphql-ws', denied],
  ])('ends the connection of %s, with the reason', async (program, message) => {
    const client = await forum.client(program, { secret: 'wrong', transport: 'http and socket' });
    await client.call('subscribe', 'one', ONE, { id: post(1) });
    expect(await client.next('one').finally(client.stop)).toMatchObject({ error: message });
  });

  test('is told to the callback of subscriptions-transport-ws', async () => {
    const client = await forum.client('subscriptions-transport-ws', { secret: 'wrong' });
    const told = [await client.next('connection'), await client.next('connection').finally(client.stop)];
    expect(told).toEqual([{ error: denied }, { connected: false }]);
  });
});
