import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { Translator } from '../../../src/xds';
import type { Snapshot } from '../../../src/xds';
import type { Resource } from '../../../src/xds/resource';
import { ClusterReadiness } from '../../../src/xds/server/cluster-readiness';
import { RouteDelivery } from '../../../src/xds/server/route-delivery';
import { HTTP_LISTENER } from '../../../src/xds/translate';
import { proxy, route, service, upstream } from '../../support/models';

const translator = new Translator({ listenHost: '::', httpPort: 1, httpsPort: 2, publicHttpsPort: 3, proxyName: 'gw' });
const NAMES = [HTTP_LISTENER];

/** Hosts, each with the number of its upstream. */
const snapshotOf = (hosts: Record<string, number>): Snapshot =>
  translator.translate(
    proxy(Object.entries(hosts).map(([host, up], index) => service(index, host, [route(index, '/', [upstream(up, 9000 + up)])]))),
  );

const ready = (...numbers: number[]): ClusterReadiness => {
  const readiness = new ClusterReadiness();
  readiness.clustersAccepted(
    numbers.map((number) => `upstream/${number}`),
    [],
  );
  return readiness;
};

/** The hosts of a response, each with its cluster; undefined when there is none. */
function hostsOf([resource]: readonly Resource[]): Record<string, string> | undefined {
  if (!resource) return undefined;
  const { virtualHosts } = RouteConfiguration.decode(resource.bytes);
  return Object.fromEntries(virtualHosts.map(({ name, routes }) => [name, routes[0]?.route?.cluster ?? '']));
}

/** What the client may have now, sent to it. */
function send(
  delivery: RouteDelivery,
  snapshot: Snapshot,
  readiness: ClusterReadiness,
  now = 0,
): Record<string, string> | undefined {
  const resources = delivery.next(NAMES, snapshot, readiness, now);
  delivery.wasSent();
  return hostsOf(resources);
}

describe('the delivery of routes', () => {
  it('moves each host when its own clusters are ready; a new one appears then', () => {
    const delivery = new RouteDelivery();
    send(delivery, snapshotOf({ 'a.test': 1, 'b.test': 1 }), ready(1));
    const target = snapshotOf({ 'a.test': 2, 'b.test': 3, 'c.test': 4 });
    expect(send(delivery, target, ready(1, 3))).toEqual({ 'a.test': 'upstream/1', 'b.test': 'upstream/3' });
    expect(send(delivery, target, ready(1, 2, 3, 4))).toEqual(hostsOf(delivery.ideal(NAMES, target)));
  });

  it('takes a host that is gone away at once', () => {
    const delivery = new RouteDelivery();
    send(delivery, snapshotOf({ 'a.test': 1, 'b.test': 1 }), ready(1));
    expect(send(delivery, snapshotOf({ 'b.test': 2 }), ready(1))).toEqual({ 'b.test': 'upstream/1' });
  });

  it('gives the same bytes for the same hosts, by identity', () => {
    const delivery = new RouteDelivery();
    const snapshot = snapshotOf({ 'a.test': 1 });
    const [first] = delivery.next(NAMES, snapshot, ready(1), 0);
    expect(delivery.next(NAMES, snapshot, ready(1), 0)[0]).toBe(first);
  });

  it('counts the clusters of each response as in use until a later one was accepted', () => {
    const delivery = new RouteDelivery();
    for (const number of [1, 2, 3]) send(delivery, snapshotOf({ 'a.test': number }), ready(1, 2, 3));
    const inUse = () => [...delivery.clustersInUse()].sort();
    expect(inUse()).toEqual(['upstream/1', 'upstream/2', 'upstream/3']);
    delivery.answered(2, true);
    expect(inUse()).toEqual(['upstream/2', 'upstream/3']);
    delivery.answered(1, false);
    expect(inUse()).toEqual(['upstream/2', 'upstream/3']);
    send(delivery, snapshotOf({ 'a.test': 4 }), ready(4));
    delivery.answered(1, true);
    expect(inUse()).toEqual(['upstream/4']);
  });

  it('wakes when the first cluster that a host waits for will be ready', () => {
    const delivery = new RouteDelivery();
    const target = snapshotOf({ 'a.test': 1, 'b.test': 2 });
    const readiness = new ClusterReadiness();
    readiness.clustersSent(
      new Set(target.clusters.keys()),
      [...target.clusters.values()].map((cluster) => ({ ...cluster, warmingSeconds: 4 })),
      0,
    );
    send(delivery, target, readiness);
    expect(delivery.wake(readiness)).toBe(Infinity);
    readiness.endpointsAnswered(['upstream/2'], 500);
    expect(delivery.wake(readiness)).toBe(4_500);
    expect(send(delivery, target, readiness, 4_499)).toEqual({});
    expect(send(delivery, target, readiness, 4_500)).toEqual({ 'b.test': 'upstream/2' });
  });

  it('leaves a client that came back with older routes all of them while clusters warm up, but not for ever', () => {
    const delivery = new RouteDelivery();
    delivery.holdsOlder(1_000);
    const target = snapshotOf({ 'a.test': 1, 'b.test': 2 });
    expect(delivery.next(NAMES, target, ready(1), 1_000)).toEqual([]);
    expect(delivery.wake(ready(1))).toBe(4_000);
    expect(send(delivery, target, ready(1), 4_000)).toEqual({ 'a.test': 'upstream/1' });
  });

  it('replaces the older routes of a client that came back as soon as everything is ready', () => {
    const delivery = new RouteDelivery();
    delivery.holdsOlder(1_000);
    expect(send(delivery, snapshotOf({ 'a.test': 1 }), ready(1), 1_000)).toEqual({ 'a.test': 'upstream/1' });
    delivery.answered(1, true);
    expect(send(delivery, snapshotOf({ 'a.test': 2 }), ready(1), 1_001)).toEqual({ 'a.test': 'upstream/1' });
  });

  it('knows what a client that came back with equal routes holds', () => {
    const delivery = new RouteDelivery();
    delivery.holds(HTTP_LISTENER, snapshotOf({ 'a.test': 1 }).hosts.get(HTTP_LISTENER)!);
    expect([...delivery.clustersInUse()]).toEqual(['upstream/1']);
    expect(send(delivery, snapshotOf({ 'a.test': 2 }), ready(1))).toEqual({ 'a.test': 'upstream/1' });
  });
});
