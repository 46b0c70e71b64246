SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."editor_id") AS "$row") AS "editor", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."name" AS "name" FROM "shop"."author" AS "t3"
  WHERE "t3"."id" = "t1"."author_id") AS "$row") AS "author" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id" AND "t1"."rank" IS NOT NULL
  ORDER BY "t1"."rank" DESC NULLS FIRST LIMIT $1::int8) AS "$row") AS "articles_by_author", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t4"."id" AS "id" FROM "shop"."article" AS "t4"
  WHERE "t4"."editor_id" = "t0"."id"
  ORDER BY "t4"."id") AS "$row") AS "articles_by_editor" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name" FROM "shop"."employee" AS "t1"
  WHERE "t1"."id" = "t0"."manager_id") AS "$row") AS "manager", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."name" AS "name" FROM "shop"."employee" AS "t3"
  WHERE "t3"."manager_id" = "t2"."id"
  ORDER BY "t3"."id") AS "$row") AS "employees" FROM "shop"."employee" AS "t2"
  WHERE "t2"."manager_id" = "t0"."id"
  ORDER BY "t2"."id") AS "$row") AS "employees" FROM "shop"."employee" AS "t0"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."position" AS "position", "t1"."what" AS "what" FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no"
  ORDER BY "t1"."warehouse", "t1"."shipment_no", "t1"."position") AS "$row") AS "items", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."text" AS "text", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."no" AS "no" FROM "shop"."shipment" AS "t3"
  WHERE "t3"."warehouse" = "t2"."warehouse" AND "t3"."no" = "t2"."no") AS "$row") AS "shipment" FROM "shop"."label" AS "t2"
  WHERE "t2"."warehouse" = "t0"."warehouse" AND "t2"."no" = "t0"."no") AS "$row") AS "label" FROM "shop"."shipment" AS "t0"
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
