import { buildSchema, parse, validate } from 'graphql';
import { createPool } from '../../src/database';
import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import { ENDPOINTS } from '../../src/rest/endpoints';
import { createTestDatabase } from '../support/postgres';
import { startRest } from './caller';

const log = createLogger('fatal');

test('every operation is valid GraphQL for the schema that is served', async () => {
  const { pool, drop } = await createTestDatabase();
  const graphql = await createGraphQL({ pool, schemas: ['saaras_db', 'gateway'], maxBodyBytes: 1000, log });
  const schema = buildSchema(graphql.printSchema());
  for (const endpoint of ENDPOINTS) {
    if ('body' in endpoint) continue;
    const errors = validate(schema, parse(endpoint.operation.document)).map((error) => error.message);
    expect([endpoint.path, errors]).toEqual([endpoint.path, []]);
  }
  await drop();
});

test('while the database cannot be reached, everything is a 503 that may be tried again', async () => {
  const database = await createTestDatabase();
  const pool = createPool(database.url, log);
  const rest = await startRest(await createGraphQL({ pool, schemas: ['saaras_db', 'gateway'], maxBodyBytes: 1000, log }));
  expect((await rest.form('POST', '/proxy', { name: 'gw' })).status).toBe(201);
  await database.drop();
  for (const [method, path] of [
    ['GET', '/proxy'],
    ['POST', '/proxy'],
    ['DELETE', '/proxy/gw'],
    ['PATCH', '/upstream/u'],
  ] as const) {
    const answer = await rest.form(method, path, ['POST', 'PATCH'].includes(method) ? { name: 'gw', upstream_port: '80' } : {});
    expect([method, answer.status, answer.headers['retry-after']]).toEqual([method, 503, '1']);
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{}] });
  }
  expect((await rest.get('/health')).status).toBe(200);
  await rest.stop();
  await pool.end();
});
