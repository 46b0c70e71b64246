WITH "$written" AS (DELETE FROM "saaras_db"."secret" AS "t0"
  WHERE "t0"."secret_name" = $1::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "tls"
