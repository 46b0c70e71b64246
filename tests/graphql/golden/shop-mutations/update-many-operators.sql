WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "visits" = "t0"."visits" + $1::int8, "bio" = "t0"."bio" - $2::text
  WHERE "t0"."id" = $3::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."visits" AS "visits", "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "langs"
-- $3 = "1"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = $1::jsonb
  WHERE "t0"."visits" > $2::int8
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."visits" AS "visits", "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = null
-- $2 = "5"

WITH "$written" AS (UPDATE "shop"."log" AS "t0" SET "line" = $1::text
  WHERE "t0"."line" = $2::text
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "n", 'shop_log_mutation_response'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."line" AS "line" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "first"
-- $2 = "one"
