SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id", "t0"."text" AS "text" FROM "public"."note" AS "t0"
  ORDER BY "t0"."id") AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT "t0"."text" AS "text" FROM "public"."note" AS "t0"
  WHERE "t0"."id" = $1::int4) AS "$row"
-- $1 = "1"
