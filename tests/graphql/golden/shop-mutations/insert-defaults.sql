WITH "$written" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", "t0"."visits" AS "visits", "t0"."active" AS "active" FROM "$written" AS "t0") AS "$row"
-- $1 = "Dee"

WITH "$written" AS (INSERT INTO "shop"."log" ("line")
  VALUES (DEFAULT), (DEFAULT)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row"
