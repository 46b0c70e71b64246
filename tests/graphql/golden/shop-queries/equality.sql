SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."visits" = $1::int8
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "9007199254740993"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."mood" <> $1::"shop"."mood"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "happy"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."name" = ANY ($1::text[])
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"Ann\",\"Cy\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = ANY ($1::int4[])
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"2\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" = ANY ($1::int4[])
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" <> ALL ($1::int4[])
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"1\",\"2\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."id" <> ALL ($1::int4[])
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."mood" IS NULL
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."mood" IS NOT NULL
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
