import type { Forum } from './forum';
import { author, openForum, post } from './forum';
import type { Program } from './program';

let forum: Forum;
let refine: Program;
let refineOfIntegers: Program;
beforeAll(async () => {
  forum = await openForum({ adminSecret: 's3cret', pollMs: 100 });
  refine = await forum.client('refine');
  refineOfIntegers = await forum.client('refine', { options: { idType: 'Int', namingConvention: 'hasura-default' } });
});
afterAll(async () => {
  await refine.stop();
  await refineOfIntegers.stop();
  await forum.close();
});

const TITLE = { fields: ['id', 'title'] };
const BY_TITLE = [{ field: 'title', order: 'asc' }];

async function titles(...filters: object[]): Promise<(string | undefined)[]> {
  const found = await refine.call('getList', { resource: 'post', sorters: BY_TITLE, filters, meta: TITLE });
  return (found as { data: { title?: string }[] }).data.map(({ title }) => title);
}

describe('getList', () => {
  test('gives the first ten and the total when nothing is asked for', async () => {
    expect(await refine.call('getList', { resource: 'author', meta: { fields: ['name'] } })).toEqual({
      data: [{ name: 'Ada' }, { name: 'Bob' }, { name: 'Cid' }],
      total: 3,
    });
  });

  test('gives a page, sorted by several columns, with nested fields', async () => {
    const found = await refine.call('getList', {
      resource: 'post',
      pagination: { currentPage: 2, pageSize: 2 },
      sorters: [
        { field: 'views', order: 'asc' },
        { field: 'title', order: 'desc' },
      ],
      meta: { fields: ['title', 'rating', { author: ['name', { posts: ['id'] }] }] },
    });
    expect(found).toEqual({
      data: [
        { title: 'Engines', rating: 4.5, author: { name: 'Ada', posts: [{ id: post(1) }, { id: post(2) }] } },
        { title: 'Steam engines', rating: 3, author: { name: 'Bob', posts: [{ id: post(3) }] } },
      ],
      total: 4,
    });
  });

  test('gives all when the client does the paging, sorted by a related row', async () => {
    const found = await refine.call('getList', {
      resource: 'post',
      pagination: { mode: 'off', currentPage: 3, pageSize: 1 },
      sorters: [{ field: 'author.name', order: 'desc' }],
      filters: [{ field: 'id', operator: 'ne', value: post(2) }],
      meta: TITLE,
    });
    expect(found).toMatchObject({ data: [{ id: post(4) }, { id: post(3) }, { id: post(1) }], total: 3 });
  });

  test.each([
    ['eq', 'title', 'Notes', ['Notes']],
    ['ne', 'status', 'published', ['Notes']],
    ['lt', 'rating', 3, ['Travel']],
    ['lte', 'rating', '3.0', ['Steam engines', 'Travel']],
    ['gt', 'views', 900, ['Steam engines']],
    ['gte', 'views', 900, ['Engines', 'Steam engines']],
    ['in', 'id', [post(1), post(4)], ['Engines', 'Travel']],
    ['nin', 'id', [post(1), post(4)], ['Notes', 'Steam engines']],
    ['contains', 'title', 'ENGINE', ['Engines', 'Steam engines']],
    ['ncontains', 'title', 'ENGINE', ['Notes', 'Travel']],
    ['containss', 'title', 'Engine', ['Engines']],
    ['ncontainss', 'title', 'Engine', ['Notes', 'Steam engines', 'Travel']],
    ['null', 'body', true, ['Notes']],
    ['nnull', 'body', undefined, ['Engines', 'Steam engines', 'Travel']],
    ['startswith', 'title', 'eng', ['Engines']],
    ['nstartswith', 'title', 'eng', ['Notes', 'Steam engines', 'Travel']],
    ['endswith', 'title', 'ENGINES', ['Engines', 'Steam engines']],
    ['nendswith', 'title', 'ENGINES', ['Notes', 'Travel']],
    ['startswiths', 'title', 'Eng', ['Engines']],
    ['nstartswiths', 'title', 'Eng', ['Notes', 'Steam engines', 'Travel']],
    ['endswiths', 'title', 'engines', ['Steam engines']],
    ['nendswiths', 'title', 'engines', ['Engines', 'Notes', 'Travel']],
  ])('filters with %s on %s', async (operator, field, value, expected) => {
    expect(await titles({ field, operator, value })).toEqual(expected);
  });

  test('filters with or, and, and related rows', async () => {
    const byBob = { field: 'author.name', operator: 'eq', value: 'Bob' };
    const replied = { field: 'replys.line', operator: 'eq', value: 'First' };
    const pinned = { field: 'pinned', operator: 'eq', value: true };
    expect(await titles({ operator: 'or', value: [byBob, { operator: 'and', value: [replied, pinned] }] })).toEqual([
      'Engines',
      'Steam engines',
    ]);
    expect(await titles(byBob, pinned)).toEqual([]);
  });

  test('a `not`, which the client sends as a list, is told so', async () => {
    const filter = { operator: 'not', value: [{ field: 'pinned', operator: 'eq', value: true }] };
    await expect(titles(filter)).rejects.toMatchObject({
      errors: [{ message: "expected an object for type 'post_bool_exp', but found a list" }],
    });
  });

  test('sends a document of its user, and merges the filters', async () => {
    const text = `query ($offset: Int!, $limit: Int!, $order_by: [post_order_by!], $where: post_bool_exp) {
      post(offset: $offset, limit: $limit, order_by: $order_by, where: $where) { title replys_aggregate { aggregate { count } } }
      post_aggregate(where: $where) { aggregate { count } }
    }`;
    const found = await refine.call('getList', {
      resource: 'post',
      sorters: BY_TITLE,
      filters: [{ field: 'status', operator: 'eq', value: 'published' }],
      meta: { gqlQuery: { gql: text }, gqlVariables: { where: { views: { _gt: 100 } } } },
    });
    expect(found).toEqual({
      data: [
        { title: 'Engines', replys_aggregate: { aggregate: { count: 2 } } },
        { title: 'Steam engines', replys_aggregate: { aggregate: { count: 1 } } },
      ],
      total: 2,
    });
  });
});

