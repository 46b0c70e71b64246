-- A schema that has nothing to do with gateways: composite and self references, one to one, arrays, enums, domains,
-- generated columns, views, a table without a key, names that need quoting, and many types.
CREATE SCHEMA shop;
CREATE TYPE shop.mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN shop.email AS text CHECK (VALUE LIKE '%@%');

CREATE TABLE shop.author (
  id serial PRIMARY KEY,
  name text NOT NULL CONSTRAINT author_name_key UNIQUE,
  mood shop.mood,
  tags text[],
  scores integer[],
  born date,
  home inet,
  bio jsonb,
  raw json,
  code uuid,
  rating numeric(6, 2),
  height double precision,
  weight real,
  salary money,
  visits bigint NOT NULL DEFAULT 0,
  level smallint,
  active boolean NOT NULL DEFAULT true,
  initials char(3),
  seats int4range,
  photo bytea,
  joined timestamp with time zone NOT NULL DEFAULT now(),
  local timestamp without time zone,
  alarm time,
  wait interval,
  email shop.email
);
COMMENT ON TABLE shop.author IS 'Who writes';
COMMENT ON COLUMN shop.author.name IS 'As printed';

CREATE TABLE shop.article (
  id serial PRIMARY KEY,
  author_id integer NOT NULL REFERENCES shop.author,
  editor_id integer REFERENCES shop.author,
  title character varying(40) NOT NULL,
  published boolean DEFAULT false,
  rank integer CONSTRAINT article_rank_check CHECK (rank >= 0),
  words bigint,
  CONSTRAINT article_author_id_title_key UNIQUE (author_id, title)
);

CREATE TABLE shop.employee (
  id integer PRIMARY KEY,
  name text NOT NULL,
  manager_id integer REFERENCES shop.employee
);

CREATE TABLE shop.shipment (
  warehouse text,
  no integer,
  sent date,
  PRIMARY KEY (warehouse, no)
);
CREATE TABLE shop.item (
  warehouse text,
  shipment_no integer,
  position integer,
  what text NOT NULL,
  weight double precision,
  cost double precision,
  PRIMARY KEY (warehouse, shipment_no, position),
  FOREIGN KEY (warehouse, shipment_no) REFERENCES shop.shipment
);
-- A parcel may belong to no shipment, though half of the key is always there.
CREATE TABLE shop.parcel (
  id integer PRIMARY KEY,
  warehouse text NOT NULL,
  shipment_no integer,
  FOREIGN KEY (warehouse, shipment_no) REFERENCES shop.shipment
);
CREATE TABLE shop.label (
  warehouse text,
  no integer,
  text text,
  PRIMARY KEY (warehouse, no),
  FOREIGN KEY (warehouse, no) REFERENCES shop.shipment DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE shop.rectangle (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  width integer NOT NULL,
  height integer NOT NULL,
  area integer GENERATED ALWAYS AS (width * height) STORED
);

CREATE TABLE shop."Order" (
  "orderId" integer PRIMARY KEY,
  "select" text,
  "group" integer
);
CREATE TABLE shop."odd table" (id integer CONSTRAINT odd_pkey PRIMARY KEY);

CREATE TABLE shop.log (
  line text
);

CREATE TABLE shop.ticket (no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE shop.nothing ();
CREATE TABLE shop.booking (
  id integer PRIMARY KEY,
  seats int4range NOT NULL,
  author_id integer REFERENCES shop.author ON DELETE SET NULL,
  CONSTRAINT booking_overlap EXCLUDE USING gist (seats WITH &&)
);
CREATE UNIQUE INDEX booking_author ON shop.booking (author_id) WHERE author_id > 1;
CREATE TABLE shop.event (
  id integer,
  day date,
  what text,
  PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE TABLE shop.event_of_2020 PARTITION OF shop.event FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE shop.event_before PARTITION OF shop.event DEFAULT;
CREATE MATERIALIZED VIEW shop.census AS SELECT 1 AS id, 'all' AS what;

CREATE VIEW shop.title AS SELECT id, author_id, title FROM shop.article;
CREATE VIEW shop.productivity AS SELECT author_id, count(*) AS articles FROM shop.article GROUP BY author_id;

-- A trigger looks at the parent of each row before it is inserted.
CREATE TABLE shop.remark (
  id serial PRIMARY KEY,
  article_id integer NOT NULL REFERENCES shop.article,
  about text,
  text text
);
CREATE FUNCTION shop.remarked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT title INTO NEW.about FROM shop.article WHERE id = NEW.article_id;
  RETURN NEW;
END $$;
CREATE TRIGGER remarked BEFORE INSERT ON shop.remark FOR EACH ROW EXECUTE FUNCTION shop.remarked();

-- A view that a trigger writes.
CREATE VIEW shop.shout AS SELECT upper(line) AS line FROM shop.log;
CREATE FUNCTION shop.shouted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO shop.log VALUES (lower(NEW.line));
  RETURN NEW;
END $$;
CREATE TRIGGER shouted INSTEAD OF INSERT ON shop.shout FOR EACH ROW EXECUTE FUNCTION shop.shouted();

CREATE TABLE public.note (
  id integer PRIMARY KEY,
  text text
);
