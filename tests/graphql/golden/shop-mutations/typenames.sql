-- round 1
WITH "$written" AS (INSERT INTO "public"."note" ("id")
  VALUES ($1::int4)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT 'note_mutation_response'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'note'::text AS "__typename" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "9"

WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "T"
-- $2 = "t"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'shop_author'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'shop_article'::text AS "__typename" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id") AS "$row") AS "articles_by_author" FROM unnest($1::"shop"."author"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 2

WITH "$written" AS (UPDATE "public"."note" AS "t0" SET "text" = $1::text
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT 'note'::text AS "__typename" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "t"
-- $2 = "9"

WITH "$written" AS (DELETE FROM "public"."note" AS "t0"
  WHERE TRUE
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT 'note_mutation_response'::text AS "__typename") AS "$row"
