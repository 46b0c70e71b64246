import { performance } from 'node:perf_hooks';
import type { Logger } from '../../src/log';
import type { ProxyChange } from '../../src/gateway';
import { Pushes } from '../../src/telemetry';
import type { XdsClient } from '../../src/xds';

/** One client of proxy gw, and what is told of it. */
function start() {
  const pushed: number[] = [];
  const acknowledged: number[] = [];
  const lines: { requestIds: string[]; change: number }[] = [];
  const traced: string[][] = [];
  const pushes = new Pushes({
    metrics: { pushed: (seconds) => void pushed.push(seconds), acknowledged: (seconds) => void acknowledged.push(seconds) },
    traced: (_push, _client, writes) => void traced.push(writes.map(({ requestId }) => requestId)),
    log: { debug: (line: (typeof lines)[number]) => void lines.push(line) } as unknown as Logger,
  });
  const client = { proxy: 'gw', node: 'n', acknowledged: -1 } as { -readonly [K in keyof XdsClient]: XdsClient[K] };
  pushes.connected(client);
  const change = { model: { name: 'gw' }, services: 'all' } as unknown as ProxyChange;
  return {
    ...{ pushes, client, pushed, acknowledged, traced },
    ids: () => lines.map(({ requestIds }) => requestIds),
    apply: (counter: number, { due = [], early = [] }: { due?: string[]; early?: string[] } = {}, proxy = 'gw') => {
      const event = { kind: 'changes' as const, changes: [], counter: String(counter), madeAt: performance.now() - 40 };
      const origins = new Map([[proxy, { due, early }]]);
      const changed = due.length > 0 && proxy === 'gw' ? [change] : [];
      pushes.applied(event, { changed, removed: [], touched: new Map(), origins, counter: String(counter) });
    },
    send: (since: number, counter: number) =>
      pushes.sent(client, { kind: 'route', since, counter, resources: 1, removed: 0, bytes: 10 }),
    accept: (counter: number) => {
      client.acknowledged = counter;
      pushes.moved(client);
    },
  };
}

test('a change is timed once when it is first sent and once when it is accepted, from when it was made', () => {
  const { apply, send, accept, pushed, acknowledged, ids } = start();
  apply(5, { due: ['a'] });
  send(5, 5);
  send(5, 5);
  accept(4);
  expect([pushed.length, acknowledged.length]).toEqual([1, 0]);
  accept(5);
  accept(5);
  expect([pushed.length, acknowledged.length]).toEqual([1, 1]);
  expect(Math.min(...pushed, ...acknowledged)).toBeGreaterThanOrEqual(0.04);
  expect(ids()).toEqual([['a'], ['a']]);
});

test('a push carries the writes from its first change to its last, and no others', () => {
  const { apply, send, ids, traced } = start();
  for (const [counter, id] of [
    [5, 'a'],
    [6, 'b'],
    [7, 'c'],
  ] as const)
    apply(counter, { due: [id] });
  send(6, 6);
  send(5, 7);
  expect(ids()).toEqual([['b'], ['a', 'b', 'c']]);
  expect(traced).toEqual(ids());
});

test('what a client begins with carries no write that was made before it came', () => {
  const { pushes, client, apply, send, ids, pushed } = start();
  apply(5, { due: ['a'] });
  pushes.gone(client);
  pushes.connected(client);
  send(0, 5);
  expect([ids(), pushed]).toEqual([[], []]);
});

test('changes of other proxies are not waited for', () => {
  const { apply, send, accept, acknowledged, ids } = start();
  apply(5, { due: ['a'] }, 'edge');
  send(5, 5);
  accept(5);
  expect([acknowledged, ids()]).toEqual([[], []]);
});

test('a write that was read with an earlier change goes with that, or went with the push after it', () => {
  const { apply, send, ids } = start();
  apply(5, { due: ['a'] });
  apply(6, { early: ['b'] });
  send(5, 5);
  apply(7, { early: ['c'] });
  expect(ids()).toEqual([['a', 'b'], ['c']]);
});

test('a write that changes nothing is in no push', () => {
  const { apply, ids } = start();
  apply(5, { early: ['a'] });
  expect(ids()).toEqual([]);
});

test('a client that accepts nothing costs only so much', () => {
  const { apply, send, pushed } = start();
  for (let counter = 1; counter <= 1000; counter += 1) apply(counter, { due: ['a'] });
  send(1, 1000);
  expect(pushed.length).toBe(256);
});
