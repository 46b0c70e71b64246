WITH "$written" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", "t0"."visits" AS "visits", "t0"."active" AS "active" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Dee"

WITH "$written" AS (INSERT INTO "shop"."log" SELECT FROM generate_series(1, 2)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
