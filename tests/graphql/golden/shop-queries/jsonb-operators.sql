SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @> $1::jsonb
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"langs\":[\"de\"]}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @> $1::jsonb
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"address\":{\"no\":7}}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" <@ $1::jsonb
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"langs\":[],\"n\":1.5,\"more\":true}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" ? $1::text
  ORDER BY "t0"."id") AS "$row"
-- $1 = "n"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" ?| $1::text[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"n\",\"address\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" ?& $1::text[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"langs\",\"n\"}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE ("t0"."bio")::text LIKE $1::text
  ORDER BY "t0"."id") AS "$row"
-- $1 = "%Bern%"
