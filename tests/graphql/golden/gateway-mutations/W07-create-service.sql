WITH "$written" AS (INSERT INTO "saaras_db"."service" AS "t0" ("service_name", "fqdn")
  VALUES ($1::varchar, $2::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "new"
-- $2 = "new.example"
