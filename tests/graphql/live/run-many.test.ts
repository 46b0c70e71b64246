import { RequestError } from '../../../src/graphql/errors';
import type { ResultRow } from '../../../src/graphql/execute';
import type { LivePlan, Values } from '../../../src/graphql/live/run-many';
import { Failure, runMany } from '../../../src/graphql/live/run-many';
import { Turns } from '../../../src/graphql/turns';

const PLAN: LivePlan = {
  steps: [],
  live: { name: 'x', sql: 'SELECT', slots: [], widths: [1], tables: [], cursor: undefined },
};

const values = (count: number): Values[] => Array.from({ length: count }, (_, index) => [String(index)]);
const failure = (sqlState: string) => new RequestError('unexpected', '$', `failed with ${sqlState}`, { sqlState });

/** A database that fails for some values, and counts how often it is asked. */
function database(error: RequestError, failsFor: (some: readonly Values[]) => boolean) {
  const asked: number[] = [];
  const once = (some: readonly Values[]): Promise<ResultRow[]> => {
    asked.push(some.length);
    return failsFor(some) ? Promise.reject(error) : Promise.resolve(some.map(([value], index) => [String(index), `of ${value}`]));
  };
  return { asked, once };
}

const good = (index: number) => [[`of ${index}`]];

test('the results come in the order of the values', async () => {
  const { asked, once } = database(failure('22023'), () => false);
  expect(await runMany(PLAN, values(3), once)).toEqual([good(0), good(1), good(2)]);
  expect(asked).toEqual([3]);
});

test.each(['22P02', '42601', 'P0001', '57014'])('a failure with %s is that of the value that it is for', async (sqlState) => {
  const { asked, once } = database(failure(sqlState), (some) => some.some(([value]) => value === '700'));
  const outcomes = await runMany(PLAN, values(1_000), once);
  outcomes.forEach((outcome, index) => {
    if (index === 700) expect(outcome).toEqual(new Failure(failure(sqlState), true));
    else expect(outcome).toEqual(good(index));
  });
  expect(asked.length).toBeLessThan(25);
});

test('what is too much at once is run for fewer', async () => {
  const { once } = database(failure('57014'), (some) => some.length > 100);
  expect(await runMany(PLAN, values(1_000), once)).toEqual(values(1_000).map((_, index) => good(index)));
});

test('what fails everywhere is not tried for each value', async () => {
  const { asked, once } = database(failure('42P01'), () => true);
  const outcomes = await runMany(PLAN, values(1_000), once);
  expect(outcomes.every((outcome) => outcome instanceof Failure)).toBe(true);
  expect(outcomes.filter((outcome) => (outcome as Failure).isOwn).length).toBeLessThan(64);
  expect(asked.length).toBeLessThan(130);
});

test.each([
  ['a database that is away', new RequestError('postgres-error', '$', 'connection error', { unavailable: true })],
  ['a transaction that lost', failure('40001')],
])('%s is not the fault of a value', async (_, error) => {
  const { asked, once } = database(error, () => true);
  expect(await runMany(PLAN, values(10), once)).toEqual(values(10).map(() => new Failure(error, false)));
  expect(asked).toEqual([10]);
});

describe('turns', () => {
  test('only so many run at once, and what nobody wants any more does not run', async () => {
    const turns = new Turns(2);
    let running = 0;
    let most = 0;
    let wanted = true;
    const ran: number[] = [];
    const task = (number: number) => async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      ran.push(number);
      if (number === 3) wanted = false;
      return number;
    };
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => turns.take(task(number), () => wanted || number === 6)));
    expect(most).toBe(2);
    expect(results).toEqual([1, 2, 3, 4, undefined, 6]);
    expect(ran.sort()).toEqual([1, 2, 3, 4, 6]);
  });

  test('a task that fails gives its turn away', async () => {
    const turns = new Turns(1);
    const failing = turns.take(() => Promise.reject(new Error('failed')));
    const next = turns.take(() => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });
});
