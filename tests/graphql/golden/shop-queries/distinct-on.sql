SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."author_id" AS "author_id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."words" DESC NULLS FIRST) AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."author_id" AS "author_id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."id") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id", "t0"."published") "t0"."author_id" AS "author_id", "t0"."published" AS "published" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."published" ASC NULLS LAST, "t0"."author_id" ASC NULLS LAST) AS "$row"
