SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."route_id" AS "route_id", "t0"."route_name" AS "route_name", "t0"."route_prefix" AS "route_prefix", "t0"."create_ts" AS "create_ts", "t0"."update_ts" AS "update_ts", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t2"."filter_name" AS "filter_name", "t2"."filter_type" AS "filter_type" FROM "saaras_db"."filter" AS "t2"
  WHERE "t2"."filter_id" = "t1"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."route_filter" AS "t1"
  WHERE "t1"."route_id" = "t0"."route_id"
  ORDER BY "t1"."route_id", "t1"."filter_id") AS "$row") AS "route_filters" FROM "saaras_db"."route" AS "t0"
  WHERE "t0"."route_name" = $1::varchar AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t3"
  WHERE "t3"."service_id" = "t0"."service_id" AND "t3"."service_name" = $2::varchar)
  ORDER BY "t0"."route_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "gs_route"
-- $2 = "demo"
