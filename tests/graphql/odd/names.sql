-- Tables and columns whose names in GraphQL would be those of something else; a schema a case.

CREATE SCHEMA a;
CREATE TABLE a.b (id integer PRIMARY KEY, here text);
CREATE TABLE public.a_b (id integer PRIMARY KEY, there text);

-- A type and root field of the table before it, and one that begins as it but has nothing of it.
CREATE SCHEMA derived;
CREATE TABLE derived.author (id integer PRIMARY KEY, name text);
CREATE TABLE derived.author_aggregate (id integer PRIMARY KEY);
CREATE TABLE derived.author_stream (id integer PRIMARY KEY);
CREATE TABLE derived.author_updates (id integer PRIMARY KEY);
CREATE TABLE derived.author_role (id integer PRIMARY KEY);
-- It cannot be updated, so that T_updates does not exist.
CREATE VIEW derived.total AS SELECT count(*) AS authors FROM derived.author;
CREATE TABLE derived.total_updates (id integer PRIMARY KEY);

CREATE TABLE public.date (id integer PRIMARY KEY);
CREATE TABLE public."Float" (id integer PRIMARY KEY);
CREATE TABLE public."Int_comparison_exp" (id integer PRIMARY KEY);
CREATE TABLE public.lquery (id integer PRIMARY KEY);
CREATE TABLE public.order_by (id integer PRIMARY KEY);
CREATE TABLE public.query_root (id integer PRIMARY KEY);
CREATE TABLE public."__secret" (id integer PRIMARY KEY);
CREATE EXTENSION ltree SCHEMA a;
CREATE TABLE public.zoo (id integer PRIMARY KEY, opened date, animals a.ltree);

-- Types called as other types.
CREATE SCHEMA types;
CREATE TYPE types.money AS ENUM ('coin', 'note');
CREATE TYPE types.citext AS ENUM ('x');
CREATE TYPE types.jsonb AS ENUM ('{}');
CREATE TYPE types."String" AS ENUM ('s');
CREATE TABLE types.a_purse (id text PRIMARY KEY, holds types.money, inside types.citext);
CREATE TABLE types.b_document (id integer PRIMARY KEY, kind types.jsonb);
CREATE TABLE types.c_document (id integer PRIMARY KEY, body jsonb);
CREATE TABLE types.d_text (id integer PRIMARY KEY, body types."String");

CREATE SCHEMA columns;
CREATE TABLE columns.same (id integer PRIMARY KEY, a text, b text);
CREATE TABLE columns.filters (id integer PRIMARY KEY, _and text, _or text);
CREATE TABLE columns.hidden (id integer PRIMARY KEY, "__x" text);
CREATE TABLE columns.words (id integer PRIMARY KEY, "true" boolean);
CREATE TABLE columns.constrained (id integer CONSTRAINT "null" PRIMARY KEY);
CREATE TABLE columns.deferred (id integer PRIMARY KEY, no integer CONSTRAINT "false" UNIQUE DEFERRABLE);

CREATE SCHEMA related;
CREATE TABLE related.author (id integer PRIMARY KEY, name text, books_aggregate integer);
CREATE TABLE related.book (
  id integer PRIMARY KEY,
  author_id integer REFERENCES related.author,
  written_by text
);
CREATE TABLE related."odd parent" (id integer CONSTRAINT odd_key PRIMARY KEY);
CREATE TABLE related.child (id integer PRIMARY KEY, boss_id integer REFERENCES related."odd parent");
-- One key twice, the second without a check of the rows that are there.
CREATE TABLE related.twice (
  id integer PRIMARY KEY,
  au integer NOT NULL,
  CONSTRAINT b_key FOREIGN KEY (au) REFERENCES related.author
);
INSERT INTO related.author VALUES (1, 'Ann', 7), (2, 'Bob', NULL);
INSERT INTO related.book VALUES (1, 1, 'Ann'), (2, 1, 'Ann');
INSERT INTO related.twice VALUES (1, 1);
ALTER TABLE related.twice ADD CONSTRAINT a_key FOREIGN KEY (au) REFERENCES related.author NOT VALID;
