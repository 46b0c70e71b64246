SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id", "t0"."area" AS "area" FROM "shop"."rectangle" AS "t0"
  ORDER BY "t0"."id") AS "$row"
