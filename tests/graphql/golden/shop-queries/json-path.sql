SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."bio" #> $1::text[] AS "city", "t0"."bio" #> $2::text[] AS "no", "t0"."bio" #> $3::text[] AS "first", "t0"."bio" #> $4::text[] AS "quoted", "t0"."bio" #> $5::text[] AS "whole", "t0"."bio" #> $6::text[] AS "given", "t0"."raw" #> $7::text[] AS "raw" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"address\",\"city\"}"
-- $2 = "{\"address\",\"no\"}"
-- $3 = "{\"langs\",\"0\"}"
-- $4 = "{\"langs\",\"1\"}"
-- $5 = "{}"
-- $6 = "{\"langs\"}"
-- $7 = "{\"a\"}"
