-- round 1
WITH "$n0" AS (INSERT INTO "shop"."article" ("author_id", "title")
  VALUES ($1::int4, $2::varchar)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."remark" ("text", "article_id")
  VALUES ($3::text, (SELECT "id" FROM "$n0")), ($4::text, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT json_agg(row_to_json("$n0")) FROM "$n0")
-- $1 = "1"
-- $2 = "Seen"
-- $3 = "a"
-- $4 = "b"

-- round 2
SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."about" AS "about", "t1"."text" AS "text" FROM "shop"."remark" AS "t1"
  WHERE "t1"."article_id" = "t0"."id"
  ORDER BY "t1"."id" ASC NULLS LAST) AS "$row") AS "remarks" FROM json_populate_recordset(NULL::"shop"."article", $1::json) AS "t0") AS "$row"
-- $1 = rows in column 1 of statement 1

WITH "$n0" AS (INSERT INTO "shop"."article" ("author_id", "title")
  VALUES ($1::int4, $2::varchar)
  RETURNING *)
 , "$written" AS (INSERT INTO "shop"."remark" ("text", "article_id")
  VALUES ($3::text, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."about" AS "about" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row"
-- $1 = "1"
-- $2 = "Seen too"
-- $3 = "c"
