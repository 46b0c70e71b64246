import { createGraphQL } from '../../../src/graphql';
import { ask, log } from '../database';
import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';
import type { Domain } from './data/domain';
import { SMALL } from './data/domain';
import { isList, JsonObject, jsonText } from './data/json';
import { elementOf } from './data/types';
import { Context } from './document/context';
import { drawMutation } from './document/mutation';
import { printDocument, printVariables } from './document/print';
import { drawQuery } from './document/query';
import type { Draw } from './draw';
import { stateDifference } from './match';
import { checkDocuments, SEED_TIMEOUT, seeds, withSession } from './runs';
import type { Session } from './session';

/** What may be wrong with a request beside its NULs, which it may not have or may skip. */
const CLEAR = ['data-exception', 'parse-failed', 'constraint-violation', 'not-supported', 'bad-request'];

/** Postgres' answer to an upsert that would change a row twice. */
const TWICE = 'cannot affect row a second time';

/** Texts, and strings where texts are let through, have a NUL in them. */
const NUL: Domain = {
  hasMarks: true,
  value(draw, type) {
    const element = elementOf(type);
    if (element) return draw.times(1, 2, () => this.value(draw, element));
    if (type === 'jsonb') return draw.pick([new JsonObject([['a\0', 'b']]), new JsonObject([['a', ['\0']]]), '\0']);
    const isText = ['text', 'varchar', 'uuid', 'date', 'enum'].includes(type);
    return isText && draw.chance(80) ? draw.pick(['a\0b', '\0', `'\0"\\`]) : SMALL.value(draw, type);
  },
  count: (draw) => SMALL.count(draw),
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
});
afterAll(() => database.drop());

test.each(seeds(3))(
  'a NUL anywhere in a document over the schema of seed %i is a clear error, and nothing is stored',
  (seed) =>
    withSession(database.pool, seed, async (session) => {
      const codes: string[] = [];
      await checkDocuments(seed, async (draw) => void codes.push(await checkNuls(session, draw)));
      expect(codes).toContain('data-exception');
    }),
  SEED_TIMEOUT,
);

/** Asks a document with NULs in it, and gives the code of the error, or `data`. */
async function checkNuls(session: Session, draw: Draw): Promise<string> {
  const document = draw.pick([drawQuery, drawMutation])(new Context(draw, session.schema, NUL, session.state));
  const [query, variables] = [printDocument(document), printVariables(document)];
  const answer = await session.ask(query, variables, draw.chance(30));
  const after = await session.store.read();
  if (document.kind === 'mutation') await session.store.reset();
  const code = codeOf(answer);
  const text = jsonText(answer);
  const isClear = code === 'data' ? !text.includes('\\u0000') : CLEAR.includes(code) || text.includes(TWICE);
  const stored = code === 'data' ? undefined : stateDifference(session.state, after);
  if (!isClear || stored !== undefined) throw new Error(`${stored}\n\n${query}\n\n${variables}\n\n${text.slice(0, 2000)}`);
  return code;
}

const BYTES = 'invalid byte sequence for encoding "UTF8": 0x00';
const ESCAPE = 'unsupported Unicode escape sequence';

test.each([
  {
    query: 'mutation ($v: String) { insert_a(objects: [{t: "b"}, {t: $v}]) { affected_rows } }',
    message: BYTES,
    path: '$.selectionSet.insert_a.args.objects',
  },
  {
    query: 'mutation ($v: String!) { insert_a_one(object: {l: ["b", $v]}) { t } }',
    message: BYTES,
    path: '$.selectionSet.insert_a_one.args.object',
  },
  {
    query: 'mutation ($v: jsonb) { insert_a_one(object: {j: {a: [$v]}}) { t } }',
    message: ESCAPE,
    path: '$.selectionSet.insert_a_one.args.object',
  },
  {
    query: 'mutation ($v: String) { update_a(where: {t: {_eq: $v}}, _set: {t: "b"}) { affected_rows } }',
    message: BYTES,
    path: '$',
  },
  {
    query:
      'mutation ($v: String) { a: update_a(where: {}, _set: {t: "b"}) { affected_rows } update_a(where: {}, _delete_key: {j: $v}) { affected_rows } }',
    message: BYTES,
    path: '$',
  },
  {
    query: 'mutation ($v: String!) { update_a(where: {}, _delete_at_path: {j: [$v]}) { affected_rows } }',
    message: BYTES,
    path: '$',
  },
  { query: 'query ($v: [String!]) { a(where: {t: {_in: $v}}) { t } }', message: BYTES, path: '$' },
  { query: 'query ($v: String) { a(where: {t: {_ilike: $v}}) { t } }', message: BYTES, path: '$' },
  { query: 'query ($v: String) { a(where: {j: {_has_key: $v}}) { t } }', message: BYTES, path: '$' },
  { query: 'query ($v: jsonb) { a(where: {j: {_contains: $v}}) { t } }', message: ESCAPE, path: '$' },
  { query: 'query ($v: a_bool_exp) { a_aggregate(where: {_not: $v}) { aggregate { count } } }', message: BYTES, path: '$' },
])('a NUL in $query', async ({ query, message, path }) => {
  const { pool } = database;
  await pool.query(`DROP TABLE IF EXISTS a; CREATE TABLE a (t text, l text[], j jsonb); INSERT INTO a VALUES ('x', '{}', '{}')`);
  const engine = await createGraphQL({ pool, schemas: ['public'], maxBodyBytes: 1000, log });
  const value = query.includes('$v: a_bool_exp') ? { t: { _eq: 'a\0' } } : 'a\0';
  expect(await ask(engine, query, { v: value })).toEqual({ errors: [{ message, extensions: { path, code: 'data-exception' } }] });
  expect((await pool.query('SELECT * FROM a')).rows).toEqual([{ t: 'x', l: [], j: {} }]);
});

function codeOf(answer: unknown): string {
  const errors = answer instanceof JsonObject ? answer.get('errors') : undefined;
  const only = isList(errors) ? errors[0] : undefined;
  const extensions = only instanceof JsonObject ? only.get('extensions') : undefined;
  const code = extensions instanceof JsonObject ? extensions.get('code') : undefined;
  return typeof code === 'string' ? code : 'data';
}
