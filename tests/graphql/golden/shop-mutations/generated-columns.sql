WITH "$written" AS (INSERT INTO "shop"."rectangle" ("width", "height")
  VALUES ($1::int4, $2::int4)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", "t0"."area" AS "area" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "6"
-- $2 = "7"

WITH "$written" AS (UPDATE "shop"."rectangle" AS "t0" SET "width" = $1::int4
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."area" AS "area" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "10"
-- $2 = "1"
