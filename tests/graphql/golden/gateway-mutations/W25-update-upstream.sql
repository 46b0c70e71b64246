WITH "$written" AS (UPDATE "saaras_db"."upstream" AS "t0" SET "upstream_ip" = $1::varchar, "upstream_hc_path" = $2::varchar, "upstream_hc_host" = $3::varchar, "upstream_strategy" = $4::varchar, "upstream_validation_cacertificate" = $5::varchar, "upstream_validation_subjectname" = $6::varchar, "upstream_protocol" = $7::text, "upstream_port" = $8::int4, "upstream_weight" = $9::int4, "upstream_hc_intervalseconds" = $10::int4, "upstream_hc_unhealthythresholdcount" = $11::int4, "upstream_hc_healthythresholdcount" = $12::int4, "upstream_hc_timeoutseconds" = $13::int4
  WHERE "t0"."upstream_name" = $14::varchar
  RETURNING 1) SELECT row_to_json("$row")
  FROM (SELECT (SELECT count(*) FROM "$written") AS "affected_rows") AS "$row"
-- $1 = "ip"
-- $2 = "hc_path"
-- $3 = "hc_host"
-- $4 = "strategy"
-- $5 = "validation_cacertificate"
-- $6 = "validation_subjectname"
-- $7 = "protocol"
-- $8 = "007"
-- $9 = "007"
-- $10 = "007"
-- $11 = "007"
-- $12 = "007"
-- $13 = "007"
-- $14 = "server1"
