WITH "$n0" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n1" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($2::varchar, (SELECT "id" FROM "$n0"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1")
-- $1 = "P1"
-- $2 = "a"

WITH "$n2" AS (INSERT INTO "shop"."author" ("name")
  VALUES ($1::text)
  RETURNING *)
 , "$n3" AS (INSERT INTO "shop"."article" ("title", "author_id")
  VALUES ($2::varchar, (SELECT "id" FROM "$n2"))
  RETURNING *) SELECT (SELECT count(*) FROM "$n2") + (SELECT count(*) FROM "$n3")
-- $1 = "P2"
-- $2 = "b"
