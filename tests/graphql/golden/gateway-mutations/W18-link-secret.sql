WITH "$n0" AS (INSERT INTO "saaras_db"."service" AS "t0" ("service_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n1" AS (INSERT INTO "saaras_db"."secret" AS "t1" ("secret_name")
  VALUES ($2::varchar)
  ON CONFLICT ON CONSTRAINT "secret_secret_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$written" AS (INSERT INTO "saaras_db"."service_secret" AS "t2" ("service_id", "secret_id")
  VALUES ((SELECT "service_id" FROM "$n0"), (SELECT "secret_id" FROM "$n1"))
  ON CONFLICT ON CONSTRAINT "service_secret_service_id_secret_id_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "other"
-- $2 = "tls"
