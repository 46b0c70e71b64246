SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "words") AS "$row") AS "sum") AS "$row") AS "aggregate", "$aggregated"."a2" AS "nodes"
  FROM (SELECT count(*) AS "a0", sum("$base"."i0") AS "a1", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a2"
  FROM (SELECT "t1"."words" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title") AS "$row") AS "i1" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id" AND "t1"."words" > $1::int8
  ORDER BY "t1"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "100"
