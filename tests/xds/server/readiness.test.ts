import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import type { ClusterTarget } from '../../../src/xds/config';
import { encodeResource } from '../../../src/xds/resource';
import { ClusterReadiness } from '../../../src/xds/server/readiness';

const eds = (name: string, warmingSeconds = 0): ClusterTarget => {
  const resource = encodeResource(name, Cluster, Cluster.fromPartial({ name }));
  return { resource, hasEndpoints: true, warmingSeconds };
};
const dns = (name: string, warmingSeconds: number): ClusterTarget => ({ ...eds(name, warmingSeconds), hasEndpoints: false });

/** These clusters go out in a response with the nonce. */
function send(readiness: ClusterReadiness, clusters: readonly ClusterTarget[], nonce: number, now: number): void {
  for (const cluster of clusters) readiness.sent(cluster.resource.name, cluster, nonce, now);
}

/** A client that was sent these clusters at the time 1000, with the nonce 1. */
function sent(...clusters: ClusterTarget[]): ClusterReadiness {
  const readiness = new ClusterReadiness();
  send(readiness, clusters, 1, 1_000);
  return readiness;
}

describe('a cluster', () => {
  it('is not ready when it was never sent, nor before anything was answered', () => {
    expect(new ClusterReadiness().readyFrom('a')).toBe(Infinity);
    expect(sent(eds('a')).readyFrom('a')).toBe(Infinity);
  });

  it('is ready when the response that held it was accepted', () => {
    const readiness = sent(eds('a', 30));
    readiness.accepted(['a'], 1);
    expect(readiness.readyFrom('a')).toBe(0);
  });

  it('that the client has from an earlier stream is ready', () => {
    const readiness = new ClusterReadiness();
    readiness.held('a', 0, 0);
    expect(readiness.readyFrom('a')).toBe(0);
  });

  it('is ready the time of its checks after its endpoints were first accepted', () => {
    const readiness = sent(eds('a', 3));
    readiness.endpointsAnswered(['a'], 2_000);
    readiness.endpointsAnswered(['a'], 4_000);
    expect(readiness.readyFrom('a')).toBe(5_500);
  });

  it('with a DNS name is ready its time after it was sent, since no endpoints are sent for it', () => {
    expect(sent(dns('a', 5)).readyFrom('a')).toBe(6_500);
  });

  it('is not ready by an answer when a later response took it away', () => {
    const readiness = sent(eds('a'), eds('b'));
    readiness.removed('a');
    readiness.accepted(['a', 'b'], 1);
    expect([readiness.readyFrom('a'), readiness.readyFrom('b')]).toEqual([Infinity, 0]);
  });

  it('is not ready by an answer to an earlier response when a later one held it anew', () => {
    const readiness = sent(eds('a'));
    readiness.removed('a');
    send(readiness, [eds('a')], 3, 3_000);
    readiness.accepted(['a'], 2);
    expect(readiness.readyFrom('a')).toBe(Infinity);
    readiness.accepted(['a'], 3);
    expect(readiness.readyFrom('a')).toBe(0);
  });

  it('that went and came back has to warm up again', () => {
    const readiness = sent(eds('a'));
    readiness.accepted(['a'], 1);
    readiness.removed('a');
    send(readiness, [eds('a')], 2, 3_000);
    expect(readiness.readyFrom('a')).toBe(Infinity);
  });

  it('that changes in place stays ready', () => {
    const readiness = sent(eds('a'));
    readiness.accepted(['a'], 1);
    send(readiness, [eds('a', 9)], 2, 2_000);
    expect(readiness.readyFrom('a')).toBe(0);
  });

  it('that the client rejects is not ready by waiting, and those beside it are', () => {
    const names = ['upstream/2', 'upstream/22', 'upstream/222', 'route/2/x'];
    const readiness = sent(dns('upstream/2', 5), dns('upstream/22', 5), dns('upstream/222', 5), eds('route/2/x'));
    for (const name of ['upstream/22', 'route/2/x']) readiness.rejected(name);
    readiness.endpointsAnswered(['route/2/x'], 2_000);
    expect(names.map((name) => readiness.readyFrom(name))).toEqual([6_500, Infinity, 6_500, Infinity]);
    expect(names.map((name) => readiness.isRejected(name))).toEqual([false, true, false, true]);
  });

  it('that was rejected is no longer when it is changed or taken away', () => {
    const readiness = sent(dns('a', 5), dns('b', 5), dns('c', 5));
    for (const name of ['a', 'b', 'c']) readiness.rejected(name);
    send(readiness, [dns('a', 5)], 2, 2_000);
    readiness.removed('c');
    expect(['a', 'b', 'c'].map((name) => readiness.isRejected(name))).toEqual([false, true, false]);
    expect(readiness.readyFrom('a')).toBe(7_500);
  });

  it('that was rejected is no longer when it is accepted after all', () => {
    const readiness = sent(dns('b', 5));
    readiness.rejected('b');
    readiness.accepted(['b'], 1);
    expect([readiness.isRejected('b'), readiness.readyFrom('b')]).toEqual([false, 0]);
  });

  it('that serves keeps serving when its change is rejected', () => {
    const readiness = sent(eds('a'));
    readiness.accepted(['a'], 1);
    send(readiness, [eds('a', 9)], 2, 2_000);
    readiness.rejected('a');
    expect([readiness.readyFrom('a'), readiness.isRejected('a')]).toEqual([0, false]);
  });
});
