SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."service_id" AS "service_id", "t0"."service_name" AS "service_name", "t0"."fqdn" AS "fqdn", "t0"."create_ts" AS "create_ts", "t0"."update_ts" AS "update_ts" FROM "saaras_db"."service" AS "t0"
  ORDER BY "t0"."service_id") AS "$row"
