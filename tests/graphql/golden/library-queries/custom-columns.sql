SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."Room №", "t0"."shelf-id") "t0"."shelf-id" AS "number", "t0"."Room №" AS "room" FROM "library"."Book Shelf" AS "t0"
  WHERE ("t0"."shelf-id" = ANY ($1::int4[]) OR "t0"."Room №" LIKE $2::text)
  ORDER BY "t0"."Room №" DESC NULLS FIRST, "t0"."shelf-id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"1\",\"2\"}"
-- $2 = "B%"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "room", "$aggregated"."a2" AS "id") AS "$row") AS "max", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a3" AS "id") AS "$row") AS "sum") AS "$row") AS "aggregate", "$aggregated"."a4" AS "nodes"
  FROM (WITH "$base" AS (SELECT DISTINCT ON ("t0"."Room №") "t0"."Room №" AS "i0", "t0"."shelf-id" AS "i1", (SELECT row_to_json("$row")
  FROM (SELECT "t0"."shelf-id" AS "id", "t0"."Room №" AS "room") AS "$row") AS "i2" FROM "library"."Book Shelf" AS "t0"
  ORDER BY "t0"."Room №" ASC NULLS LAST, "t0"."shelf-id") SELECT count(DISTINCT "$base"."i0") AS "a0", max("$base"."i0") AS "a1", max("$base"."i1") AS "a2", sum("$base"."i1") AS "a3", (SELECT coalesce(json_agg("$base"."i2"), '[]'::json) FROM "$base") AS "a4" FROM "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."Room №" AS "room", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."words" AS "text" FROM "library"."plate" AS "t2"
  WHERE "t2"."shelf" = "t1"."shelf-id") AS "$row") AS "plate" FROM "library"."Book Shelf" AS "t1"
  WHERE "t1"."shelf-id" = "t0"."shelf") AS "$row") AS "stands_in" FROM "library"."book" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "library"."Book Shelf" AS "t4"
  WHERE "t4"."shelf-id" = "t0"."shelf" AND "t4"."Room №" = $1::text)
  ORDER BY (SELECT "t3"."shelf-id" FROM "library"."Book Shelf" AS "t3"
  WHERE "t3"."shelf-id" = "t0"."shelf") DESC NULLS FIRST, "t0"."title" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "A"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."words" AS "text" FROM "library"."plate" AS "t0"
  WHERE "t0"."words" IS NOT NULL
  ORDER BY "t0"."shelf" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
