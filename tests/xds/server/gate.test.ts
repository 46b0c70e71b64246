import type { ProxyConfig } from '../../../src/xds/config';
import { Gate } from '../../../src/xds/server/gate';
import type { Next } from '../../../src/xds/server/gate';
import type { Held } from '../../../src/xds/server/subscription';
import { Subscription } from '../../../src/xds/server/subscription';
import type { ResourceKind } from '../../../src/xds/translate';
import { proxy, route, service, upstream, whole } from '../../support/models';
import { configOn, hostsOf, ManualClock } from './scripted-client';

/** All hosts are in one route configuration, at once. */
const NAME = 'http/*';

/** Hosts, each with the number of its upstream; and one for every other host, without routes. */
const model = (hosts: Record<string, number>) =>
  proxy([
    ...Object.entries(hosts).map(([host, up], index) => service(index, host, [route(index, '/', [upstream(up, 9000 + up)])])),
    service(99, '*', []),
  ]);

interface Client {
  readonly clusters: Subscription;
  readonly config: ProxyConfig;
  readonly gate: Gate;
  held: Held | undefined;
}

/** A client that has these hosts, with the clusters that are ready. */
function client(hosts: Record<string, number>, ...ready: number[]): Client {
  const config = configOn(new ManualClock(), model(hosts));
  const clusters = new Subscription();
  clusters.wildcard = true;
  const subscriptions = new Map<ResourceKind, Subscription>([['cluster', clusters]]);
  const made: Client = { clusters, config, gate: new Gate(config.targets, subscriptions, () => undefined), held: undefined };
  for (const number of ready) made.gate.readiness.held(`upstream/${number}`, 0, 0);
  next(made);
  return made;
}

/** What the client may have now, without the host of all others; it is taken to have got it. */
function next(made: Client, now = 0): Record<string, string | undefined> | string {
  // The clusters went out before.
  for (const name of made.config.targets.cluster.keys()) made.clusters.held.set(name, { version: '', resource: undefined });
  const found: Next = made.gate.next('route', NAME, made.held, 1, now);
  if (typeof found === 'string') return found;
  made.held = found;
  const hosts = Object.entries(hostsOf(found.resource!.bytes)).filter(([host]) => host !== '*');
  return Object.fromEntries(hosts.map(([host, clusters]) => [host, clusters[0]]));
}

describe('the gate before routes', () => {
  it('lets each host through when its own clusters are ready; a new one appears then', () => {
    const made = client({ 'a.test': 1, 'b.test': 1 }, 1);
    made.config.apply(whole(model({ 'a.test': 2, 'b.test': 3, 'c.test': 4 })));
    made.gate.readiness.held('upstream/3', 0, 0);
    expect(next(made)).toEqual({ 'a.test': 'upstream/1', 'b.test': 'upstream/3' });
    for (const number of [2, 4]) made.gate.readiness.held(`upstream/${number}`, 0, 0);
    expect(next(made)).toEqual({ 'a.test': 'upstream/2', 'b.test': 'upstream/3', 'c.test': 'upstream/4' });
    expect(made.held?.resource).toBe(made.config.targets.route.get(NAME)?.resource);
  });

  it('takes a host that is gone away at once', () => {
    const made = client({ 'a.test': 1, 'b.test': 1 }, 1);
    made.config.apply(whole(model({ 'b.test': 2 })));
    expect(next(made)).toEqual({ 'b.test': 'upstream/1' });
  });

  it('wakes when the first cluster that a host waits for will be ready', () => {
    const made = client({}, 1);
    made.config.apply(whole(model({ 'a.test': 1, 'b.test': 2, 'c.test': 3 })));
    for (const number of [2, 3])
      made.gate.readiness.sent(
        `upstream/${number}`,
        { ...made.config.targets.cluster.get(`upstream/${number}`)!, warmingSeconds: 4 },
        1,
        0,
      );
    expect(next(made)).toEqual({ 'a.test': 'upstream/1' });
    expect(made.gate.wake).toBe(Infinity);
    made.gate.readiness.endpointsAnswered(['upstream/2'], 500);
    expect(next(made, 4_999)).toEqual({ 'a.test': 'upstream/1' });
    expect(made.gate.wake).toBe(5_000);
    expect(next(made, 5_000)).toEqual({ 'a.test': 'upstream/1', 'b.test': 'upstream/2' });
  });

  it('leaves a client that came back with older routes all of them while clusters warm up, but not for ever', () => {
    const made = client({ 'a.test': 1, 'b.test': 2 }, 1);
    made.held = { version: 'older', resource: undefined };
    made.gate.holdsOlder(NAME, 1_000);
    expect(next(made, 1_000)).toBe('wait');
    expect(made.gate.wake).toBe(4_000);
    expect(next(made, 4_000)).toEqual({ 'a.test': 'upstream/1', 'b.test': 'upstream/2' });
  });

  it('replaces the older routes of a client that came back as soon as everything is ready', () => {
    const made = client({ 'a.test': 1 }, 1);
    made.held = { version: 'older', resource: undefined };
    made.gate.holdsOlder(NAME, 1_000);
    expect(next(made, 1_000)).toEqual({ 'a.test': 'upstream/1' });
    made.config.apply(whole(model({ 'a.test': 2 })));
    expect(next(made, 1_001)).toEqual({ 'a.test': 'upstream/1' });
  });

  it('keeps every cluster while the client has older routes that are not known, and those of its routes after that', () => {
    const made = client({ 'a.test': 1 }, 1);
    made.gate.holdsOlder(NAME, 1_000);
    expect(made.gate.next('cluster', 'upstream/7', undefined, 1, 1_000)).toBe('retain');
    made.gate.isRid(NAME);
    expect(made.gate.next('cluster', 'upstream/7', undefined, 1, 1_000)).toBe('gone');
    made.gate.use.sent(NAME, made.held?.members, 1);
    made.config.apply(whole(model({})));
    expect(made.gate.next('cluster', 'upstream/1', undefined, 1, 1_000)).toBe('retain');
    expect([...made.gate.retained]).toEqual(['upstream/1']);
  });
});
