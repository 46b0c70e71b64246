SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT avg("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") = $1::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT max("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") > $1::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "2"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT min("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") <= $1::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0.5"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT sum(DISTINCT "t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") = ANY ($1::float8[])
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"2\",\"2.5\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT stddev_samp("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") > $1::float8 AND (SELECT stddev_samp("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") < $2::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0.7"
-- $2 = "0.8"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT var_samp("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") = $1::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0.5"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT corr("t1"."cost", "t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") > $1::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0.99"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT covar_samp("t1"."cost", "t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") = $1::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0.5"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT avg("t1"."weight") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no") IS NULL
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."warehouse" AS "warehouse", "t0"."no" AS "no" FROM "shop"."shipment" AS "t0"
  WHERE (SELECT sum("t1"."cost") FROM "shop"."item" AS "t1"
  WHERE "t1"."warehouse" = "t0"."warehouse" AND "t1"."shipment_no" = "t0"."no" AND "t1"."what" = $1::text) = $2::float8
  ORDER BY "t0"."warehouse", "t0"."no") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "nut"
-- $2 = "1"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE (SELECT bool_and("t1"."published") FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") = $1::bool
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "false"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE (SELECT count(("t1"."rank", "t1"."words")) FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") = $1::int4
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "3"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."name" AS "name" FROM "shop"."author" AS "t0"
  WHERE NOT ((SELECT count(*) FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id") > $1::int4)
  ORDER BY "t0"."id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "0"
