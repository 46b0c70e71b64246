SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "neither", (SELECT coalesce(json_agg("$row"."$json"), '[]'::json)
  FROM (SELECT '{}'::json AS "$json" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id" LIMIT $1::int8) AS "$row") AS "articles_by_author", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT "$row"."$json"
  FROM (SELECT '{}'::json AS "$json") AS "$row") AS "aggregate", "$aggregated"."a0" AS "nodes"
  FROM (SELECT coalesce(json_agg("$base"."i0"), '[]'::json) AS "a0"
  FROM (SELECT (SELECT "$row"."$json"
  FROM (SELECT '{}'::json AS "$json") AS "$row") AS "i0" FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t0"."id"
  ORDER BY "t2"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate", "t0"."active" AS "active" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $2::int4) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg("$row"."$json"), '[]'::json)
  FROM (SELECT '{}'::json AS "$json" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "public"."note" AS "t0"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
