SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id" DESC NULLS FIRST LIMIT $1::int8) AS "$row") AS "latest", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."title" AS "title" FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t0"."id"
  ORDER BY "t2"."id" DESC NULLS FIRST LIMIT $2::int8 OFFSET $3::int8) AS "$row") AS "others", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t3"."published") "t3"."published" AS "published", "t3"."title" AS "title" FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t0"."id"
  ORDER BY "t3"."published" ASC NULLS LAST, "t3"."id" DESC NULLS FIRST) AS "$row") AS "by_published", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t4"."title" AS "title" FROM "shop"."article" AS "t4"
  WHERE "t4"."author_id" = "t0"."id" AND "t4"."id" < $4::int4
  ORDER BY "t4"."id") AS "$row") AS "none", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t5"."title" AS "title" FROM "shop"."article" AS "t5"
  WHERE "t5"."author_id" = "t0"."id"
  ORDER BY "t5"."id" LIMIT $5::int8) AS "$row") AS "nothing", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t6"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t8"."title" AS "title" FROM "shop"."article" AS "t8"
  WHERE "t8"."author_id" = "t7"."id"
  ORDER BY "t8"."title" ASC NULLS LAST LIMIT $6::int8) AS "$row") AS "articles_by_author" FROM "shop"."author" AS "t7"
  WHERE "t7"."id" = "t6"."author_id") AS "$row") AS "author" FROM "shop"."article" AS "t6"
  WHERE "t6"."editor_id" = "t0"."id" AND EXISTS (SELECT 1 FROM "shop"."author" AS "t9"
  WHERE "t9"."id" = "t6"."author_id" AND "t9"."name" <> $7::text)
  ORDER BY "t6"."id") AS "$row") AS "edited" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "10"
-- $3 = "1"
-- $4 = "0"
-- $5 = "0"
-- $6 = "1"
-- $7 = "Ann"
