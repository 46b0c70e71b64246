import { createGraphQL } from '../../../src/graphql';
import type { GraphQLEngine } from '../../../src/graphql';
import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';
import { ask, log } from '../database';

// What fuzzing found, each in its smallest form.

let database: TestDatabase;
let engine: GraphQLEngine;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
  const { pool } = database;
  await pool.query(`
    CREATE TABLE publisher (id int PRIMARY KEY, name text NOT NULL, city int NOT NULL DEFAULT 0);
    CREATE TABLE genre (id int PRIMARY KEY, name text NOT NULL);
    CREATE TABLE book (id int PRIMARY KEY, title text, publisher_id int REFERENCES publisher, genre_id int REFERENCES genre);
    CREATE TABLE review (id int PRIMARY KEY, book_id int REFERENCES book, genre_id int REFERENCES genre);
    INSERT INTO publisher VALUES (1, 'old'); INSERT INTO genre VALUES (1, 'old'); INSERT INTO book VALUES (1, 'old', 1, 1)`);
  engine = await createGraphQL({ pool, schemas: ['public'], maxBodyBytes: 100_000, log });
});
afterAll(() => database.drop());

test('the condition of an upsert sees what the same object wrote before', async () => {
  const answer = await ask(
    engine,
    `mutation {
      insert_book_one(
        object: {id: 1, title: "new", publisher: {
          data: {id: 1, name: "new"}, on_conflict: {constraint: publisher_pkey, update_columns: [name]}
        }}
        on_conflict: {constraint: book_pkey, update_columns: [title], where: {publisher: {name: {_eq: "new"}}}}
      ) { title }
    }`,
  );
  expect(answer).toEqual({ data: { insert_book_one: { title: 'new' } } });
});

test('nothing is tried for an object after one that it needs was left out', async () => {
  const answer = await ask(
    engine,
    `mutation {
      insert_book_one(object: {
        id: 2
        publisher: {data: {id: 1, name: "new"}, on_conflict: {constraint: publisher_pkey}}
        genre: {data: {id: 2}}
      }) { id }
    }`,
  );
  expect(answer.errors?.[0]).toMatchObject({
    message: 'cannot proceed to insert object relation "publisher" since insert to table "publisher" affects zero rows',
    extensions: { code: 'not-supported' },
  });
});

test('nor for what hangs on an object that was left out', async () => {
  const answer = await ask(
    engine,
    `mutation {
      insert_book_one(
        object: {id: 1, reviews: {data: {id: 1, genre: {data: {id: 2}}}}}
        on_conflict: {constraint: book_pkey}
      ) { id }
    }`,
  );
  expect(answer.errors?.[0]).toMatchObject({
    message: 'cannot proceed to insert array relations since insert to table "book" affects zero rows',
    extensions: { code: 'not-supported' },
  });
});
