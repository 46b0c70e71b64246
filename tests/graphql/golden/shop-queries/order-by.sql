SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."rank" AS "rank" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."rank" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."rank" AS "rank" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."rank" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."rank" AS "rank" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."rank" DESC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."rank" AS "rank" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."rank" ASC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."author_id" AS "author_id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" DESC NULLS FIRST, "t0"."title" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."author_id" AS "author_id", "t0"."title" AS "title" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."author_id" DESC NULLS FIRST, "t0"."title" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY (SELECT "t1"."name" FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."editor_id") DESC NULLS LAST, "t0"."id" ASC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT count(*) FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  ORDER BY (SELECT max("t1"."words") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."words" AS "words" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."words" DESC NULLS LAST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."published" ASC NULLS LAST, (SELECT "t1"."name" FROM "shop"."author" AS "t1"
  WHERE "t1"."id" = "t0"."author_id") DESC NULLS FIRST, "t0"."id" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."id" AS "id" FROM "shop"."article" AS "t0"
  ORDER BY "t0"."id" DESC NULLS FIRST) AS "$row" OFFSET 0) AS "$answer"("json")
