import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import { createTestDatabase } from '../support/postgres';

test('smoke', async () => {
  const db = await createTestDatabase();
  try {
    const engine = await createGraphQL({ pool: db.pool, schemas: ['saaras_db', 'gateway'], maxBodyBytes: 1e6, log: createLogger('warn') });
    const q = async (query: string, variables?: Record<string, unknown>) => console.log((await engine.execute({ query, variables: variables ?? null })).body);
    await q('{ saaras_db_proxy { proxy_id } }');
    await q(`mutation x($proxy_name: String!, $service_name: String!) { insert_saaras_db_proxy_service(objects: {proxy: {data: {proxy_name: $proxy_name}, on_conflict: {constraint: proxy_proxy_name_key, update_columns: update_ts}}, service: {data: {service_name: $service_name}, on_conflict: {constraint: service_service_name_key update_columns: [update_ts]}}}) { affected_rows } }`, { proxy_name: 'gw', service_name: 'demo' });
    await q('{ saaras_db_proxy { proxy_name proxy_services { service { service_name create_ts } } proxy_services_aggregate { aggregate { count max { create_ts } } nodes { service_id } } } __typename }');
    await q('mutation { insert_saaras_db_service(objects: {service_name: "b", routes: {data: [{route_name: "r1"}, {route_name: "r2"}]}}) { affected_rows returning { service_id routes { route_name service { service_name } } } } }');
    await q('query($w: saaras_db_route_bool_exp) { saaras_db_route(where: $w, order_by: {route_name: desc}) { route_name } saaras_db_upstream { upstream_id } }', { w: { route_name: { _like: 'r%' } } });
    await q('{ __schema { queryType { name } types { name } } }');
    await q('{ saaras_db_proxy { nope } }');
    await q('mutation { delete_saaras_db_proxy(where: {}) { affected_rows } }');
    console.log(engine.printSchema().length);
  } finally {
    await db.drop();
  }
});
