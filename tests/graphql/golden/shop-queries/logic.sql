SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" > $1::int4 AND "t0"."id" < $2::int4
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "3"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = $1::int4
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE ("t0"."id" = $1::int4 OR ("t0"."name" = $2::text AND "t0"."active" = $3::bool))
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "Cy"
-- $3 = "true"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE NOT ("t0"."id" = $1::int4)
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE FALSE
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  WHERE "t0"."active" = $1::bool AND ("t0"."id" = $2::int4 OR "t0"."id" = $3::int4) AND NOT ("t0"."mood" IS NULL)
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "true"
-- $2 = "1"
-- $3 = "2"
