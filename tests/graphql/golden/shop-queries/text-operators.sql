SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" LIKE $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "%a"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" NOT LIKE $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "%a"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" ILIKE $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "A%"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" NOT ILIKE $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "A%"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" SIMILAR TO $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "(Alpha|Beta)"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" NOT SIMILAR TO $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "(Alpha|Beta)"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" ~ $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "^[A-B]"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" ~* $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "^[a-b]"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" !~ $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "^[A-B]"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" !~* $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "^[a-b]"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" LIKE $1::varchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "%\\%"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."initials" AS "initials" FROM "shop"."author" AS "t0"
  WHERE "t0"."initials" = $1::bpchar
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "AB"
