WITH "$written" AS (DELETE FROM "shop"."shipment" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") AND NOT (EXISTS (SELECT 1 FROM "shop"."item" AS "t2"
  WHERE "t2"."warehouse" = "t0"."warehouse" AND "t2"."shipment_no" = "t0"."no"))
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."no" AS "no" FROM "$written" AS "t3") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")

WITH "$written" AS (DELETE FROM "shop"."item" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."shipment" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."no" = "t0"."shipment_no" AND "t1"."sent" < $1::date)
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", 'shop_item_mutation_response'::text AS "__typename", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."what" AS "what", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."warehouse" AS "warehouse", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t4"."what" AS "what" FROM "shop"."item" AS "t4"
  WHERE "t4"."warehouse" = "t3"."warehouse" AND "t4"."shipment_no" = "t3"."no"
  ORDER BY "t4"."warehouse", "t4"."shipment_no", "t4"."position") AS "$row") AS "items", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."item" AS "t5"
  WHERE "t5"."warehouse" = "t3"."warehouse" AND "t5"."shipment_no" = "t3"."no") AS "$base") AS "$aggregated") AS "$row") AS "items_aggregate" FROM "shop"."shipment" AS "t3"
  WHERE "t3"."warehouse" = "t2"."warehouse" AND "t3"."no" = "t2"."shipment_no") AS "$row") AS "shipment" FROM "$written" AS "t2") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2020-01-02"

WITH "$written" AS (DELETE FROM "shop"."item" AS "t0"
  WHERE "t0"."what" = $1::text
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."what" AS "what" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "nothing"

WITH "$written" AS (DELETE FROM "shop"."article" AS "t0"
  WHERE "t0"."id" = $1::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate", "$aggregated"."a1" AS "nodes"
  FROM (SELECT count(*) AS "a0", coalesce(json_agg("$base"."i0"), '[]'::json) AS "a1"
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t3"."title" AS "title") AS "$row") AS "i0" FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t2"."id"
  ORDER BY "t3"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "4"

WITH "$written" AS (DELETE FROM "shop"."log" AS "t0"
  WHERE TRUE
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
