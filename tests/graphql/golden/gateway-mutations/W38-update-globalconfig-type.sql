WITH "$written" AS (UPDATE "saaras_db"."globalconfig" AS "t0" SET "globalconfig_type" = $1::text
  WHERE "t0"."globalconfig_name" = $2::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "t"
-- $2 = "gc"
