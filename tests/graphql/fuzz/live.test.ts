import type { Plan } from '../../../src/graphql/compile';
import { Documents } from '../../../src/graphql/execute';
import { parseJson as parseBody } from '../../../src/graphql/http/json';
import { LiveQueries } from '../../../src/graphql/live';
import { load } from '../../../src/graphql/load';
import { buildSchema } from '../../../src/graphql/schema';
import type { TestDatabase } from '../../support/postgres';
import { createTestDatabase } from '../../support/postgres';
import { log } from '../database';
import { determined } from './check';
import { SMALL } from './data/domain';
import { JsonObject, parseJson } from './data/json';
import { Context } from './document/context';
import { printDocument, printVariables } from './document/print';
import { drawSubscription } from './document/query';
import type { Draw } from './draw';
import { difference } from './match';
import { answerQuery } from './reference/select';
import { checkDocuments, SEED_TIMEOUT, seeds, withSession } from './runs';
import { metadataOf } from './schema/metadata';
import type { Session } from './session';

/** How many subscribers a document gets, each with values of its own. */
const SUBSCRIBERS = 4;

/** Longer than a test, in milliseconds: only first results are looked at. */
const NEVER = 600_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: false });
});
afterAll(() => database.drop());

test.each(seeds(3))(
  'one statement answers many subscriptions over the schema of seed %i as the reference answers each',
  (seed) =>
    withSession(database.pool, seed, async (session) => {
      const { pool } = database;
      const { schema, stringifyNumerics } = session.schema;
      const { model } = await load({ pool, schemas: [schema], metadata: metadataOf(session.schema), stringifyNumerics });
      const documents = new Documents({ model, schema: () => buildSchema(model) });
      const live = new LiveQueries({ pool, changes: undefined, pollMs: NEVER, streamPollMs: NEVER, log });
      try {
        await checkDocuments(seed, (draw) => checkSubscription(session, documents, live, draw));
      } finally {
        live.stop();
      }
    }),
  SEED_TIMEOUT,
);

async function checkSubscription({ schema, state }: Session, documents: Documents, live: LiveQueries, draw: Draw): Promise<void> {
  const document = drawSubscription(new Context(draw, schema, SMALL, state));
  const query = printDocument(document);
  const subscribers = Array.from({ length: SUBSCRIBERS }, (_, index) => {
    if (index > 0) for (const variable of document.variables) variable.value = variable.redraw?.() ?? variable.value;
    const text = printVariables(document);
    const bound = documents.planOf({ query, variables: parseBody(text) as Record<string, unknown> });
    return { ...bound, text, expected: determined(() => answerQuery(schema, state, document)) };
  });
  const answers = await Promise.all(subscribers.map(({ plan, variables }) => firstAnswer(live, plan, variables)));
  subscribers.forEach(({ text, expected }, index) => {
    const answer = parseJson(answers[index] ?? 'null');
    const data = (answer instanceof JsonObject && answer.get('data')) || null;
    const found = difference(expected, data, 'exact');
    if (found !== undefined) throw new Error(`${found}\n\n${query}\n\n${text}`);
  });
}

/** All but the first to come to a statement are answered by one run of it. */
function firstAnswer(live: LiveQueries, plan: Plan, variables: ReadonlyMap<string, unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    const subscription = live.subscribe(plan, variables, {
      isBusy: () => false,
      data: (body) => {
        subscription.stop();
        resolve(body);
      },
      failed: reject,
      refused: reject,
    });
  });
}
