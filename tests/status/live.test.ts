import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import { RawSocket } from '../graphql/live/raw-socket';
import { serve } from '../graphql/served';
import { createTestDatabase } from '../support/postgres';
import { boardUnderTest, envoy } from './boards';

test('subscriptions show Envoys and rejections as they come and go, and nobody writes them by GraphQL', async () => {
  const database = await createTestDatabase();
  const schemas = ['saaras_db', 'gateway'];
  const log = createLogger('silent');
  const engine = await createGraphQL({ pool: database.pool, schemas, maxBodyBytes: 1e6, pollMs: 100, log });
  const served = await serve(engine);
  const raw = await RawSocket.connect(served.url, 'graphql-transport-ws');
  const watch = (id: string, fields: string) =>
    raw.send({ type: 'subscribe', id, payload: { query: `subscription { ${fields} }` } });
  const next = async (id: string, text: string) => {
    await raw.take((message) => message.id === id && JSON.stringify(message.payload).includes(text));
  };
  const board = boardUnderTest(database.pool);

  watch('envoys', 'gateway_envoy { node acknowledged_change }');
  await next('envoys', '"gateway_envoy":[]');
  board.envoyConnected('1', envoy('a'));
  board.envoyAcknowledged('1', 3);
  await next('envoys', '[{"node":"a","acknowledged_change":3}]');
  watch('objects', 'gateway_object_status { kind name reason }');
  await next('objects', '"gateway_object_status":[]');
  board.objectsRejected('a', 'gw', [{ object: { kind: 'service', name: 'demo' }, reason: 'bad' }]);
  await next('objects', '[{"kind":"service","name":"demo","reason":"bad"}]');
  await database.pool.query(`INSERT INTO saaras_db.proxy (proxy_name) VALUES ('gw')`);
  watch('programmed', 'gateway_object_programmed { kind name programmed envoys }');
  await next('programmed', '[{"kind":"proxy","name":"gw","programmed":1,"envoys":1}]');
  board.envoyGone('1');
  await next('programmed', '"programmed":0,"envoys":0');

  expect(engine.printSchema()).not.toMatch(/(insert|update|delete)_gateway_/);
  raw.close();
  await board.stop();
  await served.close();
  await database.drop();
});
