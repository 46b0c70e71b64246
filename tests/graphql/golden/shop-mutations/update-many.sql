-- round 1
WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = $1::int4
  WHERE "t0"."author_id" = $2::int4
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "10"
-- $2 = "1"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM unnest($1::"shop"."article"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1

WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = "t0"."rank" + $1::int4
  WHERE "t0"."rank" = $2::int4
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "1"
-- $2 = "10"

-- round 3
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM unnest($1::"shop"."article"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 3

WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = $1::int4
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "1"
-- $2 = "99"

-- round 4
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM unnest($1::"shop"."article"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 5
