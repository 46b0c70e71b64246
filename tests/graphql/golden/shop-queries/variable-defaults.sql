SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" > $1::int4
  ORDER BY "t0"."id" LIMIT $2::int8) AS "$row"
-- $1 = "1"
-- $2 = "1"
