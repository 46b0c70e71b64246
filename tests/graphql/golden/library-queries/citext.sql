SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "library"."book" AS "t0"
  WHERE "t0"."title" = $1::"public"."citext"
  ORDER BY "t0"."id") AS "$row"
-- $1 = "ULYSSES"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "library"."book" AS "t0"
  WHERE "t0"."title" LIKE $1::"public"."citext"
  ORDER BY "t0"."id") AS "$row"
-- $1 = "od%"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."title" AS "title" FROM "library"."book" AS "t0"
  WHERE "t0"."title" ~ $1::"public"."citext"
  ORDER BY "t0"."id") AS "$row"
-- $1 = "^wal"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "title") AS "$row") AS "max") AS "$row") AS "aggregate"
  FROM (SELECT max("$base"."c.title") AS "a0"
  FROM (SELECT "t0"."title" AS "c.title" FROM "library"."book" AS "t0") AS "$base") AS "$aggregated") AS "$row"
