WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "mood" = $1::"shop"."mood", "level" = $2::int2
  WHERE "t0"."id" = $3::int4
  RETURNING "t0".*) SELECT row_to_json("$row")
  FROM (SELECT "t1"."mood" AS "mood", "t1"."level" AS "level" FROM "$written" AS "t1") AS "$row"
-- $1 = null
-- $2 = null
-- $3 = "1"

WITH "$written" AS (INSERT INTO "shop"."article" ("author_id", "title", "published")
  VALUES ($1::int4, $2::varchar, $3::bool)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT "t0"."published" AS "published" FROM "$written" AS "t0") AS "$row"
-- $1 = "1"
-- $2 = "t"
-- $3 = null
