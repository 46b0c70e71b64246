-- Keys, views and partitions that are unusual.
CREATE SCHEMA odd;

CREATE TABLE odd.parent (id serial PRIMARY KEY, name text);
-- Foreign keys that not every row obeys.
CREATE TABLE odd.late_check (id integer PRIMARY KEY, parent_id integer NOT NULL);
CREATE TABLE odd.no_check (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES odd.parent NOT ENFORCED);
INSERT INTO odd.parent (name) VALUES ('one');
INSERT INTO odd.late_check VALUES (1, 99);
INSERT INTO odd.no_check VALUES (1, 99);
ALTER TABLE odd.late_check ADD FOREIGN KEY (parent_id) REFERENCES odd.parent NOT VALID;
-- A column that is NOT NULL for new rows only.
CREATE TABLE odd.late_not_null (id integer PRIMARY KEY, what text);
INSERT INTO odd.late_not_null VALUES (1, NULL);
ALTER TABLE odd.late_not_null ADD CONSTRAINT given NOT NULL what NOT VALID;

-- A key by period says that a time is covered, by several rows together.
CREATE TABLE odd.room (no int4range, during daterange, PRIMARY KEY (no, during WITHOUT OVERLAPS));
CREATE TABLE odd.stay (
  id integer PRIMARY KEY,
  no int4range NOT NULL,
  during daterange NOT NULL,
  FOREIGN KEY (no, PERIOD during) REFERENCES odd.room (no, PERIOD during)
);
INSERT INTO odd.room VALUES ('[1,2)', '[2020-01-01,2020-02-01)'), ('[1,2)', '[2020-02-01,2020-03-01)');
INSERT INTO odd.stay VALUES (1, '[1,2)', '[2020-01-20,2020-02-10)');

-- Views, of which the first column is an expression.
CREATE VIEW odd.shown AS SELECT upper(name) AS loud, name, id FROM odd.parent;
CREATE TABLE odd.heard (what text);
CREATE VIEW odd.spoken AS SELECT lower(what) AS soft FROM odd.heard;
CREATE FUNCTION odd.hear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO odd.heard VALUES (NEW.soft);
  RETURN NEW;
END $$;
CREATE TRIGGER hear INSTEAD OF INSERT ON odd.spoken FOR EACH ROW EXECUTE FUNCTION odd.hear();
CREATE VIEW odd.ruled AS SELECT lower(what) AS soft FROM odd.heard;
CREATE RULE hear AS ON INSERT TO odd.ruled DO INSTEAD INSERT INTO odd.heard VALUES (NEW.soft) RETURNING lower(what);

-- Rows of a partitioned table lie in its partitions, one of them in parts itself and in another schema.
CREATE SCHEMA parts;
CREATE TABLE odd.event (
  id integer,
  parent_id integer NOT NULL REFERENCES odd.parent,
  what text CHECK (what <> ''),
  PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE TABLE odd.event_small PARTITION OF odd.event FOR VALUES FROM (0) TO (100);
CREATE TABLE parts.event_large PARTITION OF odd.event FOR VALUES FROM (100) TO (1000) PARTITION BY RANGE (id);
CREATE TABLE parts.event_larger PARTITION OF parts.event_large FOR VALUES FROM (100) TO (1000);
CREATE TABLE odd.mark (id integer PRIMARY KEY, event_id integer REFERENCES odd.event, stars integer CHECK (stars > 0));
