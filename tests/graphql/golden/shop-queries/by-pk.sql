SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "99"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."what" AS "what", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."sent" AS "sent" FROM "shop"."shipment" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."no" = "t0"."shipment_no") AS "$row") AS "shipment" FROM "shop"."item" AS "t0"
  WHERE "t0"."warehouse" = $1::text AND "t0"."shipment_no" = $2::int4 AND "t0"."position" = $3::int4) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "north"
-- $2 = "1"
-- $3 = "2"
