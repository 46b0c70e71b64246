import type { ProxyChange } from '../../src/gateway';
import { ChangeRecords } from '../../src/rollout';

const event = (...seqs: string[]) => ({
  kind: 'changes' as const,
  changes: seqs.map((seq) => ({ seq, table: 'service', oldKeys: null, newKeys: { service_id: 1 } })),
  counter: seqs.at(-1)!,
  madeAt: 0,
});
const changed = [{ model: { name: 'gw' }, services: new Set([1]) } as unknown as ProxyChange];
const touched = new Map([['gw', new Set([1])]]);
const never = new AbortController().signal;

test('a change whose content came with an earlier event concerns its proxy all the same', async () => {
  const records = new ChangeRecords();
  records.applied(event('1'), { changed, touched, counter: '1' });
  records.applied(event('2'), { changed: [], touched, counter: '2' });
  expect(await records.recordOf('2', never)).toEqual({ counter: 2, proxies: new Map([['gw', new Set([1])]]) });
});

test('a change of what no proxy serves concerns none', async () => {
  const records = new ChangeRecords();
  records.applied(event('1'), { changed: [], touched: new Map(), counter: '1' });
  expect(await records.recordOf('1', never)).toEqual({ counter: 1, proxies: new Map() });
});
