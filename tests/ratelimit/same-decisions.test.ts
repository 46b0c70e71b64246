import { setTimeout as sleep } from 'node:timers/promises';
import {
  RateLimitResponse_Code as Code,
  RateLimitResponse_RateLimit_Unit as Unit,
} from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import type { RateLimitResponse_DescriptorStatus as DescriptorStatus } from '../../gen/envoy-api/envoy/service/ratelimit/v3/rls';
import type { Limit } from '../../src/ratelimit';
import { BUILD_TIMEOUT } from '../support/ratelimit-service';
import type { Answer, Call } from './decision-table';
import { CASES, DIFFERENCES, rule } from './decision-table';
import { ServiceUnderTest, SERVICES } from './services';

const UNITS = {
  second: { seconds: 1, number: Unit.SECOND as number },
  minute: { seconds: 60, number: Unit.MINUTE as number },
  hour: { seconds: 3_600, number: Unit.HOUR as number },
  day: { seconds: 86_400, number: Unit.DAY as number },
  // Of newer Envoys.
  month: { seconds: 2_592_000, number: 5 },
  year: { seconds: 31_536_000, number: 6 },
  week: { seconds: 604_800, number: 7 },
} as const;

function answerOf({ code, currentLimit, limitRemaining }: DescriptorStatus): Answer {
  if (code === Code.OVER_LIMIT) return limitRemaining === 0 && currentLimit ? 'over' : { left: NaN };
  if (currentLimit) return { left: limitRemaining };
  return limitRemaining === 4_294_967_295 ? 'unlimited' : 'no limit';
}

/** The decisions of a case need one window. */
async function awayFromTheHour(): Promise<void> {
  const rest = 3_600_000 - (Date.now() % 3_600_000);
  if (rest < 10_000) await sleep(rest);
}

describe.each(SERVICES)('decisions of %s', (kind) => {
  let service: ServiceUnderTest;

  beforeAll(async () => {
    service = await ServiceUnderTest.start(kind);
    await awayFromTheHour();
    const cases = [...CASES, ...DIFFERENCES];
    await service.configure(cases.map(({ name, rules }) => ({ domain: name, descriptors: rules })));
  }, BUILD_TIMEOUT);

  afterAll(async () => {
    await service.stop();
  });

  async function answers(domain: string, { descriptors, hits = 0, override, domain: other }: Call): Promise<Answer[]> {
    const { overallCode, statuses } = await service.ask({
      domain: other ?? domain,
      hitsAddend: hits,
      descriptors: descriptors.map((text, index) => ({
        entries: text.split('/').map((entry) => ({ key: entry.split('=')[0] ?? '', value: entry.split('=')[1] ?? '' })),
        ...(override &&
          index === 0 && { limit: { unit: UNITS[override.unit].number, requestsPerUnit: override.requestsPerUnit } }),
      })),
    });
    const found = statuses.map(answerOf);
    expect(overallCode).toBe(found.includes('over') ? Code.OVER_LIMIT : Code.OK);
    return found;
  }

  async function decisions(domain: string, calls: readonly Call[]): Promise<(readonly Answer[])[]> {
    const found = [];
    for (const call of calls) found.push(await answers(domain, call));
    return found;
  }

  test.each(CASES)('$name', async ({ name, calls }) => {
    expect(await decisions(name, calls)).toEqual(calls.map((call) => call.answers));
  });

  test.each(DIFFERENCES)('differ, by design: $name', async ({ name, calls, official }) => {
    const expected = kind === 'envoyproxy/ratelimit' ? official : calls;
    expect(await decisions(name, expected)).toEqual(expected.map((call) => call.answers));
  });

  test.each(Object.keys(UNITS) as (keyof typeof UNITS)[])('a limit a %s says so, and when its window ends', async (unit) => {
    const limit: Limit = { unit, requestsPerUnit: 1_000, unlimited: false };
    const domain = `a ${unit}`;
    await service.configure([{ domain, descriptors: [rule('k', limit)] }]);
    const { seconds, number } = UNITS[unit];
    const before = Math.floor(Date.now() / 1000);
    const { statuses } = await service.ask({ domain, descriptors: [{ entries: [{ key: 'k', value: 'v' }] }] });
    const after = Math.floor(Date.now() / 1000);
    expect(statuses[0]).toMatchObject({
      code: Code.OK,
      limitRemaining: 999,
      currentLimit: { requestsPerUnit: 1_000, unit: number },
    });
    const reset = Number(statuses[0]?.durationUntilReset?.seconds);
    expect([seconds - (before % seconds), seconds - (after % seconds)]).toContain(reset);
  });

  test('the next window begins at nothing', async () => {
    const limit: Limit = { unit: 'second', requestsPerUnit: 1, unlimited: false };
    await service.configure([{ domain: 'windows', descriptors: [rule('k', limit)] }]);
    let passed = 0;
    const started = Date.now();
    while (Date.now() - started < 4_000) {
      const [answer] = await answers('windows', { descriptors: ['k=v'], answers: [] });
      if (answer !== 'over') passed += 1;
      await sleep(20);
    }
    expect(passed).toBeGreaterThanOrEqual(4);
    expect(passed).toBeLessThanOrEqual(6);
  });

  test('calls at once never pass more than the limit', async () => {
    const limit: Limit = { unit: 'day', requestsPerUnit: 25, unlimited: false };
    await service.configure([{ domain: 'at once', descriptors: [rule('k', limit)] }]);
    const found = await Promise.all(Array.from({ length: 100 }, () => answers('at once', { descriptors: ['k=v'], answers: [] })));
    expect(found.filter(([answer]) => answer !== 'over')).toHaveLength(25);
  });

  test('limits change, come and go with their counts, within moments', async () => {
    const domain = 'live';
    const limits = (requestsPerUnit: number) => [
      { domain, descriptors: [rule('k', { unit: 'day', requestsPerUnit, unlimited: false })] },
    ];
    const call: Call = { descriptors: ['k=v'], answers: [] };
    const took = [await service.configure(limits(2))];
    expect(await decisions(domain, [call, call, call])).toEqual([[{ left: 1 }], [{ left: 0 }], ['over']]);
    took.push(await service.configure([]));
    expect(await decisions(domain, [call])).toEqual([['no limit']]);
    took.push(await service.configure(limits(100)));
    const [[answer] = []] = await decisions(domain, [call]);
    expect([{ left: 96 }, { left: 97 }]).toContainEqual(answer);
    for (const milliseconds of took) expect(milliseconds).toBeLessThan(2_000);
  });

  test('requests that make no sense are refused', async () => {
    const descriptors = [{ entries: [{ key: 'k', value: 'v' }] }];
    await expect(service.ask({ domain: '', descriptors })).rejects.toMatchObject({
      details: 'rate limit domain must not be empty',
    });
    await expect(service.ask({ domain: 'a limit', descriptors: [] })).rejects.toMatchObject({
      details: 'rate limit descriptor list must not be empty',
    });
  });
});
