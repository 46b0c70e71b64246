import { Histogram, Registry } from 'prom-client';
import { TimingHistogram } from '../../src/telemetry/timing';

test('a timing histogram reads as one of prom-client does', async () => {
  const options = { name: 'times', help: 'Times.', buckets: [0.1, 0.2, 1] };
  const [own, theirs] = [new Registry(), new Registry()];
  const timing = new TimingHistogram(own, options);
  const children = { a: timing.child({ type: 'a', result: 'ok' }), b: timing.child({ type: 'b', result: 'ok' }) };
  timing.child({ type: 'never', result: 'ok' });
  const histogram = new Histogram({ ...options, labelNames: ['type', 'result'], registers: [theirs] });
  for (const [type, seconds] of [
    ['a', 0.05],
    ['a', 0.1],
    ['a', 0.15],
    ['a', 7],
    ['b', 0.5],
  ] as const) {
    children[type].observe(seconds);
    histogram.observe({ type, result: 'ok' }, seconds);
  }
  expect(await own.metrics()).toBe(await theirs.metrics());
  expect(await Registry.merge([own]).metrics()).toBe(await theirs.metrics());
  timing.reset();
  expect(await own.metrics()).not.toContain('times_count');
});
