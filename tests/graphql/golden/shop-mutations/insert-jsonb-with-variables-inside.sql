WITH "$written" AS (INSERT INTO "shop"."author" ("name", "bio")
  VALUES ($1::text, $2::jsonb)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT "t0"."bio" AS "bio" FROM "$written" AS "t0") AS "$row"
-- $1 = "J"
-- $2 = "{\"address\":{\"city\":\"Basel\",\"no\":3},\"list\":[\"Basel\"]}"
