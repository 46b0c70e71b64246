import type { Forum } from './forum';
import { author, openForum, post } from './forum';
import type { Program } from './program';

const CLIENTS = [
  ['urql, with graphql-ws 6 for subscriptions', 'urql', 'http and socket'],
  ['urql, with graphql-ws 6 for everything', 'urql', 'socket'],
  ['urql, over HTTP alone', 'urql', 'http'],
  ['Apollo Client, with graphql-ws 5 for subscriptions', 'apollo', 'http and socket'],
  ['Apollo Client, with graphql-ws 5 for everything', 'apollo', 'socket'],
  ['graphql-ws 5', 'graphql-ws', 'socket'],
  ['subscriptions-transport-ws', 'subscriptions-transport-ws', 'socket'],
] as const;

let forum: Forum;
beforeAll(async () => {
  forum = await openForum({ adminSecret: 's3cret', pollMs: 100 });
});
afterAll(() => forum.close());

const rename = (title: string): Promise<unknown> => forum.rows('UPDATE post SET title = $1 WHERE id = $2', title, post(1));

const ONE = 'subscription One($id: uuid!) { post_by_pk(id: $id) { id title } }';
const LIST =
  'subscription List($by: uuid!) { post(where: { author_id: { _eq: $by } }, order_by: { id: asc }) { id title views } }';
const STREAM = `subscription Stream($after: Int!) {
  reply_stream(batch_size: 2, cursor: [{ initial_value: { id: $after }, ordering: ASC }]) { id line }
}`;

describe.each(CLIENTS)('%s', (_, program, transport) => {
  let client: Program;
  beforeAll(async () => {
    await forum.reset();
    client = await forum.client(program, { transport });
  });
  afterAll(() => client.stop());

  test('a query with variables', async () => {
    const query =
      'query Posts($ids: [uuid!]!) { post(where: { id: { _in: $ids } }, order_by: { id: asc }) { id title author { id name } } }';
    expect(await client.call('query', query, { ids: [post(1), post(3)] })).toMatchObject({
      post: [
        { title: 'Engines', author: { name: 'Ada' } },
        { title: 'Steam engines', author: { name: 'Bob' } },
      ],
    });
  });

  test('a mutation', async () => {
    const mutation =
      'mutation Reply($object: reply_insert_input!) { insert_reply_one(object: $object) { id line post { id title } } }';
    const object = { post_id: post(4), line: program };
    expect(await client.call('mutate', mutation, { object })).toMatchObject({
      insert_reply_one: { line: program, post: { title: 'Travel' } },
    });
    expect(await forum.rows('SELECT line FROM reply WHERE post_id = $1', post(4))).toEqual([{ line: program }]);
  });

  test('what is wrong with a query, a mutation and a subscription', async () => {
    const unknown = "field 'nothing' not found in type: 'post'";
    await expect(client.call('query', 'query Wrong { post { nothing } }')).rejects.toMatchObject({
      errors: [{ message: unknown, extensions: { path: '$.selectionSet.post.selectionSet.nothing', code: 'validation-failed' } }],
    });
    const taken = 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"';
    const mutation = 'mutation Wrong { insert_author_one(object: { name: "Ada" }) { id } }';
    await expect(client.call('mutate', mutation)).rejects.toMatchObject({
      errors: [{ message: taken, extensions: { code: 'constraint-violation' } }],
    });
    await client.call('subscribe', 'wrong', 'subscription Wrong { post { nothing } }');
    expect(await client.next('wrong')).toMatchObject({ error: expect.stringContaining(unknown) as string });
  });

  test('a subscription gives its first result, then what others change, until it is ended', async () => {
    await client.call('subscribe', 'one', ONE, { id: post(1) });
    expect(await client.next('one')).toMatchObject({ data: { post_by_pk: { title: 'Engines' } } });
    await rename('Motors');
    expect(await client.next('one')).toMatchObject({ data: { post_by_pk: { title: 'Motors' } } });

    await client.call('unsubscribe', 'one');
    await client.call('subscribe', 'other', ONE, { id: post(1) });
    expect(await client.next('other')).toMatchObject({ data: { post_by_pk: { title: 'Motors' } } });
    await rename('Wheels');
    expect(await client.next('other')).toMatchObject({ data: { post_by_pk: { title: 'Wheels' } } });
    await client.call('unsubscribe', 'other');
    expect(client.untaken('one').filter((event) => !isCompletion(event))).toEqual([]);
  });

  test('several subscriptions at a time, each told of its own changes', async () => {
    await client.call('subscribe', 'of Ada', LIST, { by: author(1) });
    await client.call('subscribe', 'of Bob', LIST, { by: author(2) });
    expect(await client.next('of Ada')).toMatchObject({ data: { post: [{ id: post(1) }, { id: post(2) }] } });
    expect(await client.next('of Bob')).toMatchObject({ data: { post: [{ id: post(3) }] } });
    await forum.rows('DELETE FROM post WHERE id = $1', post(3));
    expect(await client.next('of Bob')).toMatchObject({ data: { post: [] } });
    await forum.rows('UPDATE post SET views = 1 WHERE author_id = $1', author(1));
    expect(await client.next('of Ada')).toMatchObject({ data: { post: [{ views: 1 }, { views: 1 }] } });
    for (const name of ['of Ada', 'of Bob']) {
      await client.call('unsubscribe', name);
      expect(client.untaken(name).filter((event) => !isCompletion(event))).toEqual([]);
    }
  });

  test('a stream gives the rows there are, in batches, and then those that come', async () => {
    await forum.reset();
    await client.call('subscribe', 'stream', STREAM, { after: 0 });
    expect(await client.next('stream')).toMatchObject({ data: { reply_stream: [{ line: 'First' }, { line: 'Second' }] } });
    expect(await client.next('stream')).toMatchObject({ data: { reply_stream: [{ line: 'Third' }] } });
    await forum.rows('INSERT INTO reply (post_id, line) VALUES ($1, $2)', post(1), 'Fourth');
    expect(await client.next('stream')).toMatchObject({ data: { reply_stream: [{ line: 'Fourth' }] } });
    await client.call('unsubscribe', 'stream');
  });
});

function isCompletion(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'complete' in event;
}
