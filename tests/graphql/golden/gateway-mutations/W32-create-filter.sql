WITH "$written" AS (INSERT INTO "saaras_db"."filter" AS "t0" ("filter_name", "filter_type", "filter_config", "config_json")
  VALUES ($1::text, $2::text, $3::text, $4::jsonb)
  ON CONFLICT ON CONSTRAINT "filter_pkey" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "new"
-- $2 = "http_filter_lua"
-- $3 = "x"
-- $4 = "{\"config\":\"x\"}"
