SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."route_name" AS "route_name", "t0"."route_prefix" AS "route_prefix", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t2"."upstream_name" AS "upstream_name", "t2"."upstream_ip" AS "upstream_ip", "t2"."upstream_port" AS "upstream_port", "t2"."create_ts" AS "create_ts", "t2"."update_ts" AS "update_ts" FROM "saaras_db"."upstream" AS "t2"
  WHERE "t2"."upstream_id" = "t1"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."route_upstream" AS "t1"
  WHERE "t1"."route_id" = "t0"."route_id"
  ORDER BY "t1"."route_upstream_id") AS "$row") AS "route_upstreams" FROM "saaras_db"."route" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t3"
  WHERE "t3"."service_id" = "t0"."service_id" AND "t3"."service_name" = $1::varchar) AND "t0"."route_name" = $2::varchar
  ORDER BY "t0"."route_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "demo"
-- $2 = "gs_route"
