SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8 OFFSET $2::int8) AS "$row"
-- $1 = "2"
-- $2 = "1"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8) AS "$row"
-- $1 = "0"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8 OFFSET $2::int8) AS "$row"
-- $1 = "1"
-- $2 = "2"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id") AS "$row"
