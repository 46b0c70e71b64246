-- round 1
WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "level" = $1::int2, "name" = $2::text
  WHERE "t0"."id" = $3::int4
  RETURNING "t0".*) SELECT count(*), json_agg(row_to_json("$written")) FROM "$written"
-- $1 = "9"
-- $2 = "Anna"
-- $3 = "1"

-- round 2
SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name", "t1"."level" AS "level", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t1"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM json_populate_recordset(NULL::"shop"."author", $1::json) AS "t1") AS "$row"
-- $1 = rows in column 1 of statement 1

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "visits" = "t0"."visits" + $1::int8
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT row_to_json("$row")
  FROM (SELECT "t1"."id" AS "id" FROM "$written" AS "t1") AS "$row"
-- $1 = "1"
-- $2 = "99"
