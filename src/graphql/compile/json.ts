import { MAX_ANSWER } from '../errors';
import type { Sql } from './sql';
import { identifier, join, nameLiteral, raw, sql } from './sql';

/** A key of a JSON object and the expression of its value. */
export interface JsonField {
  readonly key: string;
  readonly value: Sql;
}

/** No response key or column can be called so. */
const ROW = identifier('$row');

/** Postgres cuts names after so many bytes. */
const MAX_NAME = 63;

/** The select list from which `objectJson` or `arrayJson` of the sub-select make the object: keys in this order. */
export function objectColumns(fields: readonly JsonField[]): Sql {
  if (fields.length === 0) return sql`'{}'::json AS "$json"`;
  if (!hasLongKey(fields))
    return join(
      fields.map(({ key, value }) => sql`${value} AS ${identifier(key)}`),
      ', ',
    );
  const pairs = fields.map(({ key, value }) => sql`(${nameLiteral(key)}, to_json(${value}))`);
  return sql`(SELECT json_object_agg("$pair"."key", "$pair"."value") FROM (VALUES ${join(pairs, ', ')}) AS "$pair"("key", "value")) AS "$json"`;
}

/** The one row of a sub-select as a JSON object, NULL without a row. */
export function objectJson(fields: readonly JsonField[], rows: Sql): Sql {
  const object = isMade(fields) ? sql`${ROW}."$json"` : sql`row_to_json(${ROW})`;
  return sql`SELECT ${object} FROM (${rows}) AS ${ROW}`;
}

/** The rows of a sub-select as a JSON array, in its order. */
export function arrayJson(fields: readonly JsonField[], rows: Sql): Sql {
  const object = isMade(fields) ? sql`${ROW}."$json"` : sql`row_to_json(${ROW})`;
  return sql`SELECT coalesce(json_agg(${object}), '[]'::json) FROM (${rows}) AS ${ROW}`;
}

/** A list of more rows, or of more bytes of JSON, is large. */
const LARGE_ROWS = 2000;
const LARGE_BYTES = 4 * 1024 * 1024;

/** As `arrayJson`, but NULL for a large list: Postgres neither makes nor sends the whole of it then. */
export function arrayJsonUnlessLarge(fields: readonly JsonField[], rows: Sql, maxRows = LARGE_ROWS): Sql {
  const most = Math.min(maxRows, LARGE_ROWS);
  const object = isMade(fields) ? sql`${ROW}."$json"` : sql`row_to_json(${ROW})`;
  const first = sql`SELECT * FROM (${rows}) AS "$rows" LIMIT ${raw(String(most + 1))}`;
  const list = sql`SELECT coalesce(json_agg(${object}), '[]'::json)::text AS "json", count(*) AS "rows" FROM (${first}) AS ${ROW}`;
  const small = raw(`"$list"."rows" <= ${most} AND octet_length("$list"."json") <= ${LARGE_BYTES}`);
  return sql`SELECT CASE WHEN ${small} THEN "$list"."json" END FROM (${list}) AS "$list"`;
}

/**
 * What Postgres' error says when JSON of one root field is larger than MAX_ANSWER, unless it is a list that is sent in chunks:
 * nothing can be raised in plain SQL but a cast that fails.
 */
export const TOO_LARGE = 'the answer of a root field is larger than 128 MiB';

/**
 * A statement of one JSON column that fails when it is too large to be answered. The OFFSET keeps Postgres from making the
 * JSON once to measure it and once more to give it.
 */
export function bounded(statement: Sql): Sql {
  return sql`SELECT ${boundedJson(raw('"$answer"."json"'))} FROM (${statement} OFFSET 0) AS "$answer"("json")`;
}

/** An expression of JSON, or the failure. */
export function boundedJson(json: Sql): Sql {
  const text = sql`${json}::text`;
  return sql`CASE WHEN octet_length(${text}) > ${raw(String(MAX_ANSWER))} THEN ${failure(text)}::json ELSE ${json} END`;
}

/** The rows of a common table expression as texts, which a later statement reads, or the failure. */
export function boundedTexts(name: Sql): Sql {
  const row = sql`${name}::text`;
  const size = sql`sum(octet_length(${row}))`;
  return sql`CASE WHEN ${size} > ${raw(String(MAX_ANSWER))} THEN ARRAY[${failure(sql`min(${row})`)}] ELSE array_agg(${row}) END`;
}

/** A text that cannot be, made of one so that Postgres does not find that out before it is needed. */
function failure(text: Sql): Sql {
  return sql`(left(${text}, 0) || ${raw(`'${TOO_LARGE}'`)})::int4::text`;
}

/** As `arrayJson`, with a second column that is 0 when there are more rows than `most`. */
export function arrayJsonUpTo(most: number, fields: readonly JsonField[], rows: Sql): Sql {
  const object = isMade(fields) ? sql`${ROW}."$json"` : sql`row_to_json(${ROW})`;
  const first = sql`SELECT * FROM (${rows}) AS "$rows" LIMIT ${raw(String(most + 1))}`;
  const list = sql`SELECT coalesce(json_agg(${object}), '[]'::json) AS "json", (count(*) <= ${raw(String(most))})::int4 AS "fits" FROM (${first}) AS ${ROW}`;
  return sql`SELECT ${boundedJson(raw('"$answer"."json"'))}, "$answer"."fits" FROM (${list}) AS "$answer"`;
}

/** The rows of a sub-select, each as a JSON object in text. */
export function rowTexts(fields: readonly JsonField[], rows: Sql): Sql {
  const object = isMade(fields) ? sql`${ROW}."$json"` : sql`row_to_json(${ROW})`;
  return sql`SELECT ${object}::text FROM (${rows}) AS ${ROW}`;
}

/** One row when a sub-select has more rows than `most`, else none. */
export function moreThan(most: number, rows: Sql): Sql {
  return sql`SELECT 1 FROM (${rows}) AS ${ROW} OFFSET ${raw(String(most))} LIMIT 1`;
}

/** A JSON object of expressions. */
export function jsonObject(fields: readonly JsonField[]): Sql {
  return sql`(${objectJson(fields, sql`SELECT ${objectColumns(fields)}`)})`;
}

/** The select list holds the object ready-made. */
function isMade(fields: readonly JsonField[]): boolean {
  return fields.length === 0 || hasLongKey(fields);
}

function hasLongKey(fields: readonly JsonField[]): boolean {
  return fields.some(({ key }) => key.length > MAX_NAME);
}

export function typeNameField(key: string, typeName: string): JsonField {
  return { key, value: nameLiteral(typeName) };
}
