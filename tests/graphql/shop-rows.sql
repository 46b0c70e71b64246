TRUNCATE shop.author, shop.article, shop.employee, shop.shipment, shop.item, shop.label, shop.rectangle, shop."Order", shop.log, shop.ticket,
  shop.booking, shop.event, shop.remark, shop.parcel, public.note
  RESTART IDENTITY CASCADE;
INSERT INTO shop.author
  (name, mood, tags, scores, born, home, bio, raw, code, rating, height, weight, salary, visits, level, active, initials, seats, photo, joined, local, alarm, wait, email)
VALUES
  ('Ann', 'happy', '{poet,"a \"quoted\" one"}', '{3,1,2}', '1901-02-03', '10.0.0.1/8',
   '{"langs": ["de", "en"], "address": {"city": "Bern", "no": 7}}', '{"z": 1, "a": [1, 2]}', '6f2c8a52-0e4b-4f5e-9a49-0d6d2f0a3c11',
   12.50, 1.75, 60.5, 1234.5, 9007199254740993, 3, true, 'AB', '[1,5)', '\xdeadbeef', '2020-04-21T01:42:33.8498+00',
   '2020-04-21T01:42:33', '07:30', '1 day 02:00:00', 'ann@shop.example'),
  ('Bob', 'sad', '{}', NULL, '1950-12-31', NULL, '{"langs": [], "n": 1.50}', NULL, NULL,
   3.00, 'Infinity', NULL, NULL, 5, 1, false, NULL, NULL, NULL, '2020-04-21T00:00:00+00', NULL, NULL, NULL, NULL),
  ('Cy', NULL, NULL, '{1,2}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 5, NULL, true, NULL, NULL, NULL, '2020-04-22T00:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO shop.article (author_id, editor_id, title, published, rank, words) VALUES
  (1, 2, 'Alpha', true, 3, 1000),
  (1, NULL, 'Beta', false, 1, 200),
  (1, 3, 'Gamma 100%', true, NULL, NULL),
  (2, 1, 'Delta', NULL, 2, 4000);
INSERT INTO shop.employee VALUES (1, 'boss', NULL), (2, 'left', 1), (3, 'right', 1), (4, 'leaf', 2);
INSERT INTO shop.shipment VALUES ('north', 1, '2020-01-01'), ('north', 2, NULL), ('south', 1, '2020-01-03');
INSERT INTO shop.item VALUES
  ('north', 1, 2, 'nut', 0.5, 1), ('north', 1, 1, 'bolt', 1.5, 2), ('south', 1, 1, 'screw', 2.5, NULL);
INSERT INTO shop.parcel VALUES (1, 'north', 1), (2, 'north', NULL);
INSERT INTO shop.label VALUES ('north', 1, 'fragile');
INSERT INTO shop.rectangle (width, height) VALUES (2, 3), (4, 5);
INSERT INTO shop.booking VALUES (1, '[1,5)', 1), (2, '[5,6)', NULL);
INSERT INTO shop.event VALUES (1, '2020-06-01', 'party'), (2, '1999-12-31', 'another party');
INSERT INTO shop."Order" VALUES (1, 'x', 10), (2, NULL, 20);
INSERT INTO shop.log VALUES ('one'), ('two');
INSERT INTO public.note VALUES (1, 'n');
