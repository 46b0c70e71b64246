WITH "$written" AS (INSERT INTO "saaras_db"."secret" ("secret_name", "secret_key", "secret_cert", "secret_sni")
  VALUES ($1::varchar, $2::varchar, $3::varchar, $4::varchar)
  RETURNING *) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "new"
-- $2 = ""
-- $3 = ""
-- $4 = ""
