SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."filter_type" AS "filter_type" FROM "saaras_db"."filter" AS "t0"
  WHERE "t0"."filter_name" = $1::text
  ORDER BY "t0"."filter_id") AS "$row"
-- $1 = "lua"
