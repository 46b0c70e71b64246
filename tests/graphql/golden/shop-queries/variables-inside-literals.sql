SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE ("t0"."name" = $1::text OR "t0"."id" = ANY ($2::int4[]) OR "t0"."id" < $3::int4)
  ORDER BY "t0"."name" DESC NULLS FIRST, "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Bob"
-- $2 = "{\"3\",\"3\"}"
-- $3 = "0"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."author_id" AS "author_id" FROM "shop"."article" AS "t0"
  WHERE "t0"."author_id" = ANY ($1::int4[])
  ORDER BY "t0"."author_id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"1\",\"2\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(DISTINCT "$base"."i0") AS "a0"
  FROM (SELECT "t0"."author_id" AS "i0" FROM "shop"."article" AS "t0") AS "$base") AS "$aggregated") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @> $1::jsonb
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"langs\":[\"poet\"]}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."tags" @> $1::text[]
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"poet\"}"
