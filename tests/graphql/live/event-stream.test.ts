import type { Fixture } from '../database';
import { createGraphQL } from '../../../src/graphql';
import { log, shopFixture } from '../database';
import type { Served } from '../served';
import { serve } from '../served';

interface Event {
  readonly event: string;
  readonly data: string;
}

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

/** The events of an answer, as a client of the standard reads them. */
async function* eventsOf(response: Response): AsyncGenerator<Event> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = text
        .slice(0, end)
        .split('\n')
        .map((line) => line.split(/: ?(.*)/s));
      text = text.slice(end + 2);
      const of = (name: string): string =>
        fields
          .filter(([field]) => field === name)
          .map(([, value]) => value)
          .join('\n');
      if (of('event')) yield { event: of('event'), data: of('data') };
    }
  }
}

const ask = (served: Served, query: string, headers: Record<string, string> = {}) =>
  fetch(`${served.url}/v1/graphql`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

async function all(response: Response): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of eventsOf(response)) events.push(event);
  return events;
}

test('a subscription is a stream of results until the client goes', async () => {
  const response = await ask(open, 'subscription { note(order_by: {id: asc}) { id text } }');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = eventsOf(response);
  const next = async () => {
    const { event, data } = (await events.next()).value as Event;
    return { event, data: JSON.parse(data) as unknown };
  };
  const [first] = (await shop.pool.query<object>('SELECT id, text FROM note')).rows;
  expect(await next()).toEqual({ event: 'next', data: { data: { note: [first] } } });
  await shop.pool.query(`INSERT INTO note VALUES (2, E'two\\nlines')`);
  expect(await next()).toEqual({ event: 'next', data: { data: { note: [first, { id: 2, text: 'two\nlines' }] } } });
  await events.return(undefined);
});

test('a query is one result and the end', async () => {
  expect(await all(await ask(open, '{ __typename }'))).toEqual([
    { event: 'next', data: '{"data":{"__typename":"query_root"}}' },
    { event: 'complete', data: '' },
  ]);
});

test('a client that takes JSON as well gets events for subscriptions only', async () => {
  const accept = 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed';
  const query = await ask(open, '{ __typename }', { accept });
  expect(query.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await query.json()).toEqual({ data: { __typename: 'query_root' } });
  const subscription = await ask(open, 'subscription { note { id } }', { accept });
  expect(subscription.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = eventsOf(subscription);
  expect((await events.next()).value).toMatchObject({ event: 'next' });
  await events.return(undefined);
});

test('the request of an EventSource stands in the URL', async () => {
  const url = new URL('/v1/graphql', open.url);
  url.searchParams.set('query', 'query ($id: Int!) { shop_author_by_pk(id: $id) { name } }');
  url.searchParams.set('variables', '{"id":1}');
  expect(await all(await fetch(url, { headers: { accept: 'text/event-stream' } }))).toEqual([
    { event: 'next', data: '{"data":{"shop_author_by_pk":{"name":"Ann"}}}' },
    { event: 'complete', data: '' },
  ]);
});

test('a mutation by GET is not run', async () => {
  const url = new URL('/v1/graphql', open.url);
  url.searchParams.set('query', 'mutation { delete_note(where: {}) { affected_rows } }');
  const [refused] = await all(await fetch(url, { headers: { accept: 'text/event-stream' } }));
  expect(JSON.parse(refused?.data ?? '')).toMatchObject({ errors: [{ extensions: { code: 'not-supported' } }] });
  expect((await shop.pool.query('SELECT 1 FROM note')).rowCount).toBe(1);
});

test.each([
  ['a field that does not exist', '{ nope }', 'validation-failed'],
  ['a duplicate', 'mutation { insert_shop_author_one(object: {name: "Ann"}) { id } }', 'constraint-violation'],
  ['a value that is none', 'subscription { shop_author(where: {code: {_eq: "x"}}) { id } }', 'data-exception'],
])('%s is an error and the end', async (_, query, code) => {
  const [error, end] = await all(await ask(open, query));
  expect(JSON.parse(error?.data ?? '')).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(end).toEqual({ event: 'complete', data: '' });
});

test('the secret is wanted', async () => {
  const [refused] = await all(await ask(locked, '{ __typename }'));
  expect(JSON.parse(refused?.data ?? '')).toMatchObject({ errors: [{ extensions: { code: 'access-denied' } }] });
  const [answered] = await all(await ask(locked, '{ __typename }', { 'x-hasura-admin-secret': 's3cret' }));
  expect(answered?.data).toBe('{"data":{"__typename":"query_root"}}');
});

test('json as it was stored, line breaks and all, is one event', async () => {
  await shop.pool.query(`UPDATE shop.author SET raw = E'{"a":\\n [1,\\r\\n 2]}' WHERE id = 1`);
  const [event] = await all(await ask(open, '{ shop_author_by_pk(id: 1) { raw } }'));
  expect(JSON.parse(event?.data ?? '')).toEqual({ data: { shop_author_by_pk: { raw: { a: [1, 2] } } } });
});
