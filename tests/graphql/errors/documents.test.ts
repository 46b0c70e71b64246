import type { Fixture } from '../database';
import { ask, shopFixture } from '../database';
import type { Case } from './cases';
import { expectError } from './cases';

let shop: Fixture;
beforeAll(async () => {
  shop = await shopFixture();
});
afterAll(() => shop.drop());

describe('operations and documents', () => {
  const two = 'query a { shop_log { line } } query b { shop_log { line } }';
  test.each<[string, Case]>([
    ['an unknown name', { query: two, operationName: 'x', message: 'no such operation found in the document: "x"', path: '$' }],
    [
      'a name beside an anonymous operation',
      {
        query: '{ shop_log { line } }',
        operationName: 'x',
        message: 'operationName cannot be used when an anonymous operation exists in the document',
        path: '$',
      },
    ],
    [
      'no name for several',
      {
        query: two,
        message: 'exactly one operation has to be present in the document when operationName is not specified',
        path: '$',
      },
    ],
    ['a syntax error', { query: '{ shop_log { line }', message: 'not a valid graphql query', path: '$.query' }],
    ['an empty document', { query: '', message: 'not a valid graphql query', path: '$.query' }],
    ['a type definition', { query: 'type a { b: Int }', message: 'not a valid graphql query', path: '$.query' }],
    [
      'a subscription by HTTP',
      {
        query: 'subscription { shop_log { line } }',
        message: 'subscriptions are not supported over HTTP, use websockets instead',
        path: '$',
        code: 'unexpected-payload',
      },
    ],
    [
      'fields nested too deep',
      {
        query: `{ shop_employee ${'{ manager '.repeat(60)}{ id } ${'}'.repeat(60)} }`,
        message: 'the query nests fields deeper than 50 levels',
        path: '$.query',
      },
    ],
    [
      'too many fields, by fragments',
      {
        query: `{ ...f0 } ${Array.from({ length: 16 }, (_, i) => `fragment f${i} on query_root { a${i}: shop_employee { ...e${i} } } fragment e${i} on shop_employee { ${i < 15 ? `x: manager { ...e${i + 1} } y: manager { ...e${i + 1} }` : 'id'} }`).join(' ')}`,
        message: 'the query asks for more than 10000 fields',
        path: expect.stringContaining('$.selectionSet.shop_employee') as unknown as string,
      },
    ],
  ])('%s', (_, each) => expectError(shop, each));

  test('only the chosen operation is validated', async () => {
    expect(await ask(shop.engine, 'query a { shop_log { line } } query b { nonsense }', null, 'a')).toHaveProperty('data');
  });

  test('brackets without end are a syntax error, not a crash', async () => {
    await expectError(shop, { query: '{'.repeat(100_000), message: 'not a valid graphql query', path: '$.query' });
    const deep = `{ shop_author(where: ${'{_not: '.repeat(50_000)}{}${'}'.repeat(50_000)}) { id } }`;
    expect(await ask(shop.engine, deep)).toHaveProperty('errors');
  });
});
