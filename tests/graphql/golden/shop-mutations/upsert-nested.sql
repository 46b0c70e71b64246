-- round 1
WITH "$n0" AS (INSERT INTO "shop"."author" AS "t1" ("name", "level")
  VALUES ($1::text, $2::int2)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "level" = EXCLUDED."level"
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" AS "t0" ("title", "rank", "author_id")
  VALUES ($3::varchar, $4::int4, (SELECT "id" FROM "$n0")), ($5::varchar, DEFAULT, (SELECT "id" FROM "$n0"))
  ON CONFLICT ON CONSTRAINT "article_author_id_title_key" DO UPDATE SET "rank" = EXCLUDED."rank"
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "Ann"
-- $2 = "4"
-- $3 = "Alpha"
-- $4 = "30"
-- $5 = "New"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."name" AS "name", "t2"."level" AS "level", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."title" AS "title", "t3"."rank" AS "rank" FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t2"."id"
  ORDER BY "t3"."id" ASC NULLS LAST) AS "$row") AS "articles_by_author" FROM unnest($1::"shop"."author"[]) AS "t2") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1

WITH "$n0" AS (INSERT INTO "shop"."author" AS "t0" ("name")
  VALUES ($1::text)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "name" = EXCLUDED."name"
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n1"::text)) > 134217728 THEN ARRAY[(left(min("$n1"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n1"::text) END FROM "$n1")
-- $1 = "Bob"
-- $2 = "Of Bob"

-- round 3
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(*) AS "a0"
  FROM (SELECT 1 FROM "shop"."article" AS "t3"
  WHERE "t3"."author_id" = "t2"."id") AS "$base") AS "$aggregated") AS "$row") AS "articles_by_author_aggregate" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."author_id") AS "$row") AS "author" FROM unnest($1::"shop"."article"[]) AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 3

WITH "$written" AS (INSERT INTO "shop"."author" AS "t0" ("name")
  VALUES ($1::text), ($2::text)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO NOTHING
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."name" AS "name" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Cy"
-- $2 = "Fresh"
