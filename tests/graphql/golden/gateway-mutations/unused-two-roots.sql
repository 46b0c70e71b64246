WITH "$written" AS (INSERT INTO "saaras_db"."service" ("service_name", "fqdn")
  VALUES ($1::varchar, $2::varchar)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "two"
-- $2 = "two.example"

WITH "$n0" AS (INSERT INTO "saaras_db"."proxy" AS "t0" ("proxy_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "proxy_proxy_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n1" AS (INSERT INTO "saaras_db"."service" AS "t1" ("service_name")
  VALUES ($2::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$written" AS (INSERT INTO "saaras_db"."proxy_service" ("proxy_id", "service_id")
  VALUES ((SELECT "proxy_id" FROM "$n0"), (SELECT "service_id" FROM "$n1"))
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "gw"
-- $2 = "two"
