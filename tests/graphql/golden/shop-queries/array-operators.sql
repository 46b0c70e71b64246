SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."scores" = $1::int4[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"3\",\"1\",\"2\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."tags" @> $1::text[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"poet\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."scores" <@ $1::int4[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{1,2,3,4}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE ("t0"."scores" = $1::int4[] OR "t0"."scores" = $2::int4[])
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"1\",\"2\"}"
-- $2 = "{\"3\",\"1\",\"2\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."scores" <> $1::int4[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"1\",\"2\"}"
