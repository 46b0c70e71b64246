SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."service_id" AS "service_id", "t0"."service_name" AS "service_name", "t0"."fqdn" AS "fqdn", "t0"."create_ts" AS "create_ts", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."route_id" AS "route_id", "t1"."route_name" AS "route_name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t3"."upstream_id" AS "upstream_id", "t3"."upstream_name" AS "upstream_name", "t3"."upstream_ip" AS "upstream_ip", "t3"."upstream_port" AS "upstream_port" FROM "saaras_db"."upstream" AS "t3"
  WHERE "t3"."upstream_id" = "t2"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."route_upstream" AS "t2"
  WHERE "t2"."route_id" = "t1"."route_id"
  ORDER BY "t2"."route_upstream_id") AS "$row") AS "route_upstreams", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t5"."filter_name" AS "filter_name", "t5"."filter_type" AS "filter_type" FROM "saaras_db"."filter" AS "t5"
  WHERE "t5"."filter_id" = "t4"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."route_filter" AS "t4"
  WHERE "t4"."route_id" = "t1"."route_id"
  ORDER BY "t4"."route_id", "t4"."filter_id") AS "$row") AS "route_filters", "t1"."route_prefix" AS "route_prefix" FROM "saaras_db"."route" AS "t1"
  WHERE "t1"."service_id" = "t0"."service_id"
  ORDER BY "t1"."route_id") AS "$row") AS "routes", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t7"."secret_id" AS "secret_id", "t7"."secret_name" AS "secret_name", "t7"."secret_sni" AS "secret_sni", "t7"."secret_key" AS "secret_key", "t7"."secret_cert" AS "secret_cert" FROM "saaras_db"."secret" AS "t7"
  WHERE "t7"."secret_id" = "t6"."secret_id") AS "$row") AS "secret" FROM "saaras_db"."service_secret" AS "t6"
  WHERE "t6"."service_id" = "t0"."service_id"
  ORDER BY "t6"."service_secret_id") AS "$row") AS "service_secrets", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t9"."filter_name" AS "filter_name", "t9"."filter_type" AS "filter_type" FROM "saaras_db"."filter" AS "t9"
  WHERE "t9"."filter_id" = "t8"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."service_filter" AS "t8"
  WHERE "t8"."service_id" = "t0"."service_id"
  ORDER BY "t8"."service_id", "t8"."filter_id") AS "$row") AS "service_filters" FROM "saaras_db"."service" AS "t0"
  WHERE "t0"."service_name" = $1::varchar
  ORDER BY "t0"."service_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "demo"
