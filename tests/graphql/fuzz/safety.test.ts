import type { Plan } from '../../../src/graphql/compile';
import { Documents } from '../../../src/graphql/execute';
import { parseJson } from '../../../src/graphql/http/json';
import { load } from '../../../src/graphql/load';
import { buildSchema } from '../../../src/graphql/schema';
import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';
import { MARKED, MARKS } from './data/domain';
import { Context } from './document/context';
import { drawMutation } from './document/mutation';
import { printDocument, printVariables } from './document/print';
import { drawQuery, drawSubscription } from './document/query';
import { checkDocuments, DOCUMENTS, SEED_TIMEOUT, seeds, withSession } from './runs';
import { metadataOf } from './schema/metadata';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
});
afterAll(() => database.drop());

test.each(seeds(4))(
  'no value of a document over the schema of seed %i is in the text of a statement',
  (seed) =>
    withSession(database.pool, seed, async ({ schema }) => {
      const { model } = await load({ pool: database.pool, schemas: [schema.schema], metadata: metadataOf(schema) });
      const documents = new Documents({ model, schema: () => buildSchema(model), maxRows: 1000 });
      let marked = 0;
      await checkDocuments(seed, async (draw) => {
        const make = draw.weighted([
          [3, drawQuery],
          [2, drawMutation],
          [1, drawSubscription],
        ] as const);
        const document = make(new Context(draw, schema, MARKED));
        const query = printDocument(document);
        const variables = printVariables(document);
        if (MARKS.some((mark) => `${query}${variables}`.includes(mark))) marked += 1;
        const { plan } = documents.planOf({ query, variables: parseJson(variables) as Record<string, unknown> });
        const found = statementsOf(plan).find((sql) => MARKS.some((mark) => sql.includes(mark)));
        if (found !== undefined) throw new Error(`a value is in ${found}\n\n${query}\n\n${variables}`);
      });
      expect(marked).toBeGreaterThan(DOCUMENTS / 3);
    }),
  SEED_TIMEOUT,
);

/** Every text that a plan may send, in all its forms. */
function statementsOf({ steps, unlessLarge, live }: Plan): string[] {
  const lists = steps.flatMap(({ list }) => (list ? [list.whole, list.rows, list.excess] : []));
  return [...steps, ...(unlessLarge ?? []), ...lists, live].flatMap((statement) => (statement ? [statement.sql] : []));
}
