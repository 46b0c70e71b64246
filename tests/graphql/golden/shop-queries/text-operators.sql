SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" LIKE $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "%a"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" NOT LIKE $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "%a"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" ILIKE $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "A%"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" NOT ILIKE $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "A%"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" SIMILAR TO $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "(Alpha|Beta)"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" NOT SIMILAR TO $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "(Alpha|Beta)"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" ~ $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "^[A-B]"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" ~* $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "^[a-b]"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" !~ $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "^[A-B]"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" !~* $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "^[a-b]"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  WHERE "t0"."title" LIKE $1::varchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "%\\%"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."initials" AS "initials" FROM "shop"."author" AS "t0"
  WHERE "t0"."initials" = $1::bpchar
  ORDER BY "t0"."id") AS "$row"
-- $1 = "AB"
