WITH "$written" AS (DELETE FROM "saaras_db"."upstream" AS "t0"
  WHERE "t0"."upstream_name" = $1::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "server2"
