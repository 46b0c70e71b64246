SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", "$aggregated"."a1" AS "nonnull", "$aggregated"."a2" AS "pairs", "$aggregated"."a3" AS "authors", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a4" AS "rank", "$aggregated"."a5" AS "words") AS "$row") AS "sum", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a6" AS "rank", "$aggregated"."a7" AS "words") AS "$row") AS "avg", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a8" AS "rank", "$aggregated"."a9" AS "title") AS "$row") AS "min", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a10" AS "rank", "$aggregated"."a11" AS "title") AS "$row") AS "max", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a12" AS "rank") AS "$row") AS "stddev", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a13" AS "rank") AS "$row") AS "stddev_pop", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a14" AS "rank") AS "$row") AS "stddev_samp", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a15" AS "rank") AS "$row") AS "var_pop", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a16" AS "rank") AS "$row") AS "var_samp", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a17" AS "rank") AS "$row") AS "variance", 'shop_article_aggregate_fields'::text AS "__typename") AS "$row") AS "aggregate", "$aggregated"."a18" AS "nodes", 'shop_article_aggregate'::text AS "__typename"
  FROM (WITH "$base" AS (SELECT "t0"."rank" AS "i0", "t0"."author_id" AS "i1", "t0"."published" AS "i2", "t0"."words" AS "i3", "t0"."title" AS "i4", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name" FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id") AS "$row") AS "author") AS "$row") AS "i5" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id") SELECT count(*) AS "a0", count("$base"."i0") AS "a1", count(DISTINCT ("$base"."i1", "$base"."i2")) AS "a2", count(DISTINCT "$base"."i1") AS "a3", sum("$base"."i0") AS "a4", sum("$base"."i3") AS "a5", avg("$base"."i0") AS "a6", avg("$base"."i3") AS "a7", min("$base"."i0") AS "a8", min("$base"."i4") AS "a9", max("$base"."i0") AS "a10", max("$base"."i4") AS "a11", stddev("$base"."i0") AS "a12", stddev_pop("$base"."i0") AS "a13", stddev_samp("$base"."i0") AS "a14", var_pop("$base"."i0") AS "a15", var_samp("$base"."i0") AS "a16", variance("$base"."i0") AS "a17", (SELECT coalesce(json_agg("$base"."i5"), '[]'::json) FROM "$base") AS "a18" FROM "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "rank") AS "$row") AS "sum", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a2" AS "title") AS "$row") AS "max") AS "$row") AS "aggregate", "$aggregated"."a3" AS "nodes"
  FROM (SELECT count(*) AS "a0", sum("$base"."i0") AS "a1", max("$base"."i1") AS "a2", coalesce(json_agg("$base"."i2"), '[]'::json) AS "a3"
  FROM (SELECT "t0"."rank" AS "i0", "t0"."title" AS "i1", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "i2" FROM "shop"."article" AS "t0"
  WHERE "t0"."id" > $1::int4
  ORDER BY "t0"."id") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "100"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "id") AS "$row") AS "max") AS "$row") AS "aggregate", "$aggregated"."a2" AS "nodes"
  FROM (SELECT count(*) AS "a0", max("$base"."i0") AS "a1", coalesce(json_agg("$base"."i1"), '[]'::json) AS "a2"
  FROM (SELECT "t0"."id" AS "i0", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "i1" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" DESC NULLS FIRST LIMIT $1::int8) AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT DISTINCT ON ("t0"."author_id") 1 FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."id") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "nodes"
  FROM (SELECT coalesce(json_agg("$base"."i0"), '[]'::json) AS "a0"
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "i0" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT 'shop_article_aggregate'::text AS "__typename"
  FROM (SELECT) AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
