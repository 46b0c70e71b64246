-- round 1
WITH "$n0" AS (INSERT INTO "shop"."article" ("author_id", "title")
  VALUES ($1::int4, $2::varchar)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."remark" ("text", "article_id")
  VALUES ($3::text, (SELECT "id" FROM "$n0")), ($4::text, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "1"
-- $2 = "Seen"
-- $3 = "a"
-- $4 = "b"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."about" AS "about", "t1"."text" AS "text" FROM "shop"."remark" AS "t1"
  WHERE "t1"."article_id" = "t0"."id"
  ORDER BY "t1"."id" ASC NULLS LAST) AS "$row") AS "remarks" FROM unnest($1::"shop"."article"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1

WITH "$n0" AS (INSERT INTO "shop"."article" ("author_id", "title")
  VALUES ($1::int4, $2::varchar)
  RETURNING *)
 , "$written" AS (INSERT INTO "shop"."remark" ("text", "article_id")
  VALUES ($3::text, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."about" AS "about" FROM "$written" AS "t0") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "Seen too"
-- $3 = "c"
