WITH "$written" AS (INSERT INTO "shop"."ticket" SELECT FROM generate_series(1, 2)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."no" AS "no" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")

WITH "$written" AS (INSERT INTO "shop"."ticket" DEFAULT
  VALUES RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."no" AS "no" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")

WITH "$written" AS (INSERT INTO "shop"."event" AS "t0" ("id", "day", "what")
  VALUES ($1::int4, $2::date, $3::text), ($4::int4, $5::date, $6::text)
  ON CONFLICT ON CONSTRAINT "event_pkey" DO UPDATE SET "what" = EXCLUDED."what"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."day" AS "day", "t1"."what" AS "what" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "3"
-- $2 = "2020-07-01"
-- $3 = "trip"
-- $4 = "1"
-- $5 = "2020-06-01"
-- $6 = "moved"

WITH "$written" AS (UPDATE "shop"."event" AS "t0" SET "day" = $1::date
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."day" AS "day" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1980-01-01"
-- $2 = "3"

WITH "$written" AS (INSERT INTO "shop"."shout" ("line")
  VALUES ($1::text)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "HEY"

WITH "$written" AS (UPDATE "shop"."log" AS "t0" SET "line" = $1::text
  WHERE "t0"."line" = $2::text
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "seen"
-- $2 = "hey"
