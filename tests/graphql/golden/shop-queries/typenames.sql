SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'shop_article'::text AS "__typename", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT 'shop_article'::text AS "kind" FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t1"."id"
  ORDER BY "t2"."id" LIMIT $1::int8) AS "$row") AS "articles_by_author" FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id") AS "$row") AS "author" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" LIMIT $2::int8) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author_aggregate'::text AS "__typename", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author_aggregate_fields'::text AS "__typename", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author_max_fields'::text AS "__typename", "$aggregated"."a0" AS "name") AS "$row") AS "max", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author_sum_fields'::text AS "__typename") AS "$row") AS "sum") AS "$row") AS "aggregate", "$aggregated"."a1" AS "nodes"
  FROM (SELECT max("$base"."i0") AS "a0", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a1"
  FROM (SELECT "t0"."name" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author'::text AS "__typename") AS "$row") AS "i1" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8) AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT 'shop_author'::text AS "__typename", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_article_aggregate'::text AS "__typename", (SELECT row_to_json("$row")
  FROM (SELECT 'shop_article_aggregate_fields'::text AS "__typename") AS "$row") AS "aggregate"
  FROM (SELECT) AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
