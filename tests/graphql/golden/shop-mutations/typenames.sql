-- round 1
WITH "$written" AS (INSERT INTO "public"."note" ("id")
  VALUES ($1::int4)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT 'note_mutation_response'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'note'::text AS "__typename" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row"
-- $1 = "9"

WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT json_agg(row_to_json("$n0")) FROM "$n0")
-- $1 = "T"
-- $2 = "t"

-- round 2
SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'shop_author'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'shop_article'::text AS "__typename" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id") AS "$row") AS "articles_by_author" FROM json_populate_recordset(NULL::"shop"."author", $1::json) AS "t0") AS "$row"
-- $1 = rows in column 1 of statement 2

WITH "$written" AS (UPDATE "public"."note" AS "t0" SET "text" = $1::text
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT row_to_json("$row")
  FROM (SELECT 'note'::text AS "__typename" FROM "$written" AS "t1") AS "$row"
-- $1 = "t"
-- $2 = "9"

WITH "$written" AS (DELETE FROM "public"."note" AS "t0"
  WHERE TRUE
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT 'note_mutation_response'::text AS "__typename") AS "$row"
