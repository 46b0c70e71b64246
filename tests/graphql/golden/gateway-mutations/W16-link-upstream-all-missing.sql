-- round 1
WITH "$n0" AS (INSERT INTO "saaras_db"."upstream" AS "t0" ("upstream_name")
  VALUES ($1::varchar)
  ON CONFLICT ON CONSTRAINT "upstream_upstream_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n1" AS (INSERT INTO "saaras_db"."service" AS "t1" ("service_name")
  VALUES ($2::varchar)
  ON CONFLICT ON CONSTRAINT "service_service_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n2" AS (INSERT INTO "saaras_db"."route" AS "t2" ("route_name", "service_id")
  VALUES ($3::varchar, (SELECT "service_id" FROM "$n1"))
  ON CONFLICT ON CONSTRAINT "route_service_id_route_name_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *)
 , "$n3" AS (INSERT INTO "saaras_db"."route_upstream" AS "t3" ("upstream_id", "route_id")
  VALUES ((SELECT "upstream_id" FROM "$n0"), (SELECT "route_id" FROM "$n2"))
  ON CONFLICT ON CONSTRAINT "route_upstream_route_id_upstream_id_key" DO UPDATE SET "update_ts" = EXCLUDED."update_ts"
  RETURNING *) SELECT (SELECT count(*) FROM "$n0") + (SELECT count(*) FROM "$n1") + (SELECT count(*) FROM "$n2") + (SELECT count(*) FROM "$n3"), (SELECT CASE WHEN sum(octet_length("$n3"::text)) > 134217728 THEN ARRAY[(left(min("$n3"::text), 0) || 'the answer of a root field is larger than 128 MiB')::int4::text] ELSE array_agg("$n3"::text) END FROM "$n3")
-- $1 = "u"
-- $2 = "s"
-- $3 = "r"

-- round 2
SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT (SELECT row_to_json("$row")
  FROM (SELECT "t5"."upstream_name" AS "upstream_name", "t5"."upstream_weight" AS "upstream_weight", "t5"."upstream_ip" AS "upstream_ip" FROM "saaras_db"."upstream" AS "t5"
  WHERE "t5"."upstream_id" = "t4"."upstream_id") AS "$row") AS "upstream", (SELECT row_to_json("$row")
  FROM (SELECT "t6"."route_name" AS "route_name", "t6"."route_prefix" AS "route_prefix", (SELECT row_to_json("$row")
  FROM (SELECT "t7"."service_name" AS "service_name", "t7"."fqdn" AS "fqdn" FROM "saaras_db"."service" AS "t7"
  WHERE "t7"."service_id" = "t6"."service_id") AS "$row") AS "service" FROM "saaras_db"."route" AS "t6"
  WHERE "t6"."route_id" = "t4"."route_id") AS "$row") AS "route" FROM unnest($1::"saaras_db"."route_upstream"[]) AS "t4") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = rows in column 1 of statement 1
