SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE ("t0"."name" = $1::text OR "t0"."id" = ANY ($2::int4[]) OR "t0"."id" < $3::int4)
  ORDER BY "t0"."name" DESC NULLS FIRST, "t0"."id" ASC NULLS LAST) AS "$row"
-- $1 = "Bob"
-- $2 = "{\"3\",\"3\"}"
-- $3 = "0"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT DISTINCT ON ("t0"."author_id") "t0"."author_id" AS "author_id" FROM "shop"."article" AS "t0"
  WHERE "t0"."author_id" = ANY ($1::int4[])
  ORDER BY "t0"."author_id" ASC NULLS LAST) AS "$row"
-- $1 = "{\"1\",\"2\"}"

SELECT row_to_json("$row")
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "$aggregated"."a0" AS "count") AS "$row") AS "aggregate"
  FROM (SELECT count(DISTINCT "$base"."c.author_id") AS "a0"
  FROM (SELECT "t0"."author_id" AS "c.author_id" FROM "shop"."article" AS "t0") AS "$base") AS "$aggregated") AS "$row"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."bio" @> $1::jsonb
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"langs\":[\"poet\"]}"

SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE "t0"."tags" @> $1::text[]
  ORDER BY "t0"."id") AS "$row"
-- $1 = "{\"poet\"}"
