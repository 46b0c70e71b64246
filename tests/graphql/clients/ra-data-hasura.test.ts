import type { Forum } from './forum';
import { author, openForum, post } from './forum';
import type { Program } from './program';

let forum: Forum;
let provider: Program;
beforeAll(async () => {
  forum = await openForum({ adminSecret: 's3cret' });
  provider = await forum.client('ra-data-hasura');
});
afterAll(async () => {
  await provider.stop();
  await forum.close();
});

interface List {
  readonly data: readonly { readonly id: unknown; readonly title?: string; readonly name?: string }[];
  readonly total: number;
}

const PAGE = { page: 1, perPage: 10 };
const BY_TITLE = { field: 'title', order: 'ASC' };

async function list(resource: string, params: object): Promise<List> {
  return (await provider.call('getList', resource, { pagination: PAGE, filter: {}, ...params })) as List;
}
async function titles(filter: object): Promise<(string | undefined)[]> {
  return (await list('post', { sort: BY_TITLE, filter })).data.map(({ title }) => title);
}

describe('reading', () => {
  test('a list has every column, and no relationship', async () => {
    expect(await list('post', { sort: BY_TITLE, filter: { id: post(1) } })).toEqual({
      data: [
        {
          id: post(1),
          author_id: author(1),
          title: 'Engines',
          body: 'On cards',
          status: 'published',
          pinned: true,
          views: 900,
          rating: 4.5,
          tags: ['maths', 'cards'],
          created_at: '2024-05-01T10:00:00+00:00',
        },
      ],
      total: 1,
    });
  });

  test('the total is that of the filter, not of the page', async () => {
    const paged = { sort: BY_TITLE, filter: { status: 'published' }, pagination: { page: 2, perPage: 2 } };
    expect(await list('post', paged)).toMatchObject({ data: [{ title: 'Travel' }], total: 3 });
  });

  test.each([
    ['text by part, whatever its case', { title: 'ENGINE' }, ['Engines', 'Steam engines']],
    ['an operator of text', { 'title@_like': 'ngine' }, ['Engines', 'Steam engines']],
    ['an operator without wildcards', { 'title@_eq': 'Notes' }, ['Notes']],
    ['a regular expression', { 'title@_iregex': '^(engines|travel)$' }, ['Engines', 'Travel']],
    ['a number', { 'views@_gt': 100 }, ['Engines', 'Steam engines']],
    ['a number by equality', { views: 20 }, ['Notes', 'Travel']],
    ['a boolean', { pinned: true }, ['Engines']],
    ['an enum', { status: 'draft' }, ['Notes']],
    ['a null', { 'body@_is_null': true }, ['Notes']],
    ['keys of a list', { ids: [post(1), post(4)] }, ['Engines', 'Travel']],
    ['one of a list', { status: ['draft'] }, ['Notes']],
    ['none of a list', { 'title@_nin': ['Engines', 'Notes', 'Travel'] }, ['Steam engines']],
    ['an array that holds', { 'tags@_contains': ['ships'] }, ['Steam engines', 'Travel']],
    ['a related row', { 'author#name@_ilike': 'ad' }, ['Engines', 'Notes']],
    ['a related row by equality', { 'author#age': 50 }, ['Travel']],
    ['rows that a related row has', { 'replys#line@_eq': 'Third' }, ['Steam engines']],
    ['JSON of a related row, by path', { 'author#profile@_contains@langs': ['fr'] }, ['Engines', 'Notes']],
    ['one of several columns', { 'title,body@_eq,author#name@_ilike': 'Oil' }, ['Steam engines']],
    ['several filters', { 'title@_ilike': 'e', pinned: false, 'views@_lte': 20 }, ['Notes', 'Travel']],
    [
      'a raw query',
      { title: { format: 'hasura-raw-query', value: { _nin: ['Engines'], _nilike: 'tr%' } } },
      ['Notes', 'Steam engines'],
    ],
  ])('filters by %s', async (_, filter, expected) => {
    expect(await titles(filter)).toEqual(expected);
  });

  test('filters by JSON', async () => {
    expect(await list('author', { sort: { field: 'id', order: 'ASC' }, filter: { profile: '{"city":"Paris"}' } })).toMatchObject({
      data: [{ name: 'Bob', profile: { city: 'Paris' } }],
      total: 1,
    });
  });

  test.each([
    ['a column', { field: 'title', order: 'DESC' }, [4, 3, 2, 1]],
    ['a column of a related row', { field: 'author.name', order: 'DESC' }, [4, 3]],
    ['several columns', { field: 'views,title', order: 'ASC,DESC' }, [4, 2, 1, 3]],
    ['a column, nulls apart', { field: 'rating@nulls_last', order: 'DESC' }, [1, 3, 4, 2]],
  ])('sorts by %s', async (_, sort, expected) => {
    const { data } = await list('post', { sort });
    expect(data.slice(0, expected.length).map(({ id }) => id)).toEqual(expected.map(post));
  });

  test('keeps one row of a kind with distinct_on', async () => {
    const found = await list('post', { sort: { field: 'status', order: 'ASC' }, filter: { distinct_on: 'status' } });
    expect(found).toMatchObject({ data: [{ status: 'draft' }, { status: 'published' }], total: 2 });
  });

  test('one, many, and those that refer to one', async () => {
    expect(await provider.call('getOne', 'author', { id: author(3) })).toEqual({
      data: { id: author(3), name: 'Cid', email: null, age: 50, profile: {}, joined: '2022-12-31' },
    });
    expect(await provider.call('getMany', 'author', { ids: [author(1), author(2)] })).toMatchObject({
      data: [{ name: 'Ada' }, { name: 'Bob' }],
    });
    const reference = { target: 'author_id', id: author(1), pagination: PAGE, sort: BY_TITLE };
    expect(await provider.call('getManyReference', 'post', { ...reference, filter: {} })).toMatchObject({
      data: [{ title: 'Engines' }, { title: 'Notes' }],
      total: 2,
    });
    expect(await provider.call('getManyReference', 'post', { ...reference, filter: { pinned: true } })).toMatchObject({
      data: [{ title: 'Engines' }],
      total: 1,
    });
    expect(
      await provider.call('getManyReference', 'post', {
        ...reference,
        target: 'author#profile@_contains@city',
        id: 'Paris',
        filter: {},
      }),
    ).toMatchObject({ data: [{ title: 'Steam engines' }], total: 1 });
  });

  test('a filter on no column says so', async () => {
    await expect(list('post', { sort: BY_TITLE, filter: { nothing: 1 } })).rejects.toMatchObject({
      message: "field 'nothing' not found in type: 'post_bool_exp'",
    });
  });
});

