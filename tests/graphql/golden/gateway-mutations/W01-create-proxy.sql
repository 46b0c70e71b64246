WITH "$written" AS (INSERT INTO "saaras_db"."proxy" AS "t0" ("proxy_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "proxy_proxy_name_key" DO UPDATE SET "create_ts" = EXCLUDED."create_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "new"
