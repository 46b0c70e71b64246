-- round 1
WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n0"::text)) > 134217728 THEN ARRAY[(left(min("$n0"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n0"::text) END FROM "$n0")
-- $1 = "G1"
-- $2 = "a"

WITH "$n2" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *) SELECT (SELECT count(*) FROM "$n2"), (SELECT CASE WHEN sum(octet_length("$n2"::text)) > 134217728 THEN ARRAY[(left(min("$n2"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n2"::text) END FROM "$n2")
-- $1 = "G2"

WITH "$n3" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *) SELECT (SELECT count(*) FROM "$n3"), (SELECT CASE WHEN sum(octet_length("$n3"::text)) > 134217728 THEN ARRAY[(left(min("$n3"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n3"::text) END FROM "$n3"), (SELECT "id" FROM "$n3")
-- $1 = "G3"

-- round 2
WITH "$n4" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n5" AS (INSERT INTO "shop"."article" ("title", "author_id", "editor_id")
  VALUES ($2::varchar, $3::int4, (SELECT "id" FROM "$n4"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n4") + (SELECT count(*) FROM "$n5")
-- $1 = "G4"
-- $2 = "b"
-- $3 = column 2 of statement 3

WITH "$n6" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($1::varchar, $2::int4)
  RETURNING *) SELECT (SELECT count(*) FROM "$n6")
-- $1 = "c"
-- $2 = column 2 of statement 3

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", (SELECT row_to_json("$row")
  FROM (SELECT "t2"."name" AS "name" FROM "shop"."author" AS "t2"
  WHERE "t2"."id" = "t1"."editor_id") AS "$row") AS "editor" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id") AS "$row") AS "articles_by_author" FROM unnest($1::"shop"."author"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1, column 1 of statement 2, column 1 of statement 3
