WITH "$written" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "N"
