-- round 1
WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "mood" = $1::"shop"."mood", "born" = $2::date, "visits" = "t0"."visits" + $3::int8
  WHERE "t0"."id" <= $4::int4
  RETURNING "t0".*) SELECT count(*), json_agg(row_to_json("$written")) FROM "$written"
-- $1 = "ok"
-- $2 = null
-- $3 = "-1"
-- $4 = "2"

-- round 2
SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."mood" AS "mood", "t1"."born" AS "born", "t1"."visits" AS "visits", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."title" AS "title" FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t1"."id"
  ORDER BY "t2"."id") AS "$row") AS "articles_by_author" FROM json_populate_recordset(NULL::"shop"."author", $1::json) AS "t1") AS "$row"
-- $1 = rows in column 1 of statement 1
