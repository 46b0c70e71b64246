WITH "$written" AS (INSERT INTO "shop"."author" AS "t0" ("name", "level")
  VALUES ($1::text, $2::int2), ($3::text, $4::int2)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "level" = EXCLUDED."level", "mood" = EXCLUDED."mood"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."name" AS "name", "t1"."level" AS "level", "t1"."mood" AS "mood" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"
-- $2 = "7"
-- $3 = "New"
-- $4 = "8"

WITH "$written" AS (INSERT INTO "shop"."author" AS "t0" ("name")
  VALUES ($1::text), ($2::text)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO NOTHING
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."name" AS "name" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"
-- $2 = "New2"

WITH "$written" AS (INSERT INTO "shop"."author" AS "t0" ("name")
  VALUES ($1::text)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO NOTHING
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"

WITH "$written" AS (INSERT INTO "shop"."author" AS "t0" ("name", "level")
  VALUES ($1::text, $2::int2), ($3::text, $4::int2)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "level" = EXCLUDED."level"
  WHERE "t0"."active" = $5::bool
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."name" AS "name" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"
-- $2 = "1"
-- $3 = "Bob"
-- $4 = "1"
-- $5 = "true"
