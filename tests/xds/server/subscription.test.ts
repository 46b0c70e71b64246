import { Subscription } from '../../../src/xds/server/subscription';

/** One resource. */
const only = (name: string, version = '1') => new Map([[name, { version, resource: undefined }]]);

/** A subscription to these names, which were answered. */
function to(...names: string[]): Subscription {
  const subscription = new Subscription();
  for (const name of names) {
    subscription.subscribe(name, 0);
    subscription.held.set(name, { version: '1', resource: undefined });
  }
  subscription.asked.clear();
  subscription.dirty.clear();
  return subscription;
}

describe('a subscription', () => {
  it('wants what it names, and everything when it is to everything', () => {
    const subscription = to('a');
    expect([subscription.wants('a'), subscription.wants('b')]).toEqual([true, false]);
    subscription.wildcard = true;
    expect(subscription.wants('b')).toBe(true);
  });

  it('to nothing wants nothing', () => {
    expect(new Subscription().wants('a')).toBe(false);
  });

  it('has to answer a name that is taken up, also one that it answered before', () => {
    const subscription = to('a', 'b');
    subscription.subscribe('b', 0);
    expect([...subscription.asked]).toEqual(['b']);
    expect([...subscription.dirty.keys()]).toEqual(['b']);
  });

  it('forgets what is asked for no more, and looks at it no more', () => {
    const subscription = to('a', 'b');
    subscription.touch('a', 3);
    subscription.unsubscribe('a');
    expect([...subscription.held.keys()]).toEqual(['b']);
    expect([...subscription.dirty.keys()]).toEqual([]);
  });

  it('to everything keeps what is not asked for by name any more', () => {
    const subscription = to('a');
    subscription.wildcard = true;
    subscription.unsubscribe('a');
    expect(subscription.wants('a')).toBe(true);
    expect([...subscription.held.keys()]).toEqual(['a']);
  });

  it('settles a response and those before it by its nonce, and tells whether it was the newest', () => {
    const subscription = new Subscription();
    const [first, second, third] = ['a', 'b', 'c'].map((name, index) => subscription.deliver(only(name), [], 1, index));
    expect(new Set([first, second, third]).size).toBe(3);
    expect(subscription.settle(String(second))).toMatchObject({
      settled: [{ names: ['a'] }, { names: ['b'] }],
      isCurrent: false,
    });
    expect(subscription.outstanding).toMatchObject([{ names: ['c'], sentAt: 2 }]);
    expect(subscription.settle(String(third))).toMatchObject({ settled: [{ names: ['c'] }], isCurrent: true });
    expect(subscription.settle(String(third))).toMatchObject({ settled: [], isCurrent: true });
  });

  it('takes a request without a nonce as current, and one with a nonce of nobody for nothing', () => {
    const subscription = new Subscription();
    subscription.deliver(only('a'), [], 1, 0);
    expect(subscription.settle('')).toEqual({ settled: [], isCurrent: true });
    expect(subscription.settle('of another stream')).toEqual({ settled: [], isCurrent: false });
    expect(subscription.outstanding).toHaveLength(1);
  });

  it('was accepted up to the change before the first that waits or is unanswered', () => {
    const subscription = new Subscription();
    expect(subscription.acknowledged).toBe(Infinity);
    subscription.touch('a', 7);
    subscription.touch('a', 9);
    expect(subscription.acknowledged).toBe(6);
    subscription.dirty.clear();
    const nonce = subscription.deliver(only('a'), [], 5, 0);
    expect(subscription.acknowledged).toBe(4);
    subscription.settle(String(nonce));
    expect(subscription.acknowledged).toBe(Infinity);
  });

  it('has what a response brought, and what it had before when that was rejected', () => {
    const subscription = new Subscription();
    for (const name of ['a', 'b', 'c']) subscription.subscribe(name, 0);
    subscription.deliver(new Map([...only('a'), ...only('b')]), [], 1, 0);
    subscription.settle('1');
    subscription.deliver(new Map([...only('a', '2'), ...only('c')]), ['b'], 2, 0);
    expect([...subscription.held].map(([name, { version }]) => [name, version])).toEqual([
      ['a', '2'],
      ['c', '1'],
    ]);
    subscription.dirty.clear();
    subscription.takeBack(subscription.settle('2').settled[0]!);
    expect([...subscription.held].map(([name, { version }]) => [name, version]).sort()).toEqual([
      ['a', '1'],
      ['b', '1'],
    ]);
    expect([...subscription.dirty]).toEqual([
      ['a', 2],
      ['c', 2],
      ['b', 2],
    ]);
  });

  it('does not take back what was sent again since, or is not wanted any more', () => {
    const subscription = new Subscription();
    for (const name of ['a', 'b']) subscription.subscribe(name, 0);
    subscription.deliver(new Map([...only('a'), ...only('b')]), [], 1, 0);
    subscription.deliver(only('a', '2'), [], 2, 0);
    subscription.unsubscribe('b');
    subscription.dirty.clear();
    subscription.takeBack(subscription.settle('1').settled[0]!);
    expect([...subscription.held].map(([name, { version }]) => [name, version])).toEqual([['a', '2']]);
    expect([...subscription.dirty]).toEqual([]);
  });
});
