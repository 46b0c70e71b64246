import { encodeResource } from '../../../src/xds/resource';
import type { Resource } from '../../../src/xds/resource';
import { Subscription } from '../../../src/xds/server/subscription';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';

const resource = (name: string): Resource =>
  encodeResource(name, ClusterLoadAssignment, ClusterLoadAssignment.fromPartial({ clusterName: name }));
const held = ({ delivered }: Subscription): string[] => [...delivered.keys()];

describe('a subscription', () => {
  it('to a whole type wants everything when it names nothing or *, and only what it names otherwise', () => {
    const subscription = new Subscription(true);
    subscription.ask([]);
    expect(subscription.wants('a')).toBe(true);
    subscription.ask(['a']);
    expect([subscription.wants('a'), subscription.wants('b')]).toEqual([true, false]);
    subscription.ask(['a', '*']);
    expect(subscription.wants('b')).toBe(true);
  });

  it('to a partial type that names nothing wants nothing', () => {
    const subscription = new Subscription(false);
    subscription.ask([]);
    expect(subscription.wants('a')).toBe(false);
  });

  it('is to be looked at again when its names change, in whatever order they come, and only then', () => {
    const subscription = new Subscription(false);
    subscription.ask(['a', 'b']);
    subscription.stale = false;
    subscription.ask(['b', 'a']);
    expect(subscription.stale).toBe(false);
    subscription.ask(['b', 'c']);
    expect(subscription.stale).toBe(true);
  });

  it('forgets what is asked for no more, and what is asked for anew after it was sent unasked', () => {
    const subscription = new Subscription(false);
    subscription.ask(['a', 'b']);
    subscription.deliver(['a', 'b', 'unasked'].map(resource), 0);
    subscription.ask(['b', 'unasked']);
    expect(held(subscription)).toEqual(['b']);
  });

  it('to a whole type holds what the last response held; to a partial one what all of them did', () => {
    const [whole, partial] = [new Subscription(true), new Subscription(false)];
    for (const subscription of [whole, partial]) {
      subscription.deliver([resource('a')], 0);
      subscription.deliver([resource('b')], 0);
    }
    expect(held(whole)).toEqual(['b']);
    expect(held(partial)).toEqual(['a', 'b']);
  });

  it('settles a response and those before it by its nonce, and tells whether it was the newest', () => {
    const subscription = new Subscription(false);
    const [first, second, third] = ['a', 'b', 'c'].map((name, index) => subscription.deliver([resource(name)], index));
    expect(new Set([first, second, third]).size).toBe(3);
    expect(subscription.settle(second!)).toMatchObject({ settled: [{ names: ['a'] }, { names: ['b'] }], current: false });
    expect(subscription.outstanding).toMatchObject([{ names: ['c'], sentAt: 2 }]);
    expect(subscription.settle(third!)).toMatchObject({ settled: [{ names: ['c'] }], current: true });
    expect(subscription.settle(third!)).toMatchObject({ settled: [], current: true });
  });

  it('takes a request without a nonce as current, and one with a nonce of nobody for nothing', () => {
    const subscription = new Subscription(false);
    subscription.deliver([resource('a')], 0);
    expect(subscription.settle('')).toEqual({ settled: [], current: true });
    expect(subscription.settle('of another stream')).toEqual({ settled: [], current: false });
    expect(subscription.outstanding).toHaveLength(1);
  });
});
