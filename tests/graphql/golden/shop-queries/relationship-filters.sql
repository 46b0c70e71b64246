SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id" AND "t1"."name" = $1::text)
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id" AND "t1"."rank" > $1::int4)
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."article" AS "t1"
  WHERE "t1"."editor_id" = "t0"."id")
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE NOT (EXISTS (SELECT 1 FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"))
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id" AND EXISTS (SELECT 1 FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."editor_id" AND EXISTS (SELECT 1 FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t2"."id" AND "t3"."title" = $1::varchar)))
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Delta"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."employee" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."employee" AS "t1"
  WHERE "t1"."id" = "t0"."manager_id" AND EXISTS (SELECT 1 FROM "shop"."employee" AS "t2"
  WHERE "t2"."id" = "t1"."manager_id" AND "t2"."name" = $1::text))
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "boss"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no" AND "t1"."what" = $1::text)
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "screw"
