SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", "t0"."name" AS "alias", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", "t1"."id" AS "id" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id" LIMIT $1::int8) AS "$row") AS "articles_by_author", "t0"."id" AS "id", "t0"."active" AS "active" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" LIMIT $2::int8) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg("$row"."$json"), '[]'::json)
  FROM (SELECT '{}'::json AS "$json" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
