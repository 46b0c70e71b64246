SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."service_name" AS "service_name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."route_name" AS "route_name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t3"."upstream_name" AS "upstream_name" FROM "saaras_db"."upstream" AS "t3"
  WHERE "t3"."upstream_id" = "t2"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."route_upstream" AS "t2"
  WHERE "t2"."route_id" = "t1"."route_id"
  ORDER BY "t2"."route_upstream_id") AS "$row") AS "route_upstreams" FROM "saaras_db"."route" AS "t1"
  WHERE "t1"."service_id" = "t0"."service_id"
  ORDER BY "t1"."route_id") AS "$row") AS "routes", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t5"."secret_name" AS "secret_name" FROM "saaras_db"."secret" AS "t5"
  WHERE "t5"."secret_id" = "t4"."secret_id") AS "$row") AS "secret" FROM "saaras_db"."service_secret" AS "t4"
  WHERE "t4"."service_id" = "t0"."service_id"
  ORDER BY "t4"."service_secret_id") AS "$row") AS "service_secrets" FROM "saaras_db"."service" AS "t0"
  WHERE "t0"."service_name" = $1::varchar
  ORDER BY "t0"."service_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "demo"
