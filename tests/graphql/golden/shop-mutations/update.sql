-- round 1
WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "mood" = $1::"shop"."mood", "born" = $2::date, "visits" = "t0"."visits" + $3::int8
  WHERE "t0"."id" <= $4::int4
  RETURNING "t0".*) SELECT count(*), CASE WHEN sum(octet_length("$written"::text)) > 134217728 THEN ARRAY[(left(min("$written"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$written"::text) END FROM "$written"
-- $1 = "ok"
-- $2 = null
-- $3 = "-1"
-- $4 = "2"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."id" AS "id", "t1"."mood" AS "mood", "t1"."born" AS "born", "t1"."visits" AS "visits", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."title" AS "title" FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t1"."id"
  ORDER BY "t2"."id") AS "$row") AS "articles_by_author" FROM unnest($1::"shop"."author"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1
