import { nextDelay } from '../../src/envoy/backoff';

test('the pause doubles from 100 ms to 10 s while Envoy keeps dying', () => {
  let delay = 0;
  const delays = Array.from({ length: 9 }, () => (delay = nextDelay(delay, 50)));
  expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
});

test('after a run of 10 s it begins anew', () => {
  expect(nextDelay(10_000, 9_999)).toBe(10_000);
  expect(nextDelay(10_000, 10_000)).toBe(100);
});
