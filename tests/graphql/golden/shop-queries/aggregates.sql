SELECT row_to_json("$row")
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
  FROM (WITH "$base" AS (SELECT "t0"."rank" AS "c.rank", "t0"."author_id" AS "c.author_id", "t0"."published" AS "c.published", "t0"."words" AS "c.words", "t0"."title" AS "c.title", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name" FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id") AS "$row") AS "author") AS "$row") AS "n18" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id") SELECT count(*) AS "a0", count("$base"."c.rank") AS "a1", count(DISTINCT ("$base"."c.author_id", "$base"."c.published")) AS "a2", count(DISTINCT "$base"."c.author_id") AS "a3", sum("$base"."c.rank") AS "a4", sum("$base"."c.words") AS "a5", avg("$base"."c.rank") AS "a6", avg("$base"."c.words") AS "a7", min("$base"."c.rank") AS "a8", min("$base"."c.title") AS "a9", max("$base"."c.rank") AS "a10", max("$base"."c.title") AS "a11", stddev("$base"."c.rank") AS "a12", stddev_pop("$base"."c.rank") AS "a13", stddev_samp("$base"."c.rank") AS "a14", var_pop("$base"."c.rank") AS "a15", var_samp("$base"."c.rank") AS "a16", variance("$base"."c.rank") AS "a17", (SELECT coalesce(json_agg("$base"."n18"), '[]'::json) FROM "$base") AS "a18" FROM "$base") AS "$aggregated") AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "rank") AS "$row") AS "sum", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a2" AS "title") AS "$row") AS "max") AS "$row") AS "aggregate", "$aggregated"."a3" AS "nodes"
  FROM (SELECT count(*) AS "a0", sum("$base"."c.rank") AS "a1", max("$base"."c.title") AS "a2", coalesce(json_agg("$base"."n3"), '[]'::json) AS "a3"
  FROM (SELECT "t0"."rank" AS "c.rank", "t0"."title" AS "c.title", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "n3" FROM "shop"."article" AS "t0"
  WHERE "t0"."id" > $1::int4
  ORDER BY "t0"."id") AS "$base") AS "$aggregated") AS "$row"
-- $1 = "100"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "id") AS "$row") AS "max") AS "$row") AS "aggregate", "$aggregated"."a2" AS "nodes"
  FROM (SELECT count(*) AS "a0", max("$base"."c.id") AS "a1", coalesce(json_agg("$base"."n2"), '[]'::json) AS "a2"
  FROM (SELECT "t0"."id" AS "c.id", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "n2" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" DESC NULLS FIRST LIMIT $1::int8) AS "$base") AS "$aggregated") AS "$row"
-- $1 = "2"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT DISTINCT ON ("t0"."author_id") 1 FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."id") AS "$base") AS "$aggregated") AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "nodes"
  FROM (SELECT coalesce(json_agg("$base"."n0"), '[]'::json) AS "a0"
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id") AS "$row") AS "n0" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id") AS "$base") AS "$aggregated") AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT 'shop_article_aggregate'::text AS "__typename"
  FROM (SELECT) AS "$aggregated") AS "$row"
