SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."proxy_id" AS "proxy_id", "t0"."proxy_name" AS "proxy_name", "t0"."create_ts" AS "create_ts", "t0"."update_ts" AS "update_ts" FROM "saaras_db"."proxy" AS "t0"
  WHERE "t0"."proxy_name" = $1::varchar
  ORDER BY "t0"."proxy_id") AS "$row"
-- $1 = "gw"
