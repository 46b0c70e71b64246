-- round 1
WITH "$n0" AS (INSERT INTO "library"."Book Shelf" ("shelf-id", "Room №", "path")
  VALUES ($1::int4, $2::text, $3::"extensions"."ltree")
  RETURNING *)
 , "$n1" AS (INSERT INTO "library"."plate" ("words", "shelf")
  VALUES ($4::text, (SELECT "shelf-id" FROM "$n0"))
  RETURNING *)
 , "$n2" AS (INSERT INTO "library"."book" ("id", "title", "genre", "shelf")
  VALUES ($5::int8, $6::"public"."citext", $7::text, (SELECT "shelf-id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$n2"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "30"
-- $2 = "C"
-- $3 = "c"
-- $4 = "Behind"
-- $5 = "31"
-- $6 = "On it"
-- $7 = "novel"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."shelf-id" AS "id", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."words" AS "text" FROM "library"."plate" AS "t1"
  WHERE "t1"."shelf" = "t0"."shelf-id") AS "$row") AS "plate", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."title" AS "title" FROM "library"."book" AS "t2"
  WHERE "t2"."shelf" = "t0"."shelf-id"
  ORDER BY "t2"."id") AS "$row") AS "books" FROM unnest($1::"library"."Book Shelf"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1

WITH "$n0" AS (INSERT INTO "library"."Book Shelf" AS "t2" ("shelf-id", "Room №", "path")
  VALUES ($1::int4, $2::text, $3::"extensions"."ltree")
  ON CONFLICT ON CONSTRAINT "shelf_pkey" DO UPDATE SET "Room №" = EXCLUDED."Room №"
  RETURNING *)
 , "$n1" AS (INSERT INTO "library"."plate" AS "t0" ("words", "shelf")
  VALUES ($4::text, (SELECT "shelf-id" FROM "$n0"))
  ON CONFLICT ON CONSTRAINT "plate_shelf_key" DO UPDATE SET "words" = EXCLUDED."words"
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "31"
-- $2 = "D"
-- $3 = "d"
-- $4 = "Taken over"

WITH "$n2" AS (INSERT INTO "library"."Book Shelf" AS "t2" ("shelf-id", "Room №", "path")
  VALUES ($1::int4, $2::text, $3::"extensions"."ltree")
  ON CONFLICT ON CONSTRAINT "shelf_pkey" DO UPDATE SET "Room №" = EXCLUDED."Room №"
  RETURNING *)
 , "$n3" AS (INSERT INTO "library"."plate" AS "t1" ("words", "shelf")
  VALUES ($4::text, (SELECT "shelf-id" FROM "$n2"))
  ON CONFLICT ON CONSTRAINT "plate_shelf_key" DO UPDATE SET "words" = EXCLUDED."words"
  RETURNING *) SELECT (SELECT count(*) FROM "$n2") + (SELECT count(*) FROM "$n3"), (SELECT CASE WHEN sum(octet_length("$n2"::text)) > 134217728 THEN ARRAY[(left(min("$n2"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n2"::text) END FROM "$n2")
-- $1 = "1"
-- $2 = "E"
-- $3 = "e"
-- $4 = "Changed"

-- round 3
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."Room №" AS "room", (SELECT row_to_json("$row")
  FROM (SELECT "t4"."words" AS "text" FROM "library"."plate" AS "t4"
  WHERE "t4"."shelf" = "t3"."shelf-id") AS "$row") AS "plate" FROM unnest($1::"library"."Book Shelf"[]) AS "t3") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 3, column 1 of statement 4
