WITH "$written" AS (INSERT INTO "library"."every_type" ("c_smallint", "c_bigint", "c_numeric", "c_char", "c_citext", "c_date", "c_timestamptz", "c_interval", "c_bytea", "c_inet", "c_int4range", "c_enum", "c_composite", "c_ltree", "c_bigints", "c_texts", "c_enums", "c_jsonb", "c_tsvector", "c_xml", "c_oid", "c_point", "c_money")
  VALUES ($1::int2, $2::int8, $3::numeric, $4::bpchar, $5::"public"."citext", $6::date, $7::timestamptz, $8::interval, $9::bytea, $10::inet, $11::int4range, $12::"library"."size", $13::"library"."point3", $14::"extensions"."ltree", $15::int8[], $16::text[], $17::"library"."size"[], $18::jsonb, $19::tsvector, $20::xml, $21::oid, $22::point, $23::money)
  RETURNING *) SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."id" AS "id", "t0"."c_smallint" AS "c_smallint", "t0"."c_bigint" AS "c_bigint", "t0"."c_numeric" AS "c_numeric", "t0"."c_char" AS "c_char", "t0"."c_citext" AS "c_citext", "t0"."c_date" AS "c_date", "t0"."c_timestamptz" AS "c_timestamptz", "t0"."c_interval" AS "c_interval", "t0"."c_bytea" AS "c_bytea", "t0"."c_inet" AS "c_inet", "t0"."c_int4range" AS "c_int4range", "t0"."c_enum" AS "c_enum", "t0"."c_composite" AS "c_composite", "t0"."c_ltree" AS "c_ltree", "t0"."c_bigints" AS "c_bigints", "t0"."c_texts" AS "c_texts", "t0"."c_enums" AS "c_enums", "t0"."c_jsonb" AS "c_jsonb", "t0"."c_tsvector" AS "c_tsvector", "t0"."c_xml" AS "c_xml", "t0"."c_oid" AS "c_oid", "t0"."c_point" AS "c_point", "t0"."c_money" AS "c_money" FROM "$written" AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "9007199254740993"
-- $3 = "1.50"
-- $4 = "x"
-- $5 = "y"
-- $6 = "2020-01-01"
-- $7 = "2020-01-01T00:00:00+02:00"
-- $8 = "1 hour"
-- $9 = "\\x00ff"
-- $10 = "::1"
-- $11 = "[1,2)"
-- $12 = "small"
-- $13 = "(1,,3)"
-- $14 = "a.b"
-- $15 = "{\"1\",\"2\"}"
-- $16 = "{a,b}"
-- $17 = "{\"small\"}"
-- $18 = "{\"a\":[1,\"2\"]}"
-- $19 = "x y"
-- $20 = "<a/>"
-- $21 = "7"
-- $22 = "(1,2)"
-- $23 = "1.5"
