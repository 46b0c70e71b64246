import { deferGraphQL } from '../../src/graphql';
import type { Served } from './served';
import { post, serve } from './served';

let served: Served;
beforeAll(async () => {
  served = await serve(deferGraphQL({ adminSecret: 's3cret' }));
});
afterAll(() => served.close());

const QUERY = { query: '{ __typename }' };
const known = { 'x-hasura-admin-secret': 's3cret' };

test('while there is no database, who has the secret is told so, and nobody else', async () => {
  const told = { errors: [{ message: 'connection error', extensions: { path: '$', code: 'postgres-error' } }] };
  expect(await post(`${served.url}/v1/graphql`, QUERY, known)).toMatchObject({ status: 200, json: told });
  expect(await post(`${served.url}/v1alpha1/graphql`, QUERY, known)).toMatchObject({ status: 500, json: told });
  for (const headers of [undefined, { 'x-hasura-admin-secret': 'wrong' }]) {
    const denied = { errors: [{ extensions: { path: '$', code: 'access-denied' } }] };
    expect(await post(`${served.url}/v1/graphql`, QUERY, headers)).toMatchObject({ status: 200, json: denied });
    expect(await post(`${served.url}/v1alpha1/graphql`, QUERY, headers)).toMatchObject({ status: 401, json: denied });
    expect(await post(`${served.url}/v1/metadata`, {}, headers)).toMatchObject({ status: 401, json: { code: 'access-denied' } });
  }
});

test('the version needs no database', async () => {
  const answer = await fetch(`${served.url}/v1/version`);
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ server_type: 'ce' })]);
});
