-- round 1
WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id", "rank")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"), DEFAULT), ($3::varchar, (SELECT "id" FROM "$n0"), $4::int4)
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "Fay"
-- $2 = "F1"
-- $3 = "F2"
-- $4 = "1"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", "t1"."rank" AS "rank" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id") AS "$row") AS "articles_by_author" FROM unnest($1::"shop"."author"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1
