SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."globalconfig_id" AS "globalconfig_id", "t0"."globalconfig_name" AS "globalconfig_name", "t0"."globalconfig_type" AS "globalconfig_type", "t0"."config_json" AS "config_json" FROM "saaras_db"."globalconfig" AS "t0"
  WHERE "t0"."globalconfig_name" = $1::text
  ORDER BY "t0"."globalconfig_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "gc"
