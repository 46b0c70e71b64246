import type { Fixture } from '../database';
import { ask, shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('what the database refuses', () => {
  const insertArticle = (object: string): string => `mutation { insert_shop_article(objects: [${object}]) { affected_rows } }`;
  const path = '$.selectionSet.insert_shop_article.args.objects';
  test.each<[string, Case]>([
    [
      'a missing value',
      {
        query: insertArticle('{author_id: 1}'),
        message: 'Not-NULL violation. null value in column "title" of relation "article" violates not-null constraint',
        path,
        code: 'constraint-violation',
      },
    ],
    [
      'a parent that is not there',
      {
        query: insertArticle('{author_id: 99, title: "t"}'),
        message:
          'Foreign key violation. insert or update on table "article" violates foreign key constraint "article_author_id_fkey"',
        path,
        code: 'constraint-violation',
      },
    ],
    [
      'a duplicate',
      {
        query: 'mutation { insert_shop_author_one(object: {name: "Ann"}) { id } }',
        message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        path: '$.selectionSet.insert_shop_author_one.args.object',
        code: 'constraint-violation',
      },
    ],
    [
      'a check',
      {
        query: insertArticle('{author_id: 1, title: "t", rank: -1}'),
        message: 'Check constraint violation. new row for relation "article" violates check constraint "article_rank_check"',
        path,
        code: 'permission-error',
      },
    ],
    [
      'a delete of what others refer to',
      {
        query: 'mutation { delete_shop_author(where: {id: {_eq: 1}}) { affected_rows } }',
        message:
          'Foreign key violation. update or delete on table "author" violates foreign key constraint "article_author_id_fkey" on table "article"',
        path: '$',
        code: 'constraint-violation',
      },
    ],
    [
      'an exclusion',
      {
        query: 'mutation { insert_shop_booking_one(object: {id: 3, seats: "[3,9)"}) { id } }',
        message: 'Exclusion violation. conflicting key value violates exclusion constraint "booking_overlap"',
        path: '$.selectionSet.insert_shop_booking_one.args.object',
        code: 'constraint-violation',
      },
    ],
    [
      'a unique index that is no constraint',
      {
        query:
          'mutation { insert_shop_booking(objects: [{id: 3, seats: "[20,21)", author_id: 2}, {id: 4, seats: "[21,22)", author_id: 2}]) { affected_rows } }',
        message: 'Uniqueness violation. duplicate key value violates unique constraint "booking_author"',
        path: '$.selectionSet.insert_shop_booking.args.objects',
        code: 'constraint-violation',
      },
    ],
    [
      'a check in an update',
      {
        query: 'mutation { update_shop_article(where: {}, _set: {rank: -1}) { affected_rows } }',
        message: 'Check constraint violation. new row for relation "article" violates check constraint "article_rank_check"',
        path: '$',
        code: 'permission-error',
      },
    ],
    [
      'a check of a domain',
      {
        query: 'mutation { update_shop_author(where: {}, _set: {email: "nowhere"}) { affected_rows } }',
        message: 'Check constraint violation. value for domain shop.email violates check constraint "email_check"',
        path: '$',
        code: 'permission-error',
      },
    ],
    [
      'a duplicate in an update',
      {
        query: 'mutation { update_shop_author_by_pk(pk_columns: {id: 2}, _set: {name: "Ann"}) { id } }',
        message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        path: '$',
        code: 'constraint-violation',
      },
    ],
    [
      'a missing value of a table with generated columns',
      {
        query: 'mutation { insert_shop_rectangle_one(object: {width: 1}) { id } }',
        message: 'Not-NULL violation. null value in column "height" of relation "rectangle" violates not-null constraint',
        path: '$.selectionSet.insert_shop_rectangle_one.args.object',
        code: 'constraint-violation',
      },
    ],
    [
      'a pattern that ends with an escape',
      {
        query: String.raw`{ shop_log(where: {line: {_like: "o\\"}}) { line } }`,
        message: 'LIKE pattern must not end with escape character',
        path: '$',
        code: 'bad-request',
      },
    ],
    [
      'a regular expression that is none',
      {
        query: '{ shop_author(where: {name: {_regex: "("}}) { id } }',
        message: 'invalid regular expression: parentheses () not balanced',
        path: '$',
        code: 'data-exception',
      },
    ],
    [
      'a path of SQL/JSON that is none',
      {
        query: '{ shop_author(where: {bio: {_jsonb_path_exists: "$.["}}) { id } }',
        message: 'database query error',
        path: '$',
        code: 'unexpected',
      },
    ],
    [
      'an element to delete of what is no array',
      {
        query: 'mutation { update_shop_author(where: {id: {_eq: 1}}, _delete_elem: {bio: 0}) { affected_rows } }',
        message: 'cannot delete from object using integer index',
        path: '$',
        code: 'data-exception',
      },
    ],
    [
      'a sum that is too large',
      {
        query: 'mutation { update_shop_author(where: {}, _inc: {visits: 9223372036854775807}) { affected_rows } }',
        message: 'bigint out of range',
        path: '$',
        code: 'data-exception',
      },
    ],
    [
      'a text that is too long',
      {
        query: insertArticle(`{author_id: 1, title: "${'x'.repeat(41)}"}`),
        message: 'value too long for type character varying(40)',
        path,
        code: 'data-exception',
      },
    ],
    [
      'a bad value in a nested insert, at its place',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "Z", articles_by_author: {data: [{title: "t", rank: "x"}]}}) { affected_rows } }',
        message: 'invalid input syntax for type integer: "x"',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data',
        code: 'data-exception',
      },
    ],
    [
      'a duplicate in a nested insert, at its place',
      {
        query: 'mutation { insert_shop_article_one(object: {title: "t", author: {data: {name: "Ann"}}}) { id } }',
        message: 'Uniqueness violation. duplicate key value violates unique constraint "author_name_key"',
        path: '$.selectionSet.insert_shop_article_one.args.object[0].author.data',
        code: 'constraint-violation',
      },
    ],
    [
      'a deferred constraint, at the commit',
      {
        query: 'mutation { insert_shop_label_one(object: {warehouse: "none", no: 1}) { no } }',
        message:
          'Foreign key violation. insert or update on table "label" violates foreign key constraint "label_warehouse_no_fkey"',
        path: '$.selectionSet.insert_shop_label_one.args.object',
        code: 'constraint-violation',
      },
    ],
    [
      'what Hasura does not name',
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "twice"}, {name: "twice"}], on_conflict: {constraint: author_name_key, update_columns: [level]}) { affected_rows } }',
        message: 'database query error',
        path: '$.selectionSet.insert_shop_author.args.objects',
        code: 'unexpected',
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));

  test('an unexpected error says more inside', async () => {
    const answer = await ask(
      shop.engine,
      '{ shop_author(where: {tags: {_contains: "{"}}) { id } shop_author_aggregate { aggregate { max { code } } } }',
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('data-exception');
    const inside = await ask(shop.engine, '{ shop_author(where: {raw: {_eq: 1}}) { id } }');
    expect(inside.errors?.[0]?.extensions.internal).toMatchObject({
      error: { status_code: '42883' },
      statement: expect.stringContaining('SELECT') as string,
    });
  });

  test('the failure says state and constraint to callers inside', async () => {
    const { error } = await shop.engine.execute({ query: 'mutation { insert_shop_author_one(object: {name: "Ann"}) { id } }' });
    expect(error).toMatchObject({
      sqlState: '23505',
      constraint: 'author_name_key',
      unavailable: false,
      code: 'constraint-violation',
    });
  });

  test('a constraint that is gone since the catalog was read', async () => {
    await shop.pool.query('ALTER TABLE note DROP CONSTRAINT note_pkey');
    await expectError(shop, {
      query: 'mutation { insert_note_one(object: {id: 1}, on_conflict: {constraint: note_pkey}) { id } }',
      message: 'constraint "note_pkey" for table "note" does not exist',
      path: '$.selectionSet.insert_note_one.args.object',
      code: 'constraint-error',
    });
    await shop.pool.query('ALTER TABLE note ADD PRIMARY KEY (id)');
  });

  test('what a trigger raises', async () => {
    await shop.pool.query(`
      CREATE FUNCTION shop.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'not today' USING ERRCODE = TG_ARGV[0], HINT = 'come tomorrow', DETAIL = 'closed'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON shop.log EXECUTE FUNCTION shop.refuse('P0001');`);
    const query = 'mutation { update_shop_log(where: {}, _set: {line: "x"}) { affected_rows } }';
    const answer = await ask(shop.engine, query);
    expect(answer).toEqual({
      errors: [
        {
          message: 'database query error',
          extensions: {
            path: '$',
            code: 'unexpected',
            internal: {
              statement: expect.stringContaining('UPDATE "shop"."log"') as string,
              prepared: true,
              error: {
                exec_status: 'FatalError',
                status_code: 'P0001',
                message: 'not today',
                hint: 'come tomorrow',
                description: 'closed',
              },
            },
          },
        },
      ],
    });
  });

  test.each([
    ['23001', 'constraint-violation', 'Can not delete or update due to data being referred. not today'],
    ['23000', 'constraint-violation', 'not today'],
    ['22012', 'data-exception', 'not today'],
    ['42704', 'constraint-error', 'not today'],
    ['42P10', 'constraint-error', 'there is no unique or exclusion constraint on target column(s)'],
    ['40001', 'concurrent-update', 'serialization failure due to concurrent update'],
    ['40002', 'concurrent-update', 'not today'],
    ['21000', 'unexpected', 'database query error'],
    ['0A000', 'unexpected', 'database query error'],
  ])('the state %s is %s', async (state, code, message) => {
    await shop.pool.query(`
      DROP TRIGGER IF EXISTS refuse ON shop.log;
      CREATE TRIGGER refuse BEFORE UPDATE ON shop.log EXECUTE FUNCTION shop.refuse('${state}');`);
    const query = 'mutation { update_shop_log(where: {}, _set: {line: "x"}) { affected_rows } }';
    await expectError(shop, { query, message, path: '$', code });
  });
});
