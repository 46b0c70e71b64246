import fc from 'fast-check';
import { createGraphQL } from '../../../src/graphql';
import type { GraphQLEngine } from '../../../src/graphql';
import { ask, log } from '../database';
import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';

let database: TestDatabase;
let engine: GraphQLEngine;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
  const { pool } = database;
  await pool.query('CREATE TABLE note (id serial PRIMARY KEY, line text, list text[], body jsonb)');
  engine = await createGraphQL({ pool, schemas: ['public'], maxBodyBytes: 1_048_576, log });
});
afterAll(() => database.drop());

/** Any text that Postgres can hold. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((drawn) => drawn.replaceAll('\0', '')),
  fc.string({ unit: fc.constantFrom(`'`, '"', '\\', '$1', '{', '}', ',', '%', '_', '\n', 'a', '\u{1f600}', '--', '/*', 'NULL') }),
);

/** Finds the row by each of its values, as the request says it and as `_in` and containment do. */
const FIND = `query ($line: String!, $list: [String!]!, $body: jsonb!, $key: String!) {
  byLine: note(where: {line: {_eq: $line}}) { line list body }
  byLines: note(where: {line: {_in: ["", $line]}, list: {_eq: $list}}) { line list body }
  byList: note(where: {list: {_contains: [$line]}}) { line list body }
  byBody: note(where: {body: {_eq: $body}}) { line list body }
  byKey: note(where: {body: {_has_key: $key}}) { line list body }
}`;

test.each(['variables', 'literals'])('every text comes back as it went in, by %s', async (form) => {
  const property = fc.asyncProperty(text, async (value) => {
    const row = { line: value, list: [value, ''], body: { [value]: [value] } };
    expect(await stored(row, form === 'variables')).toEqual(row);
    const { line, list, body } = row;
    const found = await ask(engine, FIND, { line, list, body, key: value });
    expect(found).toEqual({ data: { byLine: [row], byLines: [row], byList: [row], byBody: [row], byKey: [row] } });
    await database.pool.query('DELETE FROM note');
  });
  await fc.assert(property, { seed: 1, numRuns: 150 });
});

test.each(['variables', 'literals'])('a text of 1 MB does, by %s', async (form) => {
  const value = `'"\\$1{},%\u{1f600}`.repeat(80_000);
  const row = { line: value, list: [value], body: { a: value } };
  expect(value.length).toBeGreaterThan(800_000);
  expect((await stored(row, form === 'variables')) as unknown).toEqual(row);
  const { data } = await ask(engine, 'query ($line: String!) { note(where: {line: {_eq: $line}}) { line } }', { line: value });
  expect(data).toEqual({ note: [{ line: value }] });
  await database.pool.query('DELETE FROM note');
});

interface Note {
  readonly line: string;
  readonly list: readonly string[];
  readonly body: unknown;
}

/** What a mutation says it stored. */
async function stored({ line, list, body }: Note, isByVariables: boolean): Promise<unknown> {
  const [lineText, listText] = [JSON.stringify(line), JSON.stringify(list)];
  // Keys that are no names can only be in variables.
  const document = isByVariables
    ? 'mutation ($line: String, $list: [String!], $body: jsonb) { insert_note_one(object: {line: $line, list: $list, body: $body}) { line list body } }'
    : `mutation ($body: jsonb) { insert_note_one(object: {line: ${lineText}, list: ${listText}, body: $body}) { line list body } }`;
  const { data, errors } = await ask(engine, document, isByVariables ? { line, list, body } : { body });
  expect(errors).toBeUndefined();
  return data?.insert_note_one;
}
