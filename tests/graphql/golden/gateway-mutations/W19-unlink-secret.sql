WITH "$written" AS (DELETE FROM "saaras_db"."service_secret" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."secret" AS "t1"
  WHERE "t1"."secret_id" = "t0"."secret_id" AND "t1"."secret_name" = $1::varchar) AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t2"
  WHERE "t2"."service_id" = "t0"."service_id" AND "t2"."service_name" = $2::varchar)
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "tls"
-- $2 = "demo"
