WITH "$written" AS (UPDATE "saaras_db"."filter" AS "t0" SET "filter_config" = $1::text, "config_json" = $2::jsonb
  WHERE "t0"."filter_name" = $3::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "y"
-- $2 = "{\"config\":\"y\"}"
-- $3 = "lua"
