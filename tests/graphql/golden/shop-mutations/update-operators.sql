WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "level" = $1::int2, "tags" = $2::text[], "visits" = "t0"."visits" + $3::int8, "rating" = "t0"."rating" + $4::numeric, "salary" = "t0"."salary" + $5::money, "bio" = "t0"."bio" || $6::jsonb
  WHERE "t0"."id" = $7::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."level" AS "level", "t1"."tags" AS "tags", "t1"."visits" AS "visits", "t1"."rating" AS "rating", "t1"."salary" AS "salary", "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row") AS "returning") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "9"
-- $2 = "{\"new\"}"
-- $3 = "2"
-- $4 = "0.25"
-- $5 = "1"
-- $6 = "{\"n\":12345}"
-- $7 = "1"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = $1::jsonb
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "[\"a\",\"b\"]"
-- $2 = "2"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" || $1::jsonb
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "\"c\""
-- $2 = "2"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = $1::jsonb || "t0"."bio"
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "[0]"
-- $2 = "2"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" - $1::text
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "b"
-- $2 = "2"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" - $1::int4
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0"
-- $2 = "2"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" #- $1::text[]
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"address\",\"city\"}"
-- $2 = "1"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" #- $1::text[]
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"langs\"}"
-- $2 = "1"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" - $1::text
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = null
-- $2 = "1"

WITH "$written" AS (UPDATE "shop"."author" AS "t0" SET "bio" = "t0"."bio" || $1::jsonb
  WHERE "t0"."id" = $2::int4
  RETURNING "t0".*) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t1"."bio" AS "bio" FROM "$written" AS "t1") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"a\":1}"
-- $2 = "3"
