SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."orderId" AS "orderId", "t0"."select" AS "select", "t0"."group" AS "group" FROM "shop"."Order" AS "t0"
  WHERE "t0"."select" IS NOT NULL
  ORDER BY "t0"."group" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."group" AS "group" FROM "shop"."Order" AS "t0"
  WHERE "t0"."orderId" = $1::int4) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "group") AS "$row") AS "sum") AS "$row") AS "aggregate"
  FROM (SELECT sum("$base"."i0") AS "a0"
  FROM (SELECT "t0"."group" AS "i0" FROM "shop"."Order" AS "t0") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
