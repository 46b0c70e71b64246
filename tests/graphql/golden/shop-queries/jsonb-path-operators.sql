SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @? $1::jsonpath
  ORDER BY "t0"."id") AS "$row"
-- $1 = "$.langs[*] ? (@ == \"de\")"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @@ $1::jsonpath
  ORDER BY "t0"."id") AS "$row"
-- $1 = "$.address.no > 5"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @@ $1::jsonpath
  ORDER BY "t0"."id") AS "$row"
-- $1 = "$.address.no"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE NOT ("t0"."bio" @? $1::jsonpath)
  ORDER BY "t0"."id") AS "$row"
-- $1 = "$.n"
