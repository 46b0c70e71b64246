WITH "$written" AS (INSERT INTO "shop"."rectangle" ("width", "height")
  VALUES ($1::int4, $2::int4)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", "t0"."area" AS "area" FROM "$written" AS "t0") AS "$row"
-- $1 = "6"
-- $2 = "7"

WITH "$written" AS (UPDATE "shop"."rectangle" AS "t0" SET "width" = $1::int4
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."area" AS "area" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row"
-- $1 = "10"
-- $2 = "1"
