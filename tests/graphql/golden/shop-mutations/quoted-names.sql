WITH "$written" AS (INSERT INTO "shop"."Order" AS "t0" ("orderId", "select", "group")
  VALUES ($1::int4, $2::text, $3::int4)
  ON CONFLICT ON CONSTRAINT "Order_pkey" DO UPDATE SET "select" = EXCLUDED."select", "group" = EXCLUDED."group"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."orderId" AS "orderId", "t1"."select" AS "select", "t1"."group" AS "group" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "3"
-- $2 = "y"
-- $3 = "1"

WITH "$written" AS (UPDATE "shop"."Order" AS "t0" SET "select" = $1::text, "group" = "t0"."group" + $2::int4
  WHERE "t0"."orderId" = $3::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."select" AS "select", "t1"."group" AS "group" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "z"
-- $2 = "5"
-- $3 = "1"
