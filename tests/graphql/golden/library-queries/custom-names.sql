SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "library"."book" AS "t0"
  ORDER BY "t0"."title" ASC NULLS LAST) AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT "t0"."title" AS "title" FROM "library"."book" AS "t0"
  WHERE "t0"."id" = $1::int8) AS "$row"
-- $1 = "2"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "library"."book" AS "t0") AS "$base") AS "$aggregated") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."shelf-id") "t0"."shelf-id" AS "id", "t0"."Room №" AS "room" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."Room №" = $1::text
  ORDER BY "t0"."shelf-id" DESC NULLS FIRST) AS "$row"
-- $1 = "A"

SELECT row_to_json("$row")
  FROM (SELECT "t0"."shelf-id" AS "id" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."shelf-id" = $1::int4) AS "$row"
-- $1 = "3"
