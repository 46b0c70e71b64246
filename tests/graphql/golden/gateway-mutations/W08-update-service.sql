WITH "$written" AS (UPDATE "saaras_db"."service" AS "t0" SET "fqdn" = $1::varchar
  WHERE "t0"."service_name" = $2::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "changed.example"
-- $2 = "demo"
