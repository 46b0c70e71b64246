WITH "$written" AS (DELETE FROM "saaras_db"."globalconfig" AS "t0"
  WHERE "t0"."globalconfig_name" = $1::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "gc"
