TRUNCATE library.genre, library.status, library."Book Shelf", library.book, library.review, library.plate, library.every_type RESTART IDENTITY CASCADE;
INSERT INTO library.genre VALUES ('novel', 'A long story'), ('poetry', NULL), ('travel', 'Elsewhere');
INSERT INTO library.status VALUES ('lent'), ('lost');
INSERT INTO library."Book Shelf" VALUES (1, 'A', 'top'), (2, 'A', 'top.left'), (3, 'B', 'top.left.dark'), (4, 'B', 'cellar');
INSERT INTO library.book VALUES
  (9007199254740993, 'Odyssey', 'poetry', 'lent', 1, 12.3456789012, 0.1),
  (2, 'ulysses', 'novel', NULL, 2, 99999999999999999999.5, 1.5),
  (3, 'Walden', 'travel', 'lost', NULL, NULL, NULL);
INSERT INTO library.plate VALUES (1, 'Poems'), (7, 'Nobody''s');
INSERT INTO library.review VALUES (2, 5, 'long'), (2, 3, 'too long'), (3, 4, 'calm');
INSERT INTO library.every_type VALUES
(
  DEFAULT, 1, 2, 9007199254740993, 1.5, 2.5, 3.1415926535897932384626, 12.34, true, 'text', 'chars', 'ab', 'CiText', 'name',
  '123e4567-e89b-12d3-a456-426614174000', '2020-02-29', '2020-02-29 12:34:56.789', '2020-02-29 12:34:56+02', '12:34:56',
  '12:34:56+02', '1 day 02:03:04', '{"b": 1, "a": [true, null]}', '{"b": 1, "a": [true, null]}', '\xdeadbeef', '10.0.0.1/8',
  '10.0.0.0/8', '08:00:2b:01:02:03', B'101', B'10101', '(1,2)', '((1,1),(0,0))', '[1,5)', '[1.5,2.5]',
  '[2020-01-01 00:00+00,2020-02-01 00:00+00)', '{[1,3),[5,7)}', 'a fat cat', '<a>1</a>', 42, 'large', '(1,2,3)', 'a.b.c',
  '{1,9007199254740993}', '{a,"b c"}', '{small,large}', '{1.50,2.25}',
  'x', 7, '{one,"t w o"}', '(2,5,"a ""body"", quoted")', '[2020-01-01,2020-02-01)', '[2020-01-01 00:00,2020-01-02 00:00)',
  '[1,9007199254740993)', 'fat & cat', '$.a[*] ? (@ > 1)', '08:00:2b:01:02:03:04:05', '16/B374D848', '{1,2,3}',
  '[(0,0),(1,1)]', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(0,0),2>', '{123e4567-e89b-12d3-a456-426614174000}', '{2020-02-29}',
  '{"2020-02-29 12:34:56+02"}', '{true,false}', '{10.0.0.1/8}', '{AbC}', ARRAY['{"a": 1}', '[1, 2]']::jsonb[],
  ARRAY['(1,2,3)', NULL]::library.point3[], '{10,01}', '{{1,2},{3,4}}'
), (
  3, 2, 3, 9007199254740995, 2.5, 3.5, 2.71, 99.99, false, 'zebra', 'zz', 'zz', 'Zebra', 'zoe',
  'ffffffff-e89b-12d3-a456-426614174000', '2020-03-01', '2020-03-01 00:00:00', '2020-03-01 00:00:00+00', '23:00:00',
  '23:00:00-03', '1 mon', '{"c": 2}', '{"a": [], "c": 2}', '\x00', '192.168.0.1',
  '192.168.0.0/16', '08:00:2b:01:02:04', B'011', B'1', '(3,4)', '((3,3),(2,2))', '[7,9)', '[3.5,4.5]',
  '[2020-03-01 00:00+00,2020-04-01 00:00+00)', '{[8,9)}', 'a thin dog', '<b/>', 43, 'small', '(4,5,6)', 'a.b.c.d',
  '{2}', '{z}', '{large}', '{9.75}',
  'y', 8, '{three}', '(3,1,)', '[2020-03-01,2020-04-01)', '[2020-03-01 00:00,2020-03-02 00:00)',
  '[5,6)', 'dog', '$.b', '08:00:2b:01:02:03:04:06', '16/B374D849', '{1,2,4}',
  '[(0,0),(2,2)]', '[(0,0),(2,2)]', '((0,0),(2,2),(2,0))', '<(0,0),3>', '{ffffffff-e89b-12d3-a456-426614174000}', '{2020-03-01}',
  '{"2020-03-01 00:00:00+00"}', '{NULL,true}', '{::1}', '{zzz}', ARRAY['{"b": 2}']::jsonb[],
  ARRAY['(4,5,6)']::library.point3[], '{11}', '{{5,6}}'
);
INSERT INTO library.every_type (id) VALUES (2);
SELECT setval('library.every_type_id_seq', 3);
