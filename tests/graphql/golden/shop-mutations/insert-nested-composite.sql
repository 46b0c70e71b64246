-- round 1
WITH "$n0" AS (INSERT INTO "shop"."shipment" ("warehouse", "no")
  VALUES ($1::text, $2::int4)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."item" ("position", "what", "warehouse", "shipment_no")
  VALUES ($3::int4, $4::text, (SELECT "warehouse" FROM "$n0"), (SELECT "no" FROM "$n0"))
  RETURNING *)
 , "$n2" AS (INSERT INTO "shop"."label" ("text", "warehouse", "no")
  VALUES ($5::text, (SELECT "warehouse" FROM "$n0"), (SELECT "no" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$n2"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "east"
-- $2 = "9"
-- $3 = "1"
-- $4 = "cog"
-- $5 = "hot"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."warehouse" AS "warehouse", "t1"."shipment_no" AS "shipment_no", "t1"."what" AS "what" FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no"
  ORDER BY "t1"."warehouse", "t1"."shipment_no", "t1"."position") AS "$row") AS "items", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."text" AS "text" FROM "shop"."label" AS "t2"
  WHERE "t2"."warehouse" = "t0"."warehouse" AND "t2"."no" = "t0"."no") AS "$row") AS "label" FROM unnest($1::"shop"."shipment"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1
