SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."proxy_name" AS "proxy_name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t2"."globalconfig_name" AS "globalconfig_name", "t2"."globalconfig_type" AS "globalconfig_type" FROM "saaras_db"."globalconfig" AS "t2"
  WHERE "t2"."globalconfig_id" = "t1"."globalconfig_id") AS "$row") AS "globalconfig" FROM "saaras_db"."proxy_globalconfig" AS "t1"
  WHERE "t1"."proxy_id" = "t0"."proxy_id"
  ORDER BY "t1"."proxy_id", "t1"."globalconfig_id") AS "$row") AS "proxy_globalconfigs", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t4"."service_name" AS "service_name", "t4"."fqdn" AS "fqdn", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t6"."filter_name" AS "filter_name", "t6"."filter_type" AS "filter_type", "t6"."filter_config" AS "filter_config" FROM "saaras_db"."filter" AS "t6"
  WHERE "t6"."filter_id" = "t5"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."service_filter" AS "t5"
  WHERE "t5"."service_id" = "t4"."service_id"
  ORDER BY "t5"."service_id", "t5"."filter_id") AS "$row") AS "service_filters", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t8"."secret_name" AS "secret_name", "t8"."secret_key" AS "secret_key", "t8"."secret_cert" AS "secret_cert" FROM "saaras_db"."secret" AS "t8"
  WHERE "t8"."secret_id" = "t7"."secret_id") AS "$row") AS "secret" FROM "saaras_db"."service_secret" AS "t7"
  WHERE "t7"."service_id" = "t4"."service_id"
  ORDER BY "t7"."service_secret_id") AS "$row") AS "service_secrets", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t9"."route_name" AS "route_name", "t9"."route_prefix" AS "route_prefix", "t9"."config_json" AS "config_json", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t11"."filter_name" AS "filter_name", "t11"."filter_type" AS "filter_type" FROM "saaras_db"."filter" AS "t11"
  WHERE "t11"."filter_id" = "t10"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."route_filter" AS "t10"
  WHERE "t10"."route_id" = "t9"."route_id"
  ORDER BY "t10"."route_id", "t10"."filter_id") AS "$row") AS "route_filters", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t13"."upstream_name" AS "upstream_name", "t13"."upstream_ip" AS "upstream_ip", "t13"."upstream_port" AS "upstream_port" FROM "saaras_db"."upstream" AS "t13"
  WHERE "t13"."upstream_id" = "t12"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."route_upstream" AS "t12"
  WHERE "t12"."route_id" = "t9"."route_id"
  ORDER BY "t12"."route_upstream_id") AS "$row") AS "route_upstreams" FROM "saaras_db"."route" AS "t9"
  WHERE "t9"."service_id" = "t4"."service_id"
  ORDER BY "t9"."route_id") AS "$row") AS "routes" FROM "saaras_db"."service" AS "t4"
  WHERE "t4"."service_id" = "t3"."service_id") AS "$row") AS "service" FROM "saaras_db"."proxy_service" AS "t3"
  WHERE "t3"."proxy_id" = "t0"."proxy_id"
  ORDER BY "t3"."proxy_service_id") AS "$row") AS "proxy_services" FROM "saaras_db"."proxy" AS "t0"
  WHERE "t0"."proxy_name" = $1::varchar
  ORDER BY "t0"."proxy_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "gw"
