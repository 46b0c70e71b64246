-- round 1
WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id", "rank")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"), DEFAULT), ($3::varchar, (SELECT "id" FROM "$n0"), $4::int4)
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT json_agg(row_to_json("$n0")) FROM "$n0")
-- $1 = "Fay"
-- $2 = "F1"
-- $3 = "F2"
-- $4 = "1"

-- round 2
SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", "t1"."rank" AS "rank" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id") AS "$row") AS "articles_by_author" FROM json_populate_recordset(NULL::"shop"."author", $1::json) AS "t0") AS "$row"
-- $1 = rows in column 1 of statement 1
