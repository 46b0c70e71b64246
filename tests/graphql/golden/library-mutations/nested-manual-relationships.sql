-- round 1
WITH "$n0" AS (INSERT INTO "library"."Book Shelf" ("shelf-id", "Room №", "path")
  VALUES ($1::int4, $2::text, $3::"extensions"."ltree")
  RETURNING *)
 , "$n1" AS (INSERT INTO "library"."book" ("id", "title", "genre", "shelf")
  VALUES ($4::int8, $5::"public"."citext", $6::text, (SELECT "shelf-id" FROM "$n0"))
  RETURNING *)
 , "$n2" AS (INSERT INTO "library"."review" ("stars", "body", "book_id")
  VALUES ($7::int2, $8::text, (SELECT "id" FROM "$n1")), ($9::int2, DEFAULT, (SELECT "id" FROM "$n1"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$n2"), (SELECT CASE WHEN sum(octet_length("$n1"::text)) > 134217728 THEN ARRAY[(left(min("$n1"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n1"::text) END FROM "$n1")
-- $1 = "9"
-- $2 = "C"
-- $3 = "attic"
-- $4 = "20"
-- $5 = "Nested"
-- $6 = "novel"
-- $7 = "1"
-- $8 = "no"
-- $9 = "2"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."shelf-id" AS "id", "t1"."Room №" AS "room" FROM "library"."Book Shelf" AS "t1"
  WHERE "t1"."shelf-id" = "t0"."shelf") AS "$row") AS "stands_in", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."book_id" AS "book_id", "t2"."stars" AS "stars" FROM "library"."review" AS "t2"
  WHERE "t2"."book_id" = "t0"."id") AS "$row") AS "reviews" FROM unnest($1::"library"."book"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1
