SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."author_id" AS "author_id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."words" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."author_id" AS "author_id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" ASC NULLS LAST, "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id", "t0"."published") "t0"."author_id" AS "author_id", "t0"."published" AS "published" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."published" ASC NULLS LAST, "t0"."author_id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
