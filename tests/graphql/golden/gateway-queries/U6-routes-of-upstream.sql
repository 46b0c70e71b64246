SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t2"."route_id" AS "route_id", "t2"."route_name" AS "route_name", "t2"."route_prefix" AS "route_prefix", "t2"."create_ts" AS "create_ts", "t2"."update_ts" AS "update_ts" FROM "saaras_db"."route" AS "t2"
  WHERE "t2"."route_id" = "t1"."route_id") AS "$row") AS "route" FROM "saaras_db"."route_upstream" AS "t1"
  WHERE "t1"."upstream_id" = "t0"."upstream_id"
  ORDER BY "t1"."route_upstream_id") AS "$row") AS "route_upstreams" FROM "saaras_db"."upstream" AS "t0"
  WHERE "t0"."upstream_name" = $1::varchar
  ORDER BY "t0"."upstream_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "server1"
