WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "mood" = $1::"shop"."mood", "level" = $2::int2
  WHERE "t0"."id" = $3::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."mood" AS "mood", "t1"."level" AS "level" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = null
-- $2 = null
-- $3 = "1"

WITH "$written" AS (INSERT INTO "shop"."article" ("author_id", "title", "published")
  VALUES ($1::int4, $2::varchar, $3::bool)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."published" AS "published" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "t"
-- $3 = null