describe('writing', () => {
  beforeEach(() => forum.reset());

  test('creates a row with its defaults', async () => {
    const data = { name: 'Dot', age: '41', profile: { city: 'Rome' }, joined: '' };
    const created = (await provider.call('create', 'author', { data })) as { data: { id: string } };
    expect(created.data).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'Dot',
      email: null,
      age: 41,
      profile: { city: 'Rome' },
      joined: null,
    });
    expect(await forum.rows('SELECT id, age, joined FROM author WHERE name = $1', 'Dot')).toEqual([
      { id: created.data.id, age: 41, joined: null },
    ]);
  });

  test('updates what has changed', async () => {
    const previousData = { id: author(1), name: 'Ada', age: 36, profile: {} };
    const data = { ...previousData, age: 37, posts: [], nothing: 1 };
    expect(await provider.call('update', 'author', { id: author(1), data, previousData })).toMatchObject({
      data: { id: author(1), name: 'Ada', age: 37, profile: { city: 'London' } },
    });
    expect(await forum.rows('SELECT name FROM author WHERE age = 37')).toEqual([{ name: 'Ada' }]);
  });

  test('updates many', async () => {
    const ids = [post(1), post(2)];
    expect(await provider.call('updateMany', 'post', { ids, data: { status: 'published', rating: '1.5' } })).toEqual({
      data: ids,
    });
    expect(await forum.rows('SELECT id FROM post WHERE rating = 1.5 AND status = $1 ORDER BY id', 'published')).toEqual(
      ids.map((id) => ({ id })),
    );
  });

  test('deletes one and many', async () => {
    expect(await provider.call('delete', 'post', { id: post(2), previousData: {} })).toMatchObject({
      data: { id: post(2), title: 'Notes' },
    });
    expect(await provider.call('deleteMany', 'post', { ids: [post(3), post(4)] })).toEqual({ data: [post(3), post(4)] });
    expect(await forum.rows('SELECT id FROM post')).toEqual([{ id: post(1) }]);
  });

  test('tells what the database refuses', async () => {
    await expect(provider.call('create', 'author', { data: { name: 'Ada' } })).rejects.toMatchObject({
      message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
    });
    await expect(provider.call('create', 'author', { data: { name: null } })).rejects.toMatchObject({
      message: "unexpected null value for type 'String'",
    });
  });
});

test('a client without the secret is refused', async () => {
  const stranger = await forum.client('ra-data-hasura', { secret: '' });
  await expect(stranger.call('getOne', 'author', { id: author(1) }).finally(stranger.stop)).rejects.toMatchObject({
    message: '"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found',
  });
});
