SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."shelf-id" AS "id" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".=) $1::"extensions"."ltree"
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "top.left"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."shelf-id" AS "id" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".>) $1::"extensions"."ltree" AND "t0"."path" OPERATOR("extensions".=) ANY ($2::"extensions"."ltree"[])
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "top"
-- $2 = "{\"top.left\",\"cellar\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."shelf-id" AS "id" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".<>) ALL ($1::"extensions"."ltree"[])
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"top.left\",\"cellar\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".@>) $1::"extensions"."ltree"
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "top.left"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".@>) ANY ($1::"extensions"."ltree"[])
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"top.left\",\"cellar\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".<@) $1::"extensions"."ltree"
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "top.left"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".<@) ANY ($1::"extensions"."ltree"[])
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"cellar\",\"top.left\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".~) $1::"extensions".lquery
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "*.left.*"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".~) ANY ($1::"extensions".lquery[])
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "{\"cellar\",\"top\"}"

SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg(row_to_json("$row")), '[]'::json)
  FROM (SELECT "t0"."path" AS "path" FROM "library"."Book Shelf" AS "t0"
  WHERE "t0"."path" OPERATOR("extensions".@) $1::"extensions".ltxtquery
  ORDER BY "t0"."shelf-id") AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "left & !dark"
