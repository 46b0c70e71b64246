WITH "$written" AS (DELETE FROM "saaras_db"."route_filter" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."filter" AS "t1"
  WHERE "t1"."filter_id" = "t0"."filter_id" AND "t1"."filter_name" = $1::text) AND EXISTS (SELECT 1 FROM "saaras_db"."route" AS "t2"
  WHERE "t2"."route_id" = "t0"."route_id" AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t3"
  WHERE "t3"."service_id" = "t2"."service_id" AND "t3"."service_name" = $2::varchar)) AND EXISTS (SELECT 1 FROM "saaras_db"."route" AS "t4"
  WHERE "t4"."route_id" = "t0"."route_id" AND "t4"."route_name" = $3::varchar)
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "limit"
-- $2 = "demo"
-- $3 = "gs_route"
