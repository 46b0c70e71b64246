WITH "$written" AS (INSERT INTO "shop"."author" ("name", "mood", "tags", "scores", "bio", "raw", "home", "rating", "height", "weight", "salary", "seats", "email", "code", "visits")
  VALUES ($1::text, $2::"shop"."mood", $3::text[], $4::int4[], $5::jsonb, $6::json, $7::inet, $8::numeric, $9::float8, $10::float4, $11::money, $12::int4range, $13::text, $14::uuid, $15::int8)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."tags" AS "tags", "t0"."scores" AS "scores", "t0"."bio" AS "bio", "t0"."raw" AS "raw", "t0"."home" AS "home", "t0"."rating" AS "rating", "t0"."height" AS "height", "t0"."weight" AS "weight", "t0"."salary" AS "salary", "t0"."seats" AS "seats", "t0"."email" AS "email", "t0"."code" AS "code", "t0"."visits" AS "visits", "t0"."mood" AS "mood" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "L"
-- $2 = "happy"
-- $3 = "{\"a\",\"b,\\\"c\\\\\"}"
-- $4 = "{5,6}"
-- $5 = "{\"a\":[1,\"x\",null,true],\"b\":{\"c\":1e3}}"
-- $6 = "[1,2]"
-- $7 = "::1"
-- $8 = "1.25"
-- $9 = "2"
-- $10 = "0.5"
-- $11 = "3.5"
-- $12 = "(1,3]"
-- $13 = "l@x"
-- $14 = "6f2c8a52-0e4b-4f5e-9a49-0d6d2f0a3c12"
-- $15 = "9007199254740993"

WITH "$written" AS (INSERT INTO "shop"."author" ("name", "tags", "scores", "bio", "raw", "visits", "wait", "alarm")
  VALUES ($1::text, $2::text[], $3::int4[], $4::jsonb, $5::json, $6::int8, $7::interval, $8::time)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."tags" AS "tags", "t0"."scores" AS "scores", "t0"."bio" AS "bio", "t0"."raw" AS "raw", "t0"."visits" AS "visits", "t0"."wait" AS "wait", "t0"."alarm" AS "alarm" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "V"
-- $2 = "{\"x y\",\"{}\"}"
-- $3 = "{\"1\",\"2\"}"
-- $4 = "\"text\""
-- $5 = "{\"b\":1,\"a\":2}"
-- $6 = "12"
-- $7 = "1 hour"
-- $8 = "01:02:03"
