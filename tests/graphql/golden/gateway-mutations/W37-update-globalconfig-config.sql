WITH "$written" AS (UPDATE "saaras_db"."globalconfig" AS "t0" SET "config" = $1::text, "config_json" = $2::jsonb
  WHERE "t0"."globalconfig_name" = $3::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "{}"
-- $2 = "{\"domain\":\"d\",\"descriptors\":[{\"key\":\"k\"}]}"
-- $3 = "gc"
