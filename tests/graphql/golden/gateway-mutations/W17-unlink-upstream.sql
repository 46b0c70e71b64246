WITH "$written" AS (DELETE FROM "saaras_db"."route_upstream" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."route" AS "t1"
  WHERE "t1"."route_id" = "t0"."route_id" AND "t1"."route_name" = $1::varchar AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t2"
  WHERE "t2"."service_id" = "t1"."service_id" AND "t2"."service_name" = $2::varchar)) AND EXISTS (SELECT 1 FROM "saaras_db"."upstream" AS "t3"
  WHERE "t3"."upstream_id" = "t0"."upstream_id" AND "t3"."upstream_name" = $3::varchar)
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "gs_route"
-- $2 = "demo"
-- $3 = "server1"
