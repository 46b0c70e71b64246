WITH "$written" AS (DELETE FROM "saaras_db"."filter" AS "t0"
  WHERE "t0"."filter_name" = $1::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "none"
