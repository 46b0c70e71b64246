import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';
import { checkQuery } from './check';
import { checkDocuments, SEED_TIMEOUT, seeds, withSession } from './runs';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
});
afterAll(() => database.drop());

test.each(seeds(12))(
  'queries over the schema of seed %i are answered as the naive reference answers them',
  (seed) => withSession(database.pool, seed, (session) => checkDocuments(seed, (draw) => checkQuery(session, draw))),
  SEED_TIMEOUT,
);
