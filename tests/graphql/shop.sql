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
  PRIMARY KEY (warehouse, shipment_no, position),
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

CREATE VIEW shop.title AS SELECT id, author_id, title FROM shop.article;
CREATE VIEW shop.productivity AS SELECT author_id, count(*) AS articles FROM shop.article GROUP BY author_id;

CREATE TABLE public.note (
  id integer PRIMARY KEY,
  text text
);
