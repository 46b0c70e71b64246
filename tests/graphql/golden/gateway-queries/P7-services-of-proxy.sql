SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."service_id" AS "service_id", "t0"."service_name" AS "service_name", "t0"."fqdn" AS "fqdn", "t0"."create_ts" AS "create_ts", "t0"."update_ts" AS "update_ts" FROM "saaras_db"."service" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."proxy_service" AS "t1"
  WHERE "t1"."service_id" = "t0"."service_id" AND EXISTS (SELECT 1 FROM "saaras_db"."proxy" AS "t2"
  WHERE "t2"."proxy_id" = "t1"."proxy_id" AND "t2"."proxy_name" = $1::varchar))
  ORDER BY "t0"."service_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "gw"
