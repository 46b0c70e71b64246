-- round 1
WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "level" = $1::int2, "name" = $2::text
  WHERE "t0"."id" = $3::int4
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "9"
-- $2 = "Anna"
-- $3 = "1"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name", "t1"."level" AS "level", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t1"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM unnest($1::"shop"."author"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "visits" = "t0"."visits" + $1::int8
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."id" AS "id" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "99"
