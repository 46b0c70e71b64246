-- round 1
WITH "$n0" AS (INSERT INTO "shop"."employee" ("id", "name")
  VALUES ($1::int4, $2::text)
  RETURNING *) SELECT (SELECT count(*) FROM "$n0"), (SELECT "id" FROM "$n0")
-- $1 = "11"
-- $2 = "over"

-- round 2
WITH "$n1" AS (INSERT INTO "shop"."employee" ("id", "name", "manager_id")
  VALUES ($1::int4, $2::text, $3::int4)
  RETURNING *) SELECT (SELECT count(*) FROM "$n1"), (SELECT CASE WHEN sum(octet_length("$n1"::text)) > 134217728 THEN ARRAY[(left(min("$n1"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n1"::text) END FROM "$n1"), (SELECT "id" FROM "$n1")
-- $1 = "10"
-- $2 = "top"
-- $3 = column 1 of statement 1

-- round 3
WITH "$n2" AS (INSERT INTO "shop"."employee" ("id", "name", "manager_id")
  VALUES ($1::int4, $2::text, $3::int4)
  RETURNING *) SELECT (SELECT count(*) FROM "$n2"), (SELECT "id" FROM "$n2")
-- $1 = "12"
-- $2 = "below"
-- $3 = column 2 of statement 2

-- round 4
WITH "$n3" AS (INSERT INTO "shop"."employee" ("id", "name", "manager_id")
  VALUES ($1::int4, $2::text, $3::int4)
  RETURNING *) SELECT (SELECT count(*) FROM "$n3")
-- $1 = "13"
-- $2 = "deep"
-- $3 = column 1 of statement 3

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT row_to_json("$row")
  FROM (SELECT "t0"."name" AS "name", (SELECT row_to_json("$row")
  FROM (SELECT "t1"."name" AS "name" FROM "shop"."employee" AS "t1"
  WHERE "t1"."id" = "t0"."manager_id") AS "$row") AS "manager", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t2"."name" AS "name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t3"."name" AS "name" FROM "shop"."employee" AS "t3"
  WHERE "t3"."manager_id" = "t2"."id"
  ORDER BY "t3"."id") AS "$row") AS "employees" FROM "shop"."employee" AS "t2"
  WHERE "t2"."manager_id" = "t0"."id"
  ORDER BY "t2"."id") AS "$row") AS "employees" FROM unnest($1::"shop"."employee"[]) AS "t0") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 2
