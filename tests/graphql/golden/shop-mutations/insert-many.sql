WITH "$written" AS (INSERT INTO "shop"."article" ("author_id", "title", "rank", "words", "published")
  VALUES ($1::int4, $2::varchar, $3::int4, DEFAULT, DEFAULT), ($4::int4, $5::varchar, DEFAULT, $6::int8, DEFAULT), ($7::int4, $8::varchar, DEFAULT, DEFAULT, $9::bool)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id", "t0"."title" AS "title", "t0"."rank" AS "rank", "t0"."published" AS "published", "t0"."words" AS "words" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "One"
-- $3 = "5"
-- $4 = "2"
-- $5 = "Two"
-- $6 = "9007199254740993"
-- $7 = "3"
-- $8 = "Three"
-- $9 = null
