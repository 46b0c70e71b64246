-- A schema served under metadata: enum tables, relationships by hand, custom names, names that need quoting, and the types
-- of Postgres that people use.
CREATE SCHEMA library;
CREATE SCHEMA extensions;
CREATE EXTENSION ltree SCHEMA extensions;
CREATE EXTENSION citext SCHEMA public;

CREATE TABLE library.genre (value text PRIMARY KEY, comment text);
CREATE TABLE library.status (name varchar(20) PRIMARY KEY);

CREATE TABLE library."Book Shelf" (
  "shelf-id" integer CONSTRAINT shelf_pkey PRIMARY KEY,
  "Room №" text NOT NULL,
  path extensions.ltree NOT NULL
);
CREATE TABLE library.book (
  id bigint PRIMARY KEY,
  title citext NOT NULL,
  genre text NOT NULL REFERENCES library.genre,
  status text REFERENCES library.status,
  shelf integer,
  price numeric(30, 10),
  weight double precision
);
-- No foreign keys: the metadata relates these.
CREATE TABLE library.plate (shelf integer CONSTRAINT plate_shelf_key UNIQUE, words text);
CREATE TABLE library.review (book_id bigint, stars smallint, body text);

CREATE TYPE library.size AS ENUM ('small', 'large');
CREATE TYPE library.point3 AS (x integer, y integer, z integer);
CREATE DOMAIN library.positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN library.codes AS text[];
CREATE TABLE library.every_type (
  id serial PRIMARY KEY,
  c_smallint smallint, c_integer integer, c_bigint bigint, c_real real, c_double double precision, c_numeric numeric,
  c_money money, c_boolean boolean, c_text text, c_varchar varchar(5), c_char char(3), c_citext citext, c_name name,
  c_uuid uuid, c_date date, c_timestamp timestamp, c_timestamptz timestamptz, c_time time, c_timetz timetz,
  c_interval interval, c_json json, c_jsonb jsonb, c_bytea bytea, c_inet inet, c_cidr cidr, c_macaddr macaddr, c_bit bit(3),
  c_varbit varbit, c_point point, c_box box, c_int4range int4range, c_numrange numrange, c_tstzrange tstzrange,
  c_int4multirange int4multirange, c_tsvector tsvector, c_xml xml, c_oid oid, c_enum library.size, c_composite library.point3,
  c_ltree extensions.ltree, c_bigints bigint[], c_texts text[], c_enums library.size[], c_numerics numeric[],
  c_one_byte "char", c_domain library.positive, c_domains library.codes, c_row library.review, c_daterange daterange,
  c_tsrange tsrange, c_int8range int8range, c_tsquery tsquery, c_jsonpath jsonpath, c_macaddr8 macaddr8, c_lsn pg_lsn,
  c_line line, c_lseg lseg, c_path path, c_polygon polygon, c_circle circle, c_uuids uuid[], c_dates date[],
  c_timestamptzs timestamptz[], c_booleans boolean[], c_inets inet[], c_citexts citext[], c_jsonbs jsonb[],
  c_composites library.point3[], c_bits bit(2)[], c_matrix integer[][]
);
