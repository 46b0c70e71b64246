WITH "$written" AS (DELETE FROM "saaras_db"."proxy" AS "t0"
  WHERE "t0"."proxy_name" = $1::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "gw"
