WITH "$written" AS (UPDATE "saaras_db"."route" AS "t0" SET "route_prefix" = $1::text
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t1"
  WHERE "t1"."service_id" = "t0"."service_id" AND "t1"."service_name" = $2::varchar) AND "t0"."route_name" = $3::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "/changed"
-- $2 = "demo"
-- $3 = "gs_route"