describe('one and many', () => {
  test('by uuid', async () => {
    const meta = { fields: ['id', 'name', 'profile'] };
    expect(await refine.call('getOne', { resource: 'author', id: author(2), meta })).toEqual({
      data: { id: author(2), name: 'Bob', profile: { city: 'Paris' } },
    });
    expect(await refine.call('getOne', { resource: 'author', id: post(1), meta })).toEqual({ data: null });
    expect(await refine.call('getMany', { resource: 'author', ids: [author(1), author(3)], meta })).toMatchObject({
      data: [{ name: 'Ada' }, { name: 'Cid' }],
    });
  });

  test('by an integer', async () => {
    const meta = { fields: ['line'] };
    expect(await refineOfIntegers.call('getOne', { resource: 'reply', id: 2, meta })).toEqual({ data: { line: 'Second' } });
    expect(await refineOfIntegers.call('getOne', { resource: 'reply', id: '3', meta })).toEqual({ data: { line: 'Third' } });
    await expect(refine.call('getOne', { resource: 'reply', id: 2, meta })).rejects.toMatchObject({
      errors: [{ message: "variable 'id' is declared as 'uuid!', but used where 'Int!' is expected" }],
    });
  });

  test('by a document of its user', async () => {
    const one = 'query ($id: uuid!) { author_by_pk(id: $id) { name } }';
    expect(await refine.call('getOne', { resource: 'author', id: author(1), meta: { gqlQuery: { gql: one } } })).toEqual({
      data: { name: 'Ada' },
    });
    const fromMutation = `mutation ($id: uuid!, $object: author_set_input!) {
      update_author_by_pk(pk_columns: { id: $id }, _set: $object) { id name posts { title } }
    }`;
    expect(
      await refine.call('getOne', { resource: 'author', id: author(3), meta: { gqlMutation: { gql: fromMutation } } }),
    ).toEqual({ data: { id: author(3), name: 'Cid', posts: [{ title: 'Travel' }] } });
    const many = 'query ($where: author_bool_exp!) { author(where: $where) { name } }';
    expect(await refine.call('getMany', { resource: 'author', ids: [author(1)], meta: { gqlQuery: { gql: many } } })).toEqual({
      data: [{ name: 'Ada' }],
    });
  });
});

