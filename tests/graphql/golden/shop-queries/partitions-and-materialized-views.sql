SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id", "t0"."day" AS "day", "t0"."what" AS "what" FROM "shop"."event" AS "t0"
  ORDER BY "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."what" AS "what" FROM "shop"."event" AS "t0"
  WHERE "t0"."id" = $1::int4 AND "t0"."day" = $2::date) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"
-- $2 = "1999-12-31"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count", (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a1" AS "day") AS "$row") AS "max") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0", max("$base"."i0") AS "a1"
  FROM (SELECT "t0"."day" AS "i0" FROM "shop"."event" AS "t0") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id", "t0"."what" AS "what" FROM "shop"."census" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."line" AS "line" FROM "shop"."shout" AS "t0"
  ORDER BY "t0"."line" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")
