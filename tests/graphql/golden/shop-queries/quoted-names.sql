SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."orderId" AS "orderId", "t0"."select" AS "select", "t0"."group" AS "group" FROM "shop"."Order" AS "t0"
  WHERE "t0"."select" IS NOT NULL
  ORDER BY "t0"."group" DESC NULLS FIRST) AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT "t0"."group" AS "group" FROM "shop"."Order" AS "t0"
  WHERE "t0"."orderId" = $1::int4) AS "$row"
-- $1 = "2"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "group") AS "$row") AS "sum") AS "$row") AS "aggregate"
  FROM (SELECT sum("$base"."c.group") AS "a0"
  FROM (SELECT "t0"."group" AS "c.group" FROM "shop"."Order" AS "t0") AS "$base") AS "$aggregated") AS "$row"
