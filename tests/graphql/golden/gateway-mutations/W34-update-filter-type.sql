WITH "$written" AS (UPDATE "saaras_db"."filter" AS "t0" SET "filter_type" = $1::text
  WHERE "t0"."filter_name" = $2::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "t"
-- $2 = "lua"
