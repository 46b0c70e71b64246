import { startChangeFeed } from '../../src/database';
import { createGateway, createPairStore } from '../../src/gateway';
import { createGraphQL } from '../../src/graphql';
import { createLogger } from '../../src/log';
import { createTestDatabase } from '../support/postgres';
import { manyServices } from './harness';

test('the models follow the change feed of the database', async () => {
  const log = createLogger('silent');
  const database = await createTestDatabase();
  const graphql = await createGraphQL({ pool: database.pool, schemas: ['saaras_db'], maxBodyBytes: 1_048_576, log });
  const gateway = createGateway({ graphql, pairs: createPairStore(database.pool), log });
  let wake: () => void = () => undefined;
  const feed = startChangeFeed({
    url: database.url,
    log,
    onEvent: async (event) => {
      await gateway.apply(event);
      wake();
    },
  });
  const until = async (reached: () => boolean) => {
    while (!reached()) await new Promise<void>((resolve) => (wake = resolve));
  };
  try {
    await database.pool.query(manyServices(3));
    await until(() => gateway.proxies.get('gw')?.services.size === 3);
    await database.pool.query(`UPDATE saaras_db.service SET fqdn = 'new.test' WHERE service_name = 's2'`);
    await until(() => gateway.proxies.get('gw')?.services.get(2)?.host === 'new.test');
    await database.pool.query('DELETE FROM saaras_db.proxy_service');
    await until(() => gateway.proxies.get('gw')?.services.size === 0);
  } finally {
    await feed.stop();
    await database.drop();
  }
});
