SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT avg("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT count(*) FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT max("t1"."title") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") DESC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT min("t1"."title") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT stddev("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT stddev_pop("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT stddev_samp("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT sum("t1"."words") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT var_pop("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT var_samp("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT variance("t1"."rank") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT count(*) FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") DESC NULLS FIRST, (SELECT max("t1"."id") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") ASC NULLS LAST, "t0"."id" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY (SELECT (SELECT count(*) FROM "shop"."article" AS "t2"
  WHERE "t2"."author_id" = "t1"."id") FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id") ASC NULLS LAST, "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")
