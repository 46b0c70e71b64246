SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."secret_id" AS "secret_id", "t0"."secret_name" AS "secret_name", (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t1"."artifact_id" AS "artifact_id", "t1"."artifact_name" AS "artifact_name", "t1"."artifact_type" AS "artifact_type", "t1"."artifact_value" AS "artifact_value" FROM "saaras_db"."artifact" AS "t1"
  WHERE "t1"."secret_id" = "t0"."secret_id"
  ORDER BY "t1"."artifact_id") AS "$row") AS "artifacts" FROM "saaras_db"."secret" AS "t0"
  WHERE EXISTS (SELECT 1 FROM "saaras_db"."service_secret" AS "t2"
  WHERE "t2"."secret_id" = "t0"."secret_id" AND EXISTS (SELECT 1 FROM "saaras_db"."service" AS "t3"
  WHERE "t3"."service_id" = "t2"."service_id" AND "t3"."service_name" = $1::varchar))
  ORDER BY "t0"."secret_id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "demo"
