SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."title" AS "t0"
  WHERE "t0"."author_id" = $1::int4
  ORDER BY "t0"."id" ASC NULLS LAST) AS "$row"
-- $1 = "1"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."author_id" AS "author_id", "t0"."articles" AS "articles" FROM "shop"."productivity" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST) AS "$row"
