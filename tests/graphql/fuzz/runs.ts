import fc from 'fast-check';
import type pg from 'pg';
import { Draw } from './draw';
import { ddl } from './schema/ddl';
import { Session } from './session';

/** The first seed; the same every time unless it is given, so that a run can be repeated. */
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);

/** How many documents are drawn over each schema. */
export const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 100);

/** What shrinking a failure may take. */
const TIME_LIMIT = 90_000;

/** The time that one schema's test may take, in milliseconds. */
export const SEED_TIMEOUT = 2 * TIME_LIMIT;

/** The seeds of a run, each for a schema: `count` of them unless FUZZ_RUNS says otherwise. */
export function seeds(count: number): number[] {
  const runs = Number(process.env.FUZZ_RUNS ?? count);
  return Array.from({ length: runs }, (_, index) => FIRST_SEED + index);
}

/** Makes the schema of a seed for a test, and removes it after; a failure says how to repeat it, and shows the schema. */
export async function withSession(pool: pg.Pool, seed: number, use: (session: Session) => Promise<void>): Promise<void> {
  const session = await Session.open(pool, seed);
  try {
    await use(session);
  } catch (error) {
    throw new Error(`FUZZ_SEED=${seed} FUZZ_RUNS=1 repeats this. The schema:\n${ddl(session.schema)}`, { cause: error });
  } finally {
    await session.close();
  }
}

/** Checks as many drawn documents as a seed has; a failure shows the smallest one that was found to fail. */
export function checkDocuments(seed: number, check: (draw: Draw) => Promise<void>): Promise<void> {
  const property = fc.asyncProperty(fc.gen(), (generate) => check(new Draw(generate)));
  return fc.assert(property, { seed, numRuns: DOCUMENTS, interruptAfterTimeLimit: TIME_LIMIT });
}
