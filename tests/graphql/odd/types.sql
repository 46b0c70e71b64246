-- Types of extensions that the search path does not lead to, domains, and types that JSON cannot give back.
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;

CREATE SCHEMA odd;
CREATE TABLE odd.person (
  name ext.citext PRIMARY KEY,
  friend ext.citext REFERENCES odd.person,
  tags ext.hstore,
  names ext.citext[]
);
INSERT INTO odd.person VALUES
  ('ann', NULL, 'a=>1', '{ann,anna}'), ('Bob', 'ANN', 'a=>1, b=>NULL', '{Bob}'), ('CY', 'bob', NULL, NULL);

CREATE TYPE odd.mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN odd.feeling AS odd.mood;
CREATE DOMAIN odd.deep_feeling AS odd.feeling;
CREATE DOMAIN odd.positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN odd.positives AS odd.positive[];
CREATE DOMAIN odd.nick AS ext.citext;
CREATE TABLE odd.day (
  feeling odd.feeling PRIMARY KEY,
  later odd.deep_feeling,
  feelings odd.feeling[],
  numbers odd.positive[],
  more odd.positives,
  nick odd.nick,
  nicks odd.nick[]
);
INSERT INTO odd.day VALUES
  ('ok', NULL, '{ok}', '{2}', '{2}', 'x', '{x}'),
  ('sad', 'ok', '{sad,ok}', '{1,2}', '{1,2}', 'Y', '{Y}'),
  ('happy', 'sad', NULL, NULL, NULL, NULL, NULL);

CREATE TABLE odd.shape (id integer PRIMARY KEY, boxes box[], one box);
INSERT INTO odd.shape VALUES (1, '{(1,1),(0,0);(2,2),(1,1)}', '(1,1),(0,0)');

-- Names of 63 bytes, the most there are, that differ in the last one.
CREATE TABLE odd.long (
  id integer PRIMARY KEY,
  a_name_of_a_column_that_is_nearly_as_long_as_postgres_has_nam_1 integer,
  a_name_of_a_column_that_is_nearly_as_long_as_postgres_has_nam_2 integer
);

-- What a row holds that was written, and is shown with what is related to it.
CREATE TYPE odd.pair AS (x numeric, "two words" text);
CREATE TABLE odd.owner (
  id integer PRIMARY KEY,
  dropped integer,
  c_hstore ext.hstore,
  c_json json,
  c_jsonb jsonb,
  c_xml xml,
  c_bytea bytea,
  c_feeling odd.feeling,
  c_numbers odd.positive[],
  c_texts text[],
  c_matrix integer[][],
  c_pair odd.pair,
  c_pairs odd.pair[],
  c_boxes box[],
  c_double double precision,
  c_real real,
  c_numeric numeric,
  c_timestamptz timestamptz,
  c_interval interval,
  c_range tstzrange,
  c_char char(3),
  c_byte "char",
  c_text text,
  stored text GENERATED ALWAYS AS (upper(c_text)) STORED
);
ALTER TABLE odd.owner DROP COLUMN dropped;
ALTER TABLE odd.owner ADD COLUMN late integer DEFAULT 7;
CREATE TABLE odd.thing (id integer PRIMARY KEY, owner_id integer REFERENCES odd.owner);
INSERT INTO odd.owner VALUES
  (1, 'a=>1, "b c"=>NULL', '{"b" : 1, "a":  1e3, "b": 2}', '{"k": [1.50]}', '<a>x</a>', '\x00ff', 'happy', '{1,NULL}',
    '{"a,b","c\"d",NULL,"NULL",""}', '{{1,2},{3,4}}', '(1.50,"a ""b"", \\c")', '{"(1,a)",NULL}', '{(1,1),(0,0)}',
    'Infinity', 'NaN', '123456789012345678901234567890.00', '2020-01-01 00:00:00.123456+00', '1 year 2 days',
    '[2020-01-01,)', 'a', 'b', E'line\n"q" \\ (,) {}'),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '');
INSERT INTO odd.thing VALUES (1, 1);
CREATE VIEW odd.owned AS SELECT id, c_hstore, c_feeling, c_pair, c_numbers, upper(c_text) AS loud FROM odd.owner;
