WITH "$written" AS (INSERT INTO "shop"."log" ("line")
  VALUES ($1::text)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "three"

WITH "$written" AS (UPDATE "shop"."log" AS "t0" SET "line" = $1::text
  WHERE TRUE
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "same"

WITH "$written" AS (DELETE FROM "shop"."log" AS "t0"
  WHERE "t0"."line" = $1::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "same"
