WITH "$written" AS (UPDATE "saaras_db"."secret" AS "t0" SET "secret_key" = $1::varchar
  WHERE "t0"."secret_name" = $2::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "-----BEGIN KEY-----\n'\";\\"
-- $2 = "tls"
