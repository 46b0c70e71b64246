SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "shop"."log" AS "t0"
  ORDER BY "t0"."line" DESC NULLS FIRST) AS "$row"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."log" AS "t0") AS "$base") AS "$aggregated") AS "$row"
