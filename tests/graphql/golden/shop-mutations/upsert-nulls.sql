WITH "$written" AS (INSERT INTO "shop"."author" AS "t0" ("name")
  VALUES ($1::text)
  ON CONFLICT ON CONSTRAINT "author_name_key" DO UPDATE SET "level" = EXCLUDED."level", "active" = EXCLUDED."active", "born" = EXCLUDED."born", "visits" = EXCLUDED."visits"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."name" AS "name", "t1"."level" AS "level", "t1"."active" AS "active", "t1"."born" AS "born", "t1"."visits" AS "visits", "t1"."mood" AS "mood" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "Ann"

WITH "$written" AS (INSERT INTO "shop"."article" AS "t0" ("author_id", "title", "rank")
  VALUES ($1::int4, $2::varchar, $3::int4), ($4::int4, $5::varchar, DEFAULT)
  ON CONFLICT ON CONSTRAINT "article_author_id_title_key" DO UPDATE SET "rank" = EXCLUDED."rank", "words" = EXCLUDED."words"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."title" AS "title", "t1"."rank" AS "rank", "t1"."words" AS "words" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "Alpha"
-- $3 = "1"
-- $4 = "1"
-- $5 = "Omega"

WITH "$written" AS (INSERT INTO "public"."note" AS "t0" ("id", "text")
  VALUES ($1::int4, $2::text)
  ON CONFLICT ON CONSTRAINT "note_pkey" DO UPDATE SET "text" = EXCLUDED."text"
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."id" AS "id", "t1"."text" AS "text" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "changed"

WITH "$written" AS (INSERT INTO "public"."note" AS "t0" ("id", "text")
  VALUES ($1::int4, $2::text)
  ON CONFLICT ON CONSTRAINT "note_pkey" DO UPDATE SET "text" = EXCLUDED."text"
  WHERE "t0"."text" = $3::text
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."text" AS "text" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "no"
-- $3 = "other"

WITH "$written" AS (INSERT INTO "public"."note" AS "t0" ("id", "text")
  VALUES ($1::int4, $2::text)
  ON CONFLICT ON CONSTRAINT "note_pkey" DO UPDATE SET "text" = EXCLUDED."text"
  WHERE "t0"."text" = $3::text
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."text" AS "text" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "yes"
-- $3 = "changed"
