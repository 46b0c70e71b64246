import type { Fixture } from '../database';
import { ask, shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('nested inserts that cannot be', () => {
  test.each<[string, Case]>([
    [
      'the key of an object relationship given as well',
      {
        query:
          'mutation { insert_shop_article(objects: [{author_id: 1, title: "t", author: {data: {name: "a"}}}]) { affected_rows } }',
        message: 'cannot insert object relationship "author" as "author_id" column values are already determined',
        path: '$.selectionSet.insert_shop_article.args.objects[0].author',
      },
    ],
    [
      "the child's key given as well",
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "a", articles_by_author: {data: [{author_id: 1, title: "t"}]}}]) { affected_rows } }',
        message: 'cannot insert "author_id" columns as their values are already being determined by parent insert',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data[0]',
      },
    ],
    [
      'children of a row that was left alone',
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "Ann", articles_by_author: {data: [{title: "t"}]}}], on_conflict: {constraint: author_name_key}) { affected_rows } }',
        message: 'cannot proceed to insert array relations since insert to table "shop.author" affects zero rows',
        path: '$.selectionSet.insert_shop_author.args.objects[0]',
        code: 'not-supported',
      },
    ],
    [
      'a parent that was left alone',
      {
        query:
          'mutation { insert_shop_article(objects: [{title: "t", author: {data: {name: "Ann"}, on_conflict: {constraint: author_name_key}}}]) { affected_rows } }',
        message: 'cannot proceed to insert object relation "author" since insert to table "shop.author" affects zero rows',
        path: '$.selectionSet.insert_shop_article.args.objects[0].author',
        code: 'not-supported',
      },
    ],
    [
      'the key of an object relationship given as well, of one object',
      {
        query: 'mutation { insert_shop_article_one(object: {author_id: 1, title: "t", author: {data: {name: "a"}}}) { id } }',
        message: 'cannot insert object relationship "author" as "author_id" column values are already determined',
        path: '$.selectionSet.insert_shop_article_one.args.object[0].author',
      },
    ],
    [
      "the child's key given as well, of one object",
      {
        query:
          'mutation { insert_shop_author_one(object: {name: "a", articles_by_author: {data: [{title: "s"}, {author_id: 1, title: "t"}]}}) { id } }',
        message: 'cannot insert "author_id" columns as their values are already being determined by parent insert',
        path: '$.selectionSet.insert_shop_author_one.args.object[0].articles_by_author.data[1]',
      },
    ],
    [
      'a composite key given as well',
      {
        query:
          'mutation { insert_shop_shipment(objects: {warehouse: "w", no: 1, items: {data: {warehouse: "w", shipment_no: 1, position: 1, what: "x"}}}) { affected_rows } }',
        message: 'cannot insert "warehouse", "shipment_no" columns as their values are already being determined by parent insert',
        path: '$.selectionSet.insert_shop_shipment.args.objects[0].items.data[0]',
      },
    ],
    [
      'the key of an object that comes after its parent',
      {
        query:
          'mutation { insert_shop_shipment(objects: {warehouse: "w", no: 1, label: {data: {no: 1, text: "x"}}}) { affected_rows } }',
        message: 'cannot insert "no" columns as their values are already being determined by parent insert',
        path: '$.selectionSet.insert_shop_shipment.args.objects[0].label.data[0]',
      },
    ],
    [
      'a key that the parent gives and an object relationship would give too',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "p", articles_by_author: {data: {title: "t", author: {data: {name: "q"}}}}}) { affected_rows } }',
        message: 'cannot insert object relationship "author" as "author_id" column values are already determined',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data[0].author',
      },
    ],
    [
      'an object of a parent that was left alone',
      {
        query:
          'mutation { insert_shop_shipment(objects: {warehouse: "north", no: 1, label: {data: {text: "x"}}}, on_conflict: {constraint: shipment_pkey}) { affected_rows } }',
        message: 'cannot proceed to insert array relations since insert to table "shop.shipment" affects zero rows',
        path: '$.selectionSet.insert_shop_shipment.args.objects[0]',
        code: 'not-supported',
      },
    ],
    [
      'a parent that was left alone, of one object, by its where',
      {
        query:
          'mutation { insert_shop_article_one(object: {title: "t", author: {data: {name: "Ann"}, on_conflict: {constraint: author_name_key, update_columns: level, where: {name: {_eq: "Bob"}}}}}) { id } }',
        message: 'cannot proceed to insert object relation "author" since insert to table "shop.author" affects zero rows',
        path: '$.selectionSet.insert_shop_article_one.args.object[0].author',
        code: 'not-supported',
      },
    ],
    [
      'children of the second object',
      {
        query:
          'mutation { insert_shop_author(objects: [{name: "first", articles_by_author: {data: {title: "t"}}}, {name: "Ann", articles_by_author: {data: {title: "t"}}}], on_conflict: {constraint: author_name_key}) { affected_rows } }',
        message: 'cannot proceed to insert array relations since insert to table "shop.author" affects zero rows',
        path: '$.selectionSet.insert_shop_author.args.objects[1]',
        code: 'not-supported',
      },
    ],
    [
      'a value of a deep row',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "q", articles_by_author: {data: [{title: "t", editor: {data: {name: "r", level: 40000}}}]}}) { affected_rows } }',
        message:
          'The value 40000.0 lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data[0].editor.data.level',
        code: 'parse-failed',
      },
    ],
    [
      'null as data',
      {
        query: 'mutation { insert_shop_author(objects: {name: "q", articles_by_author: {data: null}}) { affected_rows } }',
        message: 'expected a list, but found null',
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data',
      },
    ],
    [
      'a null conflict of a relationship',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "q", articles_by_author: {data: [], on_conflict: null}}) { affected_rows } }',
        message: "expected an object for type 'shop_article_on_conflict', but found null",
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.on_conflict',
      },
    ],
    [
      'null columns to update',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "q"}, on_conflict: {constraint: author_pkey, update_columns: null}) { affected_rows } }',
        message: 'expected a list, but found null',
        path: '$.selectionSet.insert_shop_author.args.on_conflict.update_columns',
      },
    ],
    [
      'a null where of a conflict',
      {
        query:
          'mutation { insert_shop_author(objects: {name: "q"}, on_conflict: {constraint: author_pkey, where: null}) { affected_rows } }',
        message: "expected an object for type 'shop_author_bool_exp', but found null",
        path: '$.selectionSet.insert_shop_author.args.on_conflict.where',
      },
    ],
    [
      'a conflict without its constraint',
      {
        query: 'mutation { insert_shop_author(objects: [], on_conflict: {}) { affected_rows } }'.replace('[]', '{name: "q"}'),
        message: "missing required field 'constraint'",
        path: '$.selectionSet.insert_shop_author.args.on_conflict.constraint',
      },
    ],
    [
      'a null conflict',
      {
        query: 'mutation { insert_shop_author(objects: {name: "q"}, on_conflict: null) { affected_rows } }',
        message: "expected an object for type 'shop_author_on_conflict', but found null",
        path: '$.selectionSet.insert_shop_author.args.on_conflict',
      },
    ],
    [
      'no data',
      {
        query: 'mutation { insert_shop_author(objects: {name: "q", articles_by_author: {}}) { affected_rows } }',
        message: "missing required field 'data'",
        path: '$.selectionSet.insert_shop_author.args.objects[0].articles_by_author.data',
      },
    ],
  ])('%s', async (_, each) => {
    await expectError(shop, each);
    expect(
      await ask(shop.engine, '{ shop_author_aggregate { aggregate { count } } shop_article_aggregate { aggregate { count } } }'),
    ).toEqual({
      data: { shop_author_aggregate: { aggregate: { count: 3 } }, shop_article_aggregate: { aggregate: { count: 4 } } },
    });
  });
});
