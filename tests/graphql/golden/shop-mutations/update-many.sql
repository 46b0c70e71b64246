-- round 1
WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = $1::int4
  WHERE "t0"."author_id" = $2::int4
  RETURNING "t0".*) SELECT count(*), json_agg(row_to_json("$written")) FROM "$written"
-- $1 = "10"
-- $2 = "1"

-- round 2
SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM json_populate_recordset(NULL::"shop"."article", $1::json) AS "t1") AS "$row"
-- $1 = rows in column 1 of statement 1

WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = "t0"."rank" + $1::int4
  WHERE "t0"."rank" = $2::int4
  RETURNING "t0".*) SELECT count(*), json_agg(row_to_json("$written")) FROM "$written"
-- $1 = "1"
-- $2 = "10"

-- round 3
SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM json_populate_recordset(NULL::"shop"."article", $1::json) AS "t1") AS "$row"
-- $1 = rows in column 1 of statement 3

WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = $1::int4
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT count(*), json_agg(row_to_json("$written")) FROM "$written"
-- $1 = "1"
-- $2 = "99"

-- round 4
SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM json_populate_recordset(NULL::"shop"."article", $1::json) AS "t1") AS "$row"
-- $1 = rows in column 1 of statement 5
