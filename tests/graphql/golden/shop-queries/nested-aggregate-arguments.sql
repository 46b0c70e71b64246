SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "title") AS "$row") AS "max", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a2" AS "title") AS "$row") AS "min") AS "$row") AS "aggregate", "$aggregated"."a3" AS "nodes"
  FROM (SELECT count(*) AS "a0", max("$base"."i0") AS "a1", min("$base"."i0") AS "a2", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a3"
  FROM (SELECT "t1"."title" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title") AS "$row") AS "i1" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id" DESC NULLS FIRST LIMIT $1::int8) AS "$base") AS "$aggregated") AS "$row") AS "two", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "words") AS "$row") AS "sum", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "rank") AS "$row") AS "avg") AS "$row") AS "aggregate"
  FROM (SELECT sum("$base"."i0") AS "a0", avg("$base"."i1") AS "a1"
  FROM (SELECT "t2"."words" AS "i0", "t2"."rank" AS "i1" FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t0"."id"
  ORDER BY "t2"."id" ASC NULLS LAST OFFSET $2::int8) AS "$base") AS "$aggregated") AS "$row") AS "rest", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", "$aggregated"."a1" AS "nonnull") AS "$row") AS "aggregate", "$aggregated"."a2" AS "nodes"
  FROM (SELECT count(*) AS "a0", count("$base"."i0") AS "a1", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a2"
  FROM (SELECT DISTINCT ON ("t3"."published") "t3"."published" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."published" AS "published") AS "$row") AS "i1" FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t0"."id"
  ORDER BY "t3"."published" ASC NULLS LAST, "t3"."id") AS "$base") AS "$aggregated") AS "$row") AS "distinct", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "nodes", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT coalesce(json_agg("$base"."i0"), '[]'::json) AS "a0", count(*) AS "a1"
  FROM (SELECT DISTINCT ON ("t4"."published") (SELECT row_to_json("$row")
  FROM (SELECT "t4"."id" AS "id") AS "$row") AS "i0" FROM "shop"."article" AS "t4"
  WHERE "t4"."author_id" = "t0"."id"
  ORDER BY "t4"."published" DESC NULLS FIRST, "t4"."id" ASC NULLS LAST LIMIT $3::int8) AS "$base") AS "$aggregated") AS "$row") AS "distinct_and_cut", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(DISTINCT ("$base"."i0", "$base"."i1")) AS "a0"
  FROM (SELECT "t5"."rank" AS "i0", "t5"."published" AS "i1" FROM "shop"."article" AS "t5"
  WHERE "t5"."author_id" = "t0"."id" AND "t5"."rank" IS NOT NULL) AS "$base") AS "$aggregated") AS "$row") AS "counted", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "nodes"
  FROM (SELECT coalesce(json_agg("$base"."i0"), '[]'::json) AS "a0"
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t7"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."article" AS "t8"
  WHERE "t8"."author_id" = "t7"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM "shop"."author" AS "t7"
  WHERE "t7"."id" = "t6"."editor_id") AS "$row") AS "editor") AS "$row") AS "i0" FROM "shop"."article" AS "t6"
  WHERE "t6"."author_id" = "t0"."id"
  ORDER BY "t6"."id") AS "$base") AS "$aggregated") AS "$row") AS "deep" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"
-- $2 = "1"
-- $3 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "words") AS "$row") AS "sum") AS "$row") AS "aggregate", "$aggregated"."a2" AS "nodes"
  FROM (SELECT count(*) AS "a0", sum("$base"."i0") AS "a1", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a2"
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."words" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."title" AS "title") AS "$row") AS "i1" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."words" DESC NULLS FIRST LIMIT $1::int8 OFFSET $2::int8) AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "words") AS "$row") AS "sum") AS "$row") AS "aggregate", "$aggregated"."a2" AS "nodes"
  FROM (SELECT count(*) AS "a0", sum("$base"."i0") AS "a1", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a2"
  FROM (SELECT "t0"."words" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "i1" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" LIMIT $1::int8) AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0"
