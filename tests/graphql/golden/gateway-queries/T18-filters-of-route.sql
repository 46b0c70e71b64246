SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."filter_id" AS "filter_id", "t0"."filter_name" AS "filter_name", "t0"."filter_type" AS "filter_type", "t0"."config_json" AS "config_json" FROM "saaras_db"."filter" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."route_filter" AS "t1"
  WHERE "t1"."filter_id" = "t0"."filter_id" AND EXISTS (SELECT 1 FROM "saaras_db"."route" AS "t2"
  WHERE "t2"."route_id" = "t1"."route_id" AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t3"
  WHERE "t3"."service_id" = "t2"."service_id" AND "t3"."service_name" = $1::varchar))) AND EXISTS (SELECT 1 FROM "saaras_db"."route_filter" AS "t4"
  WHERE "t4"."filter_id" = "t0"."filter_id" AND EXISTS (SELECT 1 FROM "saaras_db"."route" AS "t5"
  WHERE "t5"."route_id" = "t4"."route_id" AND "t5"."route_name" = $2::varchar))
  ORDER BY "t0"."filter_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "demo"
-- $2 = "gs_route"
