WITH "$written" AS (DELETE FROM "saaras_db"."route" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t1"
  WHERE "t1"."service_id" = "t0"."service_id" AND "t1"."service_name" = $1::varchar) AND "t0"."route_name" = $2::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "other"
-- $2 = "gs_route"
