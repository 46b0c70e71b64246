import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { libraryFixture, log } from './database';
import type { Served } from './served';
import { post, serve } from './served';

let library: Fixture;
let served: Served;
let folder: string;
let file: string;
const SECRET = { 'x-hasura-admin-secret': 's3cret' };

beforeAll(async () => {
  library = await libraryFixture();
  folder = await mkdtemp(path.join(tmpdir(), 'metadata-'));
  file = path.join(folder, 'metadata.json');
});
beforeEach(async () => {
  await copyFile(path.join(__dirname, 'library-metadata.json'), file);
  const options = { pool: library.pool, schemas: library.schemas, metadata: file, adminSecret: 's3cret' };
  served = await serve(await createGraphQL({ ...options, maxBodyBytes: 100_000, log }));
});
afterEach(() => served.close());
afterAll(async () => {
  await rm(folder, { recursive: true });
  await library.drop();
});

const command = (type: unknown, headers: Record<string, string> = SECRET) =>
  post(`${served.url}/v1/metadata`, { type, args: {} }, headers);
const ask = async (query: string) => (await post(`${served.url}/v1/graphql`, { query }, SECRET)).json;
const onlyReviews = (name: string) =>
  writeFile(
    file,
    JSON.stringify({ tables: [{ table: { schema: 'library', name: 'review' }, configuration: { custom_name: name } }] }),
  );

test('reload_metadata serves the file as it is now, and drops what was compiled', async () => {
  expect(await ask('{ library_review(limit: 1) { stars } }')).toMatchObject({ data: {} });
  await onlyReviews('opinion');
  expect(await ask('{ library_review(limit: 1) { stars } }')).toMatchObject({ data: {} });
  expect((await command('reload_metadata')).json).toEqual({ message: 'success', is_consistent: true });
  expect(await ask('{ opinion(limit: 1, order_by: {stars: asc}) { stars } }')).toEqual({ data: { opinion: [{ stars: 3 }] } });
  expect(await ask('{ library_review(limit: 1) { stars } }')).toMatchObject({
    errors: [{ message: "field 'library_review' not found in type: 'query_root'" }],
  });
  expect(await ask('{ books { id } }')).toMatchObject({ errors: [{}] });
});

test('reload_metadata sees new columns and new values of enum tables', async () => {
  await library.pool.query(`ALTER TABLE library.review ADD COLUMN author text; INSERT INTO library.genre VALUES ('drama')`);
  expect(await ask('{ library_review { author } }')).toMatchObject({ errors: [{}] });
  await command('reload_metadata');
  expect(await ask('{ library_review(limit: 1) { author } books(where: {genre: {_eq: drama}}) { id } }')).toEqual({
    data: { library_review: [{ author: null }], books: [] },
  });
  await library.pool.query(`ALTER TABLE library.review DROP COLUMN author; DELETE FROM library.genre WHERE value = 'drama'`);
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['that is not JSON', () => writeFile(file, '{'), /GRAPHQL_METADATA .*metadata\.json: .*JSON/],
  ['that is missing', () => rm(file), /GRAPHQL_METADATA .*metadata\.json: ENOENT/],
  [
    'of another form',
    () => writeFile(file, '{"tables": [{"table": 1, "is_enum": "yes"}]}'),
    /tables\[0\]\.table: must be a table name.*; tables\[0\]\.is_enum: /,
  ],
  [
    'with an unknown table',
    () => writeFile(file, '[{"table": {"schema": "library", "name": "nope"}}]'),
    /there is no table "library"."nope" in the served schemas/,
  ],
  [
    'with an enum of numbers',
    () => writeFile(file, '[{"table": {"schema": "library", "name": "review"}, "is_enum": true}]'),
    /"library"."review" cannot be an enum table: its primary key must be one column/,
  ],
])('a file %s is refused with what is wrong, and what was served stays', async (_, spoil, message) => {
  await spoil();
  const { status, json } = await command('reload_metadata');
  expect({ status, json }).toEqual({
    status: 400,
    json: { path: '$', error: expect.stringMatching(message) as string, code: 'invalid-configuration' },
  });
  expect(await ask('{ books(where: {id: {_eq: 2}}) { title } }')).toEqual({ data: { books: [{ title: 'ulysses' }] } });
});

test('a table that cannot be served is told of as inconsistent', async () => {
  await writeFile(
    file,
    JSON.stringify([{ table: { schema: 'library', name: 'Book Shelf' } }, { table: { schema: 'library', name: 'review' } }]),
  );
  const reason =
    'cannot include "library_Book Shelf" in the GraphQL schema because "library_Book Shelf", "shelf-id", "Room №" is not a valid GraphQL identifier';
  const objects = [{ type: 'table', reason }];
  expect((await command('reload_metadata')).json).toEqual({
    message: 'success',
    is_consistent: false,
    inconsistent_objects: objects,
  });
  expect((await command('get_inconsistent_metadata')).json).toEqual({ is_consistent: false, inconsistent_objects: objects });
});

test('export_metadata gives the tables as they are listed', async () => {
  await onlyReviews('opinion');
  await command('reload_metadata');
  const tables = [{ table: { schema: 'library', name: 'review' }, configuration: { custom_name: 'opinion' } }];
  expect((await command('export_metadata')).json).toEqual({
    version: 3,
    sources: [{ name: 'default', kind: 'postgres', tables }],
  });
});

test.each([
  ['pg_track_table', 'not-supported', 'metadata is changed in the file'],
  ['nonsense', 'parse-failed', 'unknown metadata command "nonsense"'],
  [7, 'parse-failed', 'expected a string'],
])('the command %p is an error', async (type, code, message) => {
  expect(await command(type)).toMatchObject({
    status: 400,
    json: { path: '$.type', code, error: expect.stringContaining(message) as string },
  });
});

test('metadata is for the administrator', async () => {
  expect(await command('reload_metadata', {})).toMatchObject({ status: 401, json: { code: 'access-denied' } });
  expect(await command('reload_metadata', { ...SECRET, 'x-hasura-role': 'r' })).toMatchObject({
    status: 400,
    json: { code: 'access-denied' },
  });
});
