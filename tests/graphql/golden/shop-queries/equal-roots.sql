SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "shop"."log" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
