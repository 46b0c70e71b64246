WITH "$n0" AS (INSERT INTO "saaras_db"."service" AS "t0" ("service_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "service_name" = EXCLUDED."service_name"
  RETURNING *)
 , "$written" AS (INSERT INTO "saaras_db"."route" ("route_name", "route_prefix", "route_config", "config_json", "service_id")
  VALUES ($2::varchar, $3::text, $4::text, $5::jsonb, (SELECT "service_id" FROM "$n0"))
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "demo"
-- $2 = "new"
-- $3 = "/new"
-- $4 = ""
-- $5 = "{\"prefix\":\"/\",\"header\":[]}"
