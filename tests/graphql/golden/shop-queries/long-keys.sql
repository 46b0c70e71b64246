SELECT CASE WHEN octet_length("$answer"."json"::text) > 134217728 THEN (left("$answer"."json"::text, 0) || 'the answer of a root field is larger than 128 MiB')::int4::text::json ELSE "$answer"."json" END
  FROM (SELECT coalesce(json_agg("$row"."$json"), '[]'::json)
  FROM (SELECT (SELECT json_object_agg("$pair"."key", "$pair"."value")
  FROM (VALUES ('a_response_key_that_is_longer_than_the_sixty_three_bytes_of_a_name'::text, to_json("t0"."name")), ('a_response_key_that_is_longer_than_the_sixty_three_bytes_of_a_nother'::text, to_json("t0"."id")), ('articles_by_author'::text, to_json((SELECT coalesce(json_agg("$row"."$json"), '[]'::json)
  FROM (SELECT (SELECT json_object_agg("$pair"."key", "$pair"."value")
  FROM (VALUES ('a_response_key_that_is_longer_than_the_sixty_three_bytes_of_a_name'::text, to_json("t1"."title"))) AS "$pair"("key", "value")) AS "$json" FROM "shop"."article" AS "t1"
  WHERE "t1"."author_id" = "t0"."id"
  ORDER BY "t1"."id" LIMIT $1::int8) AS "$row")))) AS "$pair"("key", "value")) AS "$json" FROM "shop"."author" AS "t0"
  ORDER BY "t0"."id" LIMIT $2::int8) AS "$row" OFFSET 0) AS "$answer"("json")
-- $1 = "1"
-- $2 = "2"
