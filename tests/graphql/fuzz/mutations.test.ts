import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';
import { checkMutation } from './check';
import { checkDocuments, SEED_TIMEOUT, seeds, withSession } from './runs';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
});
afterAll(() => database.drop());

test.each(seeds(12))(
  'mutations over the schema of seed %i answer and store what the naive reference does',
  (seed) => withSession(database.pool, seed, (session) => checkDocuments(seed, (draw) => checkMutation(session, draw))),
  SEED_TIMEOUT,
);
