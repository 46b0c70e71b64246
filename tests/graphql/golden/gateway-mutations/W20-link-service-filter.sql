WITH "$n0" AS (INSERT INTO "saaras_db"."filter" AS "t0" ("filter_name")
  VALUES ($1::text)
  ON CONFLICT ON CONSTRAINT "filter_filter_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n1" AS (INSERT INTO "saaras_db"."service" AS "t1" ("service_name")
  VALUES ($2::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$written" AS (INSERT INTO "saaras_db"."service_filter" AS "t2" ("filter_id", "service_id")
  VALUES ((SELECT "filter_id" FROM "$n0"), (SELECT "service_id" FROM "$n1"))
  ON CONFLICT ON CONSTRAINT "service_filter_pkey" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "limit"
-- $2 = "demo"
