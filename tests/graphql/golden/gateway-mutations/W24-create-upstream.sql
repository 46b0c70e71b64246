WITH "$written" AS (INSERT INTO "saaras_db"."upstream" ("upstream_name", "upstream_ip", "upstream_hc_path", "upstream_port", "upstream_weight", "upstream_protocol")
  VALUES ($1::varchar, $2::varchar, $3::varchar, $4::int4, $5::int4, $6::text)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "new"
-- $2 = "127.0.0.1"
-- $3 = "/"
-- $4 = "50051"
-- $5 = "+80"
-- $6 = null
