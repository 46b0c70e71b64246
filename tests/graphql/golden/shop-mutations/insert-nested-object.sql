-- round 1
WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *) SELECT (SELECT count(*) FROM "$n0"), (SELECT "id" FROM "$n0")
-- $1 = "Eve"

-- round 2
WITH "$n1" AS (INSERT INTO "shop"."author" AS "t0" ("name")
  VALUES ($1::text)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "level" = EXCLUDED."level"
  RETURNING *)
 , "$n2" AS (INSERT INTO "shop"."article" ("title", "author_id", "editor_id")
  VALUES ($2::varchar, $3::int4, (SELECT "id" FROM "$n1"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$n2"), (SELECT CASE WHEN sum(octet_length("$n2"::text)) > 134217728 THEN ARRAY[(left(min("$n2"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n2"::text) END FROM "$n2")
-- $1 = "Ann"
-- $2 = "Nested"
-- $3 = column 1 of statement 1

-- round 3
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."name" AS "name", "t3"."level" AS "level" FROM "shop"."author" AS "t3"
  WHERE "t3"."id" = "t1"."editor_id") AS "$row") AS "editor" FROM unnest($1::"shop"."article"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 2
