-- round 1
WITH "$written" AS (UPDATE "shop"."article" AS "t0" SET "rank" = "t0"."rank" + $1::int4
  WHERE EXISTS (SELECT 1 FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id" AND "t1"."name" = $2::text) AND "t0"."rank" IS NOT NULL
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "10"
-- $2 = "Ann"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."id" AS "id", "t2"."rank" AS "rank", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "rank") AS "$row") AS "sum") AS "$row") AS "aggregate"
  FROM (SELECT sum("$base"."i0") AS "a0"
  FROM (SELECT "t4"."rank" AS "i0" FROM "shop"."article" AS "t4"
  WHERE "t4"."author_id" = "t3"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM "shop"."author" AS "t3"
  WHERE "t3"."id" = "t2"."author_id") AS "$row") AS "author" FROM unnest($1::"shop"."article"[]) AS "t2") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "mood" = $1::"shop"."mood"
  WHERE EXISTS (SELECT 1 FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id" AND "t1"."title" = $2::varchar)
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "happy"
-- $2 = "Delta"

-- round 3
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."name" AS "name", "t2"."mood" AS "mood", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."title" AS "title" FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t2"."id"
  ORDER BY "t3"."id" ASC NULLS LAST) AS "$row") AS "articles_by_author" FROM unnest($1::"shop"."author"[]) AS "t2") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 3

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "active" = $1::bool
  WHERE (SELECT count(*) FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") = $2::int4
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "false"
-- $2 = "0"

WITH "$written" AS (UPDATE "shop"."item" AS "t0" SET "position" = $1::int4, "warehouse" = $2::text
  WHERE "t0"."warehouse" = $3::text AND "t0"."shipment_no" = $4::int4 AND "t0"."position" = $5::int4
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "7"
-- $2 = "south"
-- $3 = "north"
-- $4 = "1"
-- $5 = "1"

-- round 4
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."warehouse" AS "warehouse", "t1"."position" AS "position", "t1"."what" AS "what", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."sent" AS "sent" FROM "shop"."shipment" AS "t2"
  WHERE "t2"."warehouse" = "t1"."warehouse" AND "t2"."no" = "t1"."shipment_no") AS "$row") AS "shipment" FROM unnest($1::"shop"."item"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 6

WITH "$written" AS (UPDATE "shop"."log" AS "t0" SET "line" = $1::text
  WHERE TRUE
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."line" AS "line" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = null
