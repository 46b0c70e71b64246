WITH "$n0" AS (INSERT INTO "saaras_db"."proxy" AS "t0" ("proxy_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "proxy_proxy_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n1" AS (INSERT INTO "saaras_db"."globalconfig" AS "t1" ("globalconfig_name")
  VALUES ($2::text)
  ON CONFLICT ON CONSTRAINT "globalconfig_globalconfig_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$written" AS (INSERT INTO "saaras_db"."proxy_globalconfig" ("proxy_id", "globalconfig_id")
  VALUES ((SELECT "proxy_id" FROM "$n0"), (SELECT "globalconfig_id" FROM "$n1"))
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "idle"
-- $2 = "gc"
