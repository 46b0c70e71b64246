WITH "$written" AS (INSERT INTO "library"."book" AS "t0" ("id", "title", "genre", "status")
  VALUES ($1::int8, $2::"public"."citext", $3::text, DEFAULT), ($4::int8, $5::"public"."citext", $6::text, $7::text)
  ON CONFLICT ON CONSTRAINT "book_pkey" DO UPDATE SET "title" = EXCLUDED."title"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."genre" AS "genre", "t1"."status" AS "status" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "10"
-- $2 = "A"
-- $3 = "travel"
-- $4 = "11"
-- $5 = "B"
-- $6 = "novel"
-- $7 = "lost"

WITH "$written" AS (INSERT INTO "library"."book" ("id", "title", "genre")
  VALUES ($1::int8, $2::"public"."citext", $3::text)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "12"
-- $2 = "C"
-- $3 = "poetry"

WITH "$written" AS (UPDATE "library"."book" AS "t0" SET "genre" = $1::text
  WHERE "t0"."id" = $2::int8
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."genre" AS "genre" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "novel"
-- $2 = "10"

WITH "$written" AS (UPDATE "library"."book" AS "t0" SET "status" = $1::text
  WHERE "t0"."id" = $2::int8
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."status" AS "status" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = null
-- $2 = "11"

WITH "$written" AS (UPDATE "library"."book" AS "t0" SET "title" = $1::"public"."citext"
  WHERE "t0"."id" = $2::int8
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "D"
-- $2 = "12"

WITH "$written" AS (DELETE FROM "library"."book" AS "t0"
  WHERE "t0"."id" = $1::int8
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "10"

WITH "$written" AS (DELETE FROM "library"."book" AS "t0"
  WHERE "t0"."id" = $1::int8
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "11"
