WITH "$written" AS (INSERT INTO "shop"."author" ("name", "bio")
  VALUES ($1::text, $2::jsonb)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."bio" AS "bio" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "J"
-- $2 = "{\"address\":{\"city\":\"Basel\",\"no\":3},\"list\":[\"Basel\"]}"