describe('writing', () => {
  beforeEach(() => forum.reset());

  test('creates one, with related rows', async () => {
    const variables = { name: 'Dot', age: 41, profile: { city: 'Rome' } };
    const created = (await refine.call('create', { resource: 'author', variables })) as { data: { id: string } };
    expect(created.data).toEqual({ ...variables, id: expect.any(String) as string });
    const meta = { fields: ['title', { author: ['name'] }] };
    const nested = { title: 'Hello', tags: ['a', 'b'], author: { data: { name: 'Eve' } }, replys: { data: [{ line: 'Hi' }] } };
    expect(await refine.call('create', { resource: 'post', variables: nested, meta })).toEqual({
      data: { title: 'Hello', author: { name: 'Eve' } },
    });
    expect(await forum.rows('SELECT line FROM reply JOIN post ON post.id = post_id WHERE title = $1', 'Hello')).toEqual([
      { line: 'Hi' },
    ]);
  });

  test('creates many', async () => {
    const variables = [{ name: 'Dot' }, { name: 'Eve', age: 20 }];
    expect(await refine.call('createMany', { resource: 'author', variables, meta: { fields: ['name', 'age'] } })).toEqual({
      data: [
        { id: expect.any(String) as string, name: 'Dot', age: null },
        { id: expect.any(String) as string, name: 'Eve', age: 20 },
      ],
    });
    expect(await forum.rows('SELECT count(*)::int FROM author')).toEqual([{ count: 5 }]);
  });

  test('updates one and many', async () => {
    const meta = { fields: ['id', 'name', 'email'] };
    expect(await refine.call('update', { resource: 'author', id: author(1), variables: { email: null }, meta })).toEqual({
      data: { id: author(1), name: 'Ada', email: null },
    });
    const ids = [author(1), author(2)];
    expect(await refine.call('updateMany', { resource: 'author', ids, variables: { age: 1 } })).toEqual({
      data: ids.map((id) => ({ id })),
    });
    expect(await forum.rows('SELECT age, email FROM author ORDER BY id')).toEqual([
      { age: 1, email: null },
      { age: 1, email: 'BOB@example.org' },
      { age: 50, email: null },
    ]);
  });

  test('updates by a document of its user', async () => {
    const text = `mutation ($id: uuid!, $object: post_set_input!, $by: bigint!) {
      update_post_by_pk(pk_columns: { id: $id }, _set: $object, _inc: { views: $by }) { title views }
    }`;
    const meta = { gqlMutation: { gql: text }, gqlVariables: { by: 5 } };
    expect(await refine.call('update', { resource: 'post', id: post(2), variables: { title: 'Noted' }, meta })).toEqual({
      data: { title: 'Noted', views: 25 },
    });
  });

  test('deletes one and many', async () => {
    expect(await refine.call('deleteOne', { resource: 'post', id: post(1), meta: TITLE })).toEqual({
      data: { id: post(1), title: 'Engines' },
    });
    expect(await refine.call('deleteOne', { resource: 'post', id: post(1) })).toEqual({ data: null });
    expect(
      await refine.call('deleteMany', { resource: 'author', ids: [author(1), author(2)], meta: { fields: ['name'] } }),
    ).toEqual({
      data: [
        { id: author(1), name: 'Ada' },
        { id: author(2), name: 'Bob' },
      ],
    });
    expect(await forum.rows('SELECT title FROM post')).toEqual([{ title: 'Travel' }]);
    expect(await refineOfIntegers.call('deleteOne', { resource: 'reply', id: 1 })).toEqual({ data: null });
  });

  test('tells what the database refuses', async () => {
    await expect(refine.call('create', { resource: 'author', variables: { name: 'Ada' } })).rejects.toMatchObject({
      errors: [
        {
          message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
          extensions: { path: '$.selectionSet.insert_author_one.args.object', code: 'constraint-violation' },
        },
      ],
    });
  });
});

