SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."visits" = $1::int8
  ORDER BY "t0"."id") AS "$row"
-- $1 = "9007199254740993"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."mood" <> $1::"shop"."mood"
  ORDER BY "t0"."id") AS "$row"
-- $1 = "happy"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."name" = ANY ($1::text[])
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"Ann\",\"Cy\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = ANY ($1::int4[])
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"2\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = ANY ($1::int4[])
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" <> ALL ($1::int4[])
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"1\",\"2\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" <> ALL ($1::int4[])
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."mood" IS NULL
  ORDER BY "t0"."id") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."mood" IS NOT NULL
  ORDER BY "t0"."id") AS "$row"
