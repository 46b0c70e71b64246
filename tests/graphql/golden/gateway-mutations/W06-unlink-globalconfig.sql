WITH "$written" AS (DELETE FROM "saaras_db"."proxy_globalconfig" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."proxy" AS "t1"
  WHERE "t1"."proxy_id" = "t0"."proxy_id" AND "t1"."proxy_name" = $1::varchar) AND EXISTS (SELECT 1 FROM "saaras_db"."globalconfig" AS "t2"
  WHERE "t2"."globalconfig_id" = "t0"."globalconfig_id" AND "t2"."globalconfig_name" = $2::text)
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "gw"
-- $2 = "gc"
