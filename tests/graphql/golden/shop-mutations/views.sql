WITH "$written" AS (UPDATE "shop"."title" AS "t0" SET "title" = $1::varchar
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row"
-- $1 = "Through a view"
-- $2 = "1"
