-- What the users of these clients have: tables in schema public, with uuid keys and default values.
CREATE TYPE post_status AS ENUM ('draft', 'published');

CREATE TABLE author (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CONSTRAINT author_name_key UNIQUE,
  email character varying(60),
  age integer,
  profile jsonb NOT NULL DEFAULT '{}',
  joined date
);

CREATE TABLE post (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  author_id uuid NOT NULL REFERENCES author ON DELETE CASCADE,
  title text NOT NULL,
  body text,
  status post_status NOT NULL DEFAULT 'draft',
  pinned boolean NOT NULL DEFAULT false,
  views bigint NOT NULL DEFAULT 0,
  rating numeric(3, 1),
  tags text[] NOT NULL DEFAULT '{}',
  created_at timestamp with time zone NOT NULL DEFAULT '2024-05-01T10:00:00Z'
);

CREATE TABLE reply (
  id serial PRIMARY KEY,
  post_id uuid NOT NULL REFERENCES post ON DELETE CASCADE,
  line text NOT NULL
);
