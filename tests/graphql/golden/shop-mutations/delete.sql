WITH "$written" AS (DELETE FROM "shop"."article" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id" AND "t1"."name" = $1::text)
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t3"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t4"."title" AS "title" FROM "shop"."article" AS "t4"
  WHERE "t4"."author_id" = "t3"."id"
  ORDER BY "t4"."id") AS "$row") AS "articles_by_author" FROM "shop"."author" AS "t3"
  WHERE "t3"."id" = "t2"."author_id") AS "$row") AS "author" FROM "$written" AS "t2") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"

WITH "$written" AS (DELETE FROM "shop"."article" AS "t0"
  WHERE "t0"."id" = $1::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "4"

WITH "$written" AS (DELETE FROM "shop"."article" AS "t0"
  WHERE "t0"."id" = $1::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "4"

WITH "$written" AS (DELETE FROM "shop"."item" AS "t0"
  WHERE "t0"."warehouse" = $1::text AND "t0"."shipment_no" = $2::int4 AND "t0"."position" = $3::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."what" AS "what" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "south"
-- $2 = "1"
-- $3 = "1"
