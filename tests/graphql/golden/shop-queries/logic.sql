SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" > $1::int4 AND "t0"."id" < $2::int4
  ORDER BY "t0"."id") AS "$row"
-- $1 = "1"
-- $2 = "3"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4
  ORDER BY "t0"."id") AS "$row"
-- $1 = "2"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE ("t0"."id" = $1::int4 OR ("t0"."name" = $2::text AND "t0"."active" = $3::bool))
  ORDER BY "t0"."id") AS "$row"
-- $1 = "1"
-- $2 = "Cy"
-- $3 = "true"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE NOT ("t0"."id" = $1::int4)
  ORDER BY "t0"."id") AS "$row"
-- $1 = "1"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE FALSE
  ORDER BY "t0"."id") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."active" = $1::bool AND ("t0"."id" = $2::int4 OR "t0"."id" = $3::int4) AND NOT ("t0"."mood" IS NULL)
  ORDER BY "t0"."id") AS "$row"
-- $1 = "true"
-- $2 = "1"
-- $3 = "2"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row"
