WITH "$written" AS (DELETE FROM "saaras_db"."service_filter" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."filter" AS "t1"
  WHERE "t1"."filter_id" = "t0"."filter_id" AND "t1"."filter_name" = $1::text) AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t2"
  WHERE "t2"."service_id" = "t0"."service_id" AND "t2"."service_name" = $2::varchar)
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "lua"
-- $2 = "demo"
