WITH "$written" AS (INSERT INTO "saaras_db"."globalconfig" AS "t0" ("globalconfig_name", "globalconfig_type", "config", "config_json")
  VALUES ($1::text, $2::text, $3::text, $4::jsonb)
  ON CONFLICT ON CONSTRAINT "proxy_config_pkey" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "new"
-- $2 = "globalconfig_ratelimit"
-- $3 = ""
-- $4 = null
