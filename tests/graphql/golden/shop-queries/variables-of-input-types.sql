SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."id" AS "id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE (EXISTS (SELECT 1 FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id" AND "t1"."name" = $1::text) OR "t0"."rank" = ANY ($2::int4[]))
  ORDER BY "t0"."author_id" DESC NULLS FIRST, "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"
-- $2 = "{\"2\"}"
