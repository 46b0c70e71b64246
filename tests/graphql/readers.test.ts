import { createGraphQL } from '../../src/graphql';
import type { Fixture } from './database';
import { gatewayFixture, log } from './database';
import type { Served } from './served';
import { post, serve } from './served';

let gateway: Fixture;
let served: Served;
beforeAll(async () => {
  gateway = await gatewayFixture();
  const readers = { viewer: ['saaras_db.secret.secret_key', 'saaras_db.artifact.artifact_value'], auditor: [] };
  const { pool, schemas } = gateway;
  served = await serve(await createGraphQL({ pool, schemas, readers, maxBodyBytes: 1_000_000, log }));
});
afterAll(async () => {
  await served.close();
  await gateway.drop();
});

const ask = async (query: string, role = 'viewer', path = '/v1/graphql') =>
  (await post(`${served.url}${path}`, { query }, { 'x-hasura-role': role })).json as {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: { code: string } }[];
  };

test('who only reads sees every other column of every table, over relationships too', async () => {
  const query = `{
    saaras_db_service(where: {service_name: {_eq: "demo"}}, order_by: {service_id: asc}) {
      service_name routes { route_name }
      service_secrets { secret { secret_name secret_cert artifacts { artifact_name artifact_type } } }
    }
    saaras_db_secret_aggregate { aggregate { count max { secret_cert } } }
  }`;
  const [seen, all] = [await ask(query), await ask(query, 'admin')];
  expect(seen).toEqual(all);
  expect(JSON.stringify(seen)).toContain('"secret_cert":"CERT"');
});

/** Each would show a hidden column, or tell by what comes back what is in it. */
const PROBES = [
  '{ saaras_db_secret { secret_key } }',
  '{ saaras_db_secret_by_pk(secret_id: 1) { secret_key } }',
  '{ saaras_db_secret(where: {secret_key: {_like: "K%"}}) { secret_id } }',
  '{ saaras_db_secret(where: {_or: [{_not: {secret_key: {_is_null: true}}}]}) { secret_id } }',
  '{ saaras_db_secret(order_by: {secret_key: asc}) { secret_id } }',
  '{ saaras_db_secret(distinct_on: secret_key) { secret_id } }',
  '{ saaras_db_secret_aggregate { aggregate { max { secret_key } } } }',
  '{ saaras_db_secret_aggregate { aggregate { min { secret_key } } } }',
  '{ saaras_db_secret_aggregate { aggregate { count(columns: secret_key) } } }',
  '{ saaras_db_secret_aggregate { nodes { secret_key } } }',
  '{ saaras_db_secret_aggregate(where: {secret_key: {_gt: "A"}}) { aggregate { count } } }',
  '{ saaras_db_service { service_secrets { secret { secret_key } } } }',
  '{ saaras_db_service(where: {service_secrets: {secret: {secret_key: {_eq: "KEY"}}}}) { service_id } }',
  '{ saaras_db_service_secret(order_by: {secret: {secret_key: asc}}) { secret_id } }',
  '{ saaras_db_secret { artifacts { artifact_value } } }',
  '{ saaras_db_secret(where: {artifacts: {artifact_value: {_eq: "x"}}}) { secret_id } }',
  '{ saaras_db_secret { artifacts_aggregate { aggregate { max { artifact_value } } } } }',
  '{ saaras_db_secret(order_by: {artifacts_aggregate: {max: {artifact_value: asc}}}) { secret_id } }',
  'subscription { saaras_db_secret { secret_key } }',
  'subscription { saaras_db_secret_stream(batch_size: 1, cursor: {initial_value: {secret_key: ""}}) { secret_id } }',
  'subscription { saaras_db_secret_stream(batch_size: 1, cursor: {initial_value: {secret_id: 0}}) { secret_key } }',
];

test.each(PROBES)('a hidden column does not exist: %s', async (query) => {
  const one = /secret_key|artifact_value/.exec(query)?.[0] ?? '';
  const { data, errors } = await ask(query);
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions.code).toMatch(/^(validation-failed|parse-failed)$/);
  // The same without the hiding: it is the column that is refused, and not the rest of the document.
  const shown = query.replaceAll(one, one === 'secret_key' ? 'secret_cert' : 'artifact_name');
  const isStream = query.includes('subscription');
  const allowed = await ask(shown);
  expect(allowed.errors?.[0]?.message).toEqual(isStream ? expect.stringMatching(/use websockets/) : undefined);
});

test('the schema does not name what is hidden, nor any mutation', async () => {
  const schema = '{ __schema { mutationType { name } types { name fields { name } inputFields { name } enumValues { name } } } }';
  const [seen, all] = [JSON.stringify(await ask(schema)), JSON.stringify(await ask(schema, 'admin'))];
  for (const name of ['secret_key', 'artifact_value', 'mutation_root', 'insert_saaras_db_secret']) {
    expect(all).toContain(`"${name}"`);
    expect(seen).not.toContain(name);
  }
  expect(seen).toContain('"mutationType":null');
  expect(JSON.stringify(await ask(schema, 'auditor'))).toContain('"secret_key"');
});

test.each([
  'mutation { insert_saaras_db_proxy(objects: {proxy_name: "x"}) { affected_rows } }',
  'mutation { update_saaras_db_proxy(where: {}, _set: {proxy_name: "x"}) { affected_rows } }',
  'mutation { delete_saaras_db_proxy(where: {}) { affected_rows } }',
])('nothing is changed: %s', async (query) => {
  for (const role of ['viewer', 'auditor'])
    expect((await ask(query, role)).errors?.[0]).toEqual({
      message: 'no mutations exist',
      extensions: { path: '$', code: 'validation-failed' },
    });
});

test('explaining as somebody shows what he sees, and what is hidden stays so when metadata is read again', async () => {
  const explain = (role: string) =>
    post(`${served.url}/v1/graphql/explain`, {
      query: { query: '{ saaras_db_secret { secret_key } }' },
      user: { 'x-hasura-role': role },
    });
  expect((await explain('viewer')).json).toMatchObject({ code: 'validation-failed' });
  expect((await explain('admin')).status).toBe(200);
  expect((await post(`${served.url}/v1/metadata`, { type: 'reload_metadata' })).status).toBe(200);
  expect((await ask(PROBES[0] ?? '')).errors).toHaveLength(1);
});

test('a role that is not known sees nothing', async () => {
  for (const role of ['user', 'Viewer', '__proto__', ''])
    expect((await ask('{ saaras_db_proxy { proxy_name } }', role)).errors?.[0]?.message).toBe(
      `field 'saaras_db_proxy' not found in type: 'query_root'`,
    );
});
