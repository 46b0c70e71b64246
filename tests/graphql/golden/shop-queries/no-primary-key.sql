SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "shop"."log" AS "t0"
  ORDER BY "t0"."line" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."log" AS "t0") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")
