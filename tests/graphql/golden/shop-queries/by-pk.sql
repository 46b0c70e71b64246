SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4) AS "$row"
-- $1 = "2"

SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4) AS "$row"
-- $1 = "99"

SELECT row_to_json("$row")
  FROM (SELECT "t0"."what" AS "what", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."sent" AS "sent" FROM "shop"."shipment" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."no" = "t0"."shipment_no") AS "$row") AS "shipment" FROM "shop"."item" AS "t0"
  WHERE "t0"."warehouse" = $1::text AND "t0"."shipment_no" = $2::int4 AND "t0"."position" = $3::int4) AS "$row"
-- $1 = "north"
-- $2 = "1"
-- $3 = "2"
