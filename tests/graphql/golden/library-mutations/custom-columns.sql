WITH "$written" AS (INSERT INTO "library"."Book Shelf" AS "t0" ("shelf-id", "Room №", "path")
  VALUES ($1::int4, $2::text, $3::"extensions"."ltree"), ($4::int4, $5::text, $6::"extensions"."ltree")
  ON CONFLICT ON CONSTRAINT "shelf_pkey" DO UPDATE SET "Room №" = EXCLUDED."Room №"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."shelf-id" AS "id", "t1"."Room №" AS "room" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "20"
-- $2 = "New"
-- $3 = "new"
-- $4 = "3"
-- $5 = "Moved"
-- $6 = "x"

WITH "$written" AS (UPDATE "library"."Book Shelf" AS "t0" SET "Room №" = $1::text, "shelf-id" = "t0"."shelf-id" + $2::int4
  WHERE "t0"."shelf-id" = $3::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."shelf-id" AS "id", "t1"."Room №" AS "room" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Attic"
-- $2 = "100"
-- $3 = "1"

WITH "$written" AS (UPDATE "library"."Book Shelf" AS "t0" SET "path" = $1::"extensions"."ltree"
  WHERE "t0"."Room №" = $2::text
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."Room №" AS "room", "t1"."path" AS "path" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "down"
-- $2 = "B"

WITH "$written" AS (DELETE FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."shelf-id" = $1::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."Room №" AS "room" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"