describe('custom', () => {
  test('sends an operation made of its name, fields and variables', async () => {
    const meta = {
      operation: 'author_aggregate',
      fields: [{ aggregate: ['count', { max: ['age'] }] }],
      variables: { where: { value: { age: { _gt: 1 } }, type: 'author_bool_exp', required: true } },
    };
    expect(await refine.call('custom', { url: '', method: 'get', meta })).toEqual({
      data: { aggregate: { count: 2, max: { age: 50 } } },
    });
    const deletion = {
      operation: 'delete_reply_by_pk',
      fields: ['line'],
      variables: { id: { value: 3, type: 'Int', required: true } },
    };
    expect(await refine.call('custom', { url: '', method: 'post', meta: deletion })).toEqual({ data: { line: 'Third' } });
  });

  test('sends a document to another URL, with headers', async () => {
    const meta = { operation: 'author', fields: ['name'], variables: { limit: { value: 1, type: 'Int' } } };
    const headers = { 'x-hasura-admin-secret': 's3cret' };
    expect(await refine.call('custom', { url: forum.url, method: 'get', headers, meta })).toEqual({ data: [{ name: 'Ada' }] });
    const document = { gqlQuery: { gql: 'query ($n: Int!) { author(limit: $n) { name } }' }, gqlVariables: { n: 1 } };
    expect(await refine.call('custom', { url: '', method: 'get', meta: document })).toEqual({
      data: { author: [{ name: 'Ada' }] },
    });
  });
});

describe('liveProvider', () => {
  beforeAll(() => forum.reset());

  test('tells of changes of a page, of one row and of some', async () => {
    const page = { pagination: { currentPage: 1, pageSize: 2 }, sorters: [{ field: 'views', order: 'desc' }] };
    const filters = [{ field: 'author.name', operator: 'contains', value: 'a' }];
    await refine.call('subscribe', 'list', { resource: 'post', subscriptionType: 'useList', meta: TITLE, filters, ...page });
    await refine.call('subscribe', 'one', { resource: 'post', subscriptionType: 'useOne', meta: TITLE, id: post(2) });
    await refine.call('subscribe', 'many', { resource: 'post', subscriptionType: 'useMany', meta: TITLE, ids: [post(2)] });
    const told = async (title: string): Promise<void> => {
      expect(await refine.next('list')).toEqual([
        { id: post(1), title: 'Engines' },
        { id: post(2), title },
      ]);
      expect(await refine.next('one')).toEqual({ id: post(2), title });
      expect(await refine.next('many')).toEqual([{ id: post(2), title }]);
    };
    await told('Notes');
    await forum.rows('UPDATE post SET title = $1 WHERE id = $2', 'Letters', post(2));
    await told('Letters');
    for (const name of ['list', 'one', 'many']) await refine.call('unsubscribe', name);
  });

  test('sends the fields of a document', async () => {
    const gql = 'query ($where: reply_bool_exp) { reply(where: $where) { line post { title } } }';
    await refine.call('subscribe', 'replies', { resource: 'reply', subscriptionType: 'useList', meta: { gqlQuery: { gql } } });
    expect(await refine.next('replies')).toMatchObject([{ line: 'First', post: { title: 'Engines' } }, {}, {}]);
    await refine.call('unsubscribe', 'replies');
  });
});

test('a client without the secret is refused', async () => {
  const stranger = await forum.client('refine', { secret: '' });
  await expect(stranger.call('getList', { resource: 'author', meta: TITLE }).finally(stranger.stop)).rejects.toMatchObject({
    errors: [
      {
        message: '"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found',
        extensions: { path: '$', code: 'access-denied' },
      },
    ],
  });
});
