SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."shelf-id" AS "id", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."Room №" AS "room" FROM "library"."Book Shelf" AS "t2"
  WHERE "t2"."shelf-id" = "t1"."shelf") AS "$row") AS "stands_in", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."stars" AS "stars" FROM "library"."review" AS "t3"
  WHERE "t3"."book_id" = "t1"."id"
  ORDER BY "t3"."stars" DESC NULLS FIRST) AS "$row") AS "reviews", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "stars") AS "$row") AS "avg") AS "$row") AS "aggregate"
  FROM (SELECT avg("$base"."i0") AS "a0"
  FROM (SELECT "t4"."stars" AS "i0" FROM "library"."review" AS "t4"
  WHERE "t4"."book_id" = "t1"."id") AS "$base") AS "$aggregated") AS "$row") AS "reviews_aggregate", (SELECT row_to_json("$row")
  FROM (SELECT "t5"."comment" AS "comment" FROM "library"."genre" AS "t5"
  WHERE "t5"."value" = "t1"."genre") AS "$row") AS "kind" FROM "library"."book" AS "t1"
  WHERE "t1"."shelf" = "t0"."shelf-id"
  ORDER BY "t1"."id") AS "$row") AS "books" FROM "library"."Book Shelf" AS "t0"
  ORDER BY "t0"."shelf-id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "library"."book" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "library"."Book Shelf" AS "t1"
  WHERE "t1"."shelf-id" = "t0"."shelf" AND "t1"."Room №" = $1::text) AND (SELECT count(*) FROM "library"."review" AS "t2"
  WHERE "t2"."book_id" = "t0"."id") > $2::int4
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "A"
-- $2 = "1"
