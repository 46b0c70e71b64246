SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t3"."globalconfig_type" AS "globalconfig_type", "t3"."globalconfig_name" AS "globalconfig_name", "t3"."config" AS "config" FROM "saaras_db"."globalconfig" AS "t3"
  WHERE "t3"."globalconfig_id" = "t2"."globalconfig_id") AS "$row") AS "globalconfig" FROM "saaras_db"."proxy_globalconfig" AS "t2"
  WHERE "t2"."proxy_id" = "t1"."proxy_id"
  ORDER BY "t2"."proxy_id", "t2"."globalconfig_id") AS "$row") AS "proxy_globalconfigs" FROM "saaras_db"."proxy" AS "t1"
  WHERE "t1"."proxy_id" = "t0"."proxy_id") AS "$row") AS "proxy", (SELECT row_to_json("$row")
  FROM (SELECT "t4"."service_id" AS "service_id", "t4"."service_name" AS "service_name", "t4"."fqdn" AS "fqdn", "t4"."create_ts" AS "create_ts", "t4"."update_ts" AS "update_ts", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t5"."route_name" AS "route_name", "t5"."route_prefix" AS "route_prefix", "t5"."route_config" AS "route_config", "t5"."create_ts" AS "create_ts", "t5"."update_ts" AS "update_ts", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t7"."upstream_name" AS "upstream_name", "t7"."upstream_ip" AS "upstream_ip", "t7"."upstream_port" AS "upstream_port", "t7"."upstream_weight" AS "upstream_weight", "t7"."upstream_hc_path" AS "upstream_hc_path", "t7"."upstream_hc_host" AS "upstream_hc_host", "t7"."upstream_hc_intervalseconds" AS "upstream_hc_intervalseconds", "t7"."upstream_hc_timeoutseconds" AS "upstream_hc_timeoutseconds", "t7"."upstream_hc_unhealthythresholdcount" AS "upstream_hc_unhealthythresholdcount", "t7"."upstream_hc_healthythresholdcount" AS "upstream_hc_healthythresholdcount", "t7"."upstream_strategy" AS "upstream_strategy", "t7"."upstream_validation_cacertificate" AS "upstream_validation_cacertificate", "t7"."upstream_validation_subjectname" AS "upstream_validation_subjectname", "t7"."upstream_protocol" AS "upstream_protocol", "t7"."create_ts" AS "create_ts", "t7"."update_ts" AS "update_ts" FROM "saaras_db"."upstream" AS "t7"
  WHERE "t7"."upstream_id" = "t6"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."route_upstream" AS "t6"
  WHERE "t6"."route_id" = "t5"."route_id"
  ORDER BY "t6"."route_upstream_id") AS "$row") AS "route_upstreams", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t9"."filter_id" AS "filter_id", "t9"."filter_name" AS "filter_name", "t9"."filter_type" AS "filter_type", "t9"."filter_config" AS "filter_config", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t11"."upstream_name" AS "upstream_name", "t11"."upstream_ip" AS "upstream_ip", "t11"."upstream_port" AS "upstream_port", "t11"."upstream_weight" AS "upstream_weight", "t11"."upstream_hc_path" AS "upstream_hc_path", "t11"."upstream_hc_host" AS "upstream_hc_host", "t11"."upstream_hc_intervalseconds" AS "upstream_hc_intervalseconds", "t11"."upstream_hc_timeoutseconds" AS "upstream_hc_timeoutseconds", "t11"."upstream_hc_unhealthythresholdcount" AS "upstream_hc_unhealthythresholdcount", "t11"."upstream_hc_healthythresholdcount" AS "upstream_hc_healthythresholdcount", "t11"."upstream_strategy" AS "upstream_strategy", "t11"."upstream_validation_cacertificate" AS "upstream_validation_cacertificate", "t11"."upstream_validation_subjectname" AS "upstream_validation_subjectname", "t11"."upstream_protocol" AS "upstream_protocol", "t11"."create_ts" AS "create_ts", "t11"."update_ts" AS "update_ts" FROM "saaras_db"."upstream" AS "t11"
  WHERE "t11"."upstream_id" = "t10"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."filter_upstream" AS "t10"
  WHERE "t10"."filter_id" = "t9"."filter_id"
  ORDER BY "t10"."filter_id", "t10"."upstream_id") AS "$row") AS "filter_upstreams", "t9"."create_ts" AS "create_ts", "t9"."update_ts" AS "update_ts" FROM "saaras_db"."filter" AS "t9"
  WHERE "t9"."filter_id" = "t8"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."route_filter" AS "t8"
  WHERE "t8"."route_id" = "t5"."route_id"
  ORDER BY "t8"."route_id", "t8"."filter_id") AS "$row") AS "route_filters" FROM "saaras_db"."route" AS "t5"
  WHERE "t5"."service_id" = "t4"."service_id"
  ORDER BY "t5"."route_id") AS "$row") AS "routes", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t13"."filter_id" AS "filter_id", "t13"."filter_name" AS "filter_name", "t13"."filter_type" AS "filter_type", "t13"."filter_config" AS "filter_config", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t15"."upstream_name" AS "upstream_name", "t15"."upstream_ip" AS "upstream_ip", "t15"."upstream_port" AS "upstream_port", "t15"."upstream_weight" AS "upstream_weight", "t15"."upstream_hc_path" AS "upstream_hc_path", "t15"."upstream_hc_host" AS "upstream_hc_host", "t15"."upstream_hc_intervalseconds" AS "upstream_hc_intervalseconds", "t15"."upstream_hc_timeoutseconds" AS "upstream_hc_timeoutseconds", "t15"."upstream_hc_unhealthythresholdcount" AS "upstream_hc_unhealthythresholdcount", "t15"."upstream_hc_healthythresholdcount" AS "upstream_hc_healthythresholdcount", "t15"."upstream_strategy" AS "upstream_strategy", "t15"."upstream_validation_cacertificate" AS "upstream_validation_cacertificate", "t15"."upstream_validation_subjectname" AS "upstream_validation_subjectname", "t15"."upstream_protocol" AS "upstream_protocol", "t15"."create_ts" AS "create_ts", "t15"."update_ts" AS "update_ts" FROM "saaras_db"."upstream" AS "t15"
  WHERE "t15"."upstream_id" = "t14"."upstream_id") AS "$row") AS "upstream" FROM "saaras_db"."filter_upstream" AS "t14"
  WHERE "t14"."filter_id" = "t13"."filter_id"
  ORDER BY "t14"."filter_id", "t14"."upstream_id") AS "$row") AS "filter_upstreams", "t13"."create_ts" AS "create_ts", "t13"."update_ts" AS "update_ts" FROM "saaras_db"."filter" AS "t13"
  WHERE "t13"."filter_id" = "t12"."filter_id") AS "$row") AS "filter" FROM "saaras_db"."service_filter" AS "t12"
  WHERE "t12"."service_id" = "t4"."service_id"
  ORDER BY "t12"."service_id", "t12"."filter_id") AS "$row") AS "service_filters", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t17"."secret_id" AS "secret_id", "t17"."secret_name" AS "secret_name", "t17"."secret_key" AS "secret_key", "t17"."secret_sni" AS "secret_sni", "t17"."secret_cert" AS "secret_cert", "t17"."create_ts" AS "create_ts", "t17"."update_ts" AS "update_ts", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t18"."artifact_id" AS "artifact_id", "t18"."artifact_name" AS "artifact_name", "t18"."artifact_type" AS "artifact_type", "t18"."artifact_value" AS "artifact_value" FROM "saaras_db"."artifact" AS "t18"
  WHERE "t18"."secret_id" = "t17"."secret_id"
  ORDER BY "t18"."artifact_id") AS "$row") AS "artifacts" FROM "saaras_db"."secret" AS "t17"
  WHERE "t17"."secret_id" = "t16"."secret_id") AS "$row") AS "secret" FROM "saaras_db"."service_secret" AS "t16"
  WHERE "t16"."service_id" = "t4"."service_id"
  ORDER BY "t16"."service_secret_id") AS "$row") AS "service_secrets" FROM "saaras_db"."service" AS "t4"
  WHERE "t4"."service_id" = "t0"."service_id") AS "$row") AS "service" FROM "saaras_db"."proxy_service" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."proxy" AS "t19"
  WHERE "t19"."proxy_id" = "t0"."proxy_id" AND "t19"."proxy_name" = $1::varchar)
  ORDER BY "t0"."proxy_service_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "gw"
