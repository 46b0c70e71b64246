TRUNCATE author, post, reply RESTART IDENTITY;

INSERT INTO author (id, name, email, age, profile, joined) VALUES
  ('a0000000-0000-4000-8000-000000000001', 'Ada', 'ada@example.org', 36, '{"city": "London", "langs": ["en", "fr"]}', '2020-01-15'),
  ('a0000000-0000-4000-8000-000000000002', 'Bob', 'BOB@example.org', NULL, '{"city": "Paris"}', NULL),
  ('a0000000-0000-4000-8000-000000000003', 'Cid', NULL, 50, '{}', '2022-12-31');

INSERT INTO post (id, author_id, title, body, status, pinned, views, rating, tags) VALUES
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'Engines', 'On cards', 'published', true, 900, 4.5, '{maths,cards}'),
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'Notes', NULL, 'draft', false, 20, NULL, '{}'),
  ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002', 'Steam engines', 'Oil', 'published', false, 9007199254740993, 3.0, '{ships}'),
  ('b0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000003', 'Travel', 'Far', 'published', false, 20, 2.5, '{ships,sea}');

INSERT INTO reply (post_id, line) VALUES
  ('b0000000-0000-4000-8000-000000000001', 'First'),
  ('b0000000-0000-4000-8000-000000000001', 'Second'),
  ('b0000000-0000-4000-8000-000000000003', 'Third');
