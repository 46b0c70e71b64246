WITH "$n0" AS (INSERT INTO "saaras_db"."upstream" AS "t0" ("upstream_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "upstream_upstream_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n1" AS (INSERT INTO "saaras_db"."service" AS "t1" ("service_name")
  VALUES ($2::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n2" AS (INSERT INTO "saaras_db"."route" AS "t2" ("route_name", "service_id")
  VALUES ($3::varchar, (SELECT "service_id" FROM "$n1"))
  ON CONFLICT ON CONSTRAINT "route_service_id_route_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$written" AS (INSERT INTO "saaras_db"."route_upstream" AS "t3" ("upstream_id", "route_id")
  VALUES ((SELECT "upstream_id" FROM "$n0"), (SELECT "route_id" FROM "$n2"))
  ON CONFLICT ON CONSTRAINT "route_upstream_route_id_upstream_id_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$n2") + (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "server3"
-- $2 = "demo"
-- $3 = "gs_route"
