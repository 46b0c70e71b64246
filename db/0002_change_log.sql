-- The change log: what changed, one row a changed row, keys only. It is what readers believe; the notification is a
-- wake-up without data. Schema gateway_private (never served) exists already: the applied migrations are recorded in it.

CREATE SCHEMA gateway;
COMMENT ON SCHEMA gateway IS 'What users may read beside their configuration';
COMMENT ON SCHEMA gateway_private IS 'What users may not read: change log, last good pairs, applied migrations';

CREATE TABLE gateway_private.change_log (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  table_name text NOT NULL,
  old_keys jsonb,
  new_keys jsonb,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE gateway_private.change_log IS
  'old_keys is null for a new row, new_keys for a deleted one, both for a table that was truncated';

-- A reader asks for the transactions that it has not seen, by their ids.
CREATE INDEX change_log_xid_idx ON gateway_private.change_log (xid);

-- What was pruned: the highest sequence number and transaction id among the removed rows, and how many times rows were
-- removed. A reader that may have missed one of them reads everything again.
CREATE TABLE gateway_private.change_log_horizon (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq bigint NOT NULL DEFAULT 0,
  xid xid8 NOT NULL DEFAULT '0',
  prunings bigint NOT NULL DEFAULT 0
);
INSERT INTO gateway_private.change_log_horizon DEFAULT VALUES;

-- Logs the changes of a table from now on; a later migration calls it once for each table that it adds, and again after
-- a change of a key. The columns logged are those of the primary key and of the foreign keys (the parents' keys).
-- An update is paired by primary key; a changed primary key is logged as a deleted and a new row.
--
-- The trigger is a function for each table, named like it, so that its statements are planned once a session: a third of
-- the cost of a generic one. It runs as its owner: whoever may write the configuration needs no right on the log.
CREATE FUNCTION gateway_private.log_changes_of(logged regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text;
  trigger_function text;
  old_keys text;
  new_keys text;
  same_row text;
  key text;
  event text;
  rows text;
BEGIN
  SELECT relname, format('gateway_private.%I', relnamespace::regnamespace || '.' || relname)
    INTO name, trigger_function FROM pg_class WHERE oid = logged;
  SELECT format('jsonb_build_object(%s)', string_agg(format('%L, o.%I', attname, attname), ', ' ORDER BY attnum)),
         format('jsonb_build_object(%s)', string_agg(format('%L, n.%I', attname, attname), ', ' ORDER BY attnum)),
         string_agg(format('o.%I = n.%I', attname, attname), ' AND ') FILTER (WHERE is_primary),
         min(quote_ident(attname)) FILTER (WHERE is_primary)
    INTO old_keys, new_keys, same_row, key
    FROM (
      SELECT a.attname, a.attnum, bool_or(c.contype = 'p') AS is_primary
        FROM pg_constraint AS c
        JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
       WHERE c.conrelid = logged AND c.contype IN ('p', 'f')
       GROUP BY a.attname, a.attnum
    ) AS key_columns;
  IF key IS NULL THEN
    RAISE EXCEPTION 'table % has no primary key: its changes cannot be logged', logged;
  END IF;

  EXECUTE format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
                 trigger_function, format($body$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO gateway_private.change_log (table_name, new_keys)
    SELECT %1$L, %3$s FROM new_rows AS n;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO gateway_private.change_log (table_name, old_keys, new_keys)
    SELECT %1$L, CASE WHEN o.%5$s IS NOT NULL THEN %2$s END, CASE WHEN n.%5$s IS NOT NULL THEN %3$s END
      FROM old_rows AS o FULL JOIN new_rows AS n ON %4$s;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO gateway_private.change_log (table_name, old_keys)
    SELECT %1$L, %2$s FROM old_rows AS o;
  ELSE
    INSERT INTO gateway_private.change_log (table_name) VALUES (%1$L);
  END IF;
  IF FOUND THEN
    PERFORM pg_notify('gateway_changes', '');
  END IF;
  RETURN NULL;
END $body$, name, old_keys, new_keys, same_row, key));
  EXECUTE format('REVOKE EXECUTE ON FUNCTION %s() FROM PUBLIC', trigger_function);

  FOR event, rows IN VALUES
    ('insert', 'REFERENCING NEW TABLE AS new_rows'),
    ('update', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
    ('delete', 'REFERENCING OLD TABLE AS old_rows'),
    ('truncate', '')
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS log_%s ON %s', event, logged);
    EXECUTE format('CREATE TRIGGER log_%s AFTER %s ON %s %s FOR EACH STATEMENT EXECUTE FUNCTION %s()',
                   event, event, logged, rows, trigger_function);
  END LOOP;
END $$;

SELECT gateway_private.log_changes_of(oid::regclass)
  FROM pg_class WHERE relnamespace = 'saaras_db'::regnamespace AND relkind = 'r';

-- The key and certificate of a secret that were last served together: they stay served while a rotation has brought
-- only one of the new pair. No foreign key to the secret: it would stand in the way of its delete, and change which
-- constraint is named first; the reader removes the pair when it learns of the delete. Ids are never used twice.
CREATE TABLE gateway_private.last_good_pair (
  secret_id bigint PRIMARY KEY,
  certificate text NOT NULL,
  private_key text NOT NULL,
  saved_at timestamp with time zone NOT NULL DEFAULT now()
);
