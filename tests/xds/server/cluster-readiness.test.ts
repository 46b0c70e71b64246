import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { encodeResource } from '../../../src/xds/resource';
import { ClusterReadiness } from '../../../src/xds/server/cluster-readiness';
import type { TranslatedCluster } from '../../../src/xds/translate';

const eds = (name: string, warmingSeconds = 0): TranslatedCluster => {
  const resource = encodeResource(name, Cluster, Cluster.fromPartial({ name }));
  return { cluster: resource, endpoints: resource, warmingSeconds };
};
const dns = (name: string, warmingSeconds: number): TranslatedCluster => ({ ...eds(name, warmingSeconds), endpoints: undefined });

/** A client that was sent these clusters at the time 1000. */
function sent(...clusters: TranslatedCluster[]): ClusterReadiness {
  const readiness = new ClusterReadiness();
  readiness.clustersSent(new Set(clusters.map(({ cluster }) => cluster.name)), clusters, 1_000);
  return readiness;
}

describe('a cluster', () => {
  it('is not ready when it was never sent, nor before anything was answered', () => {
    expect(new ClusterReadiness().readyFrom('a')).toBe(Infinity);
    expect(sent(eds('a')).readyFrom('a')).toBe(Infinity);
  });

  it('is ready when the response that held it was accepted', () => {
    const readiness = sent(eds('a', 30));
    readiness.clustersAccepted(['a'], []);
    expect(readiness.readyFrom('a')).toBe(0);
  });

  it('is ready the time of its checks after its endpoints were first accepted', () => {
    const readiness = sent(eds('a', 3));
    readiness.endpointsAnswered(['a'], 2_000);
    readiness.endpointsAnswered(['a'], 4_000);
    expect(readiness.readyFrom('a')).toBe(5_000);
  });

  it('with a DNS name is ready its time after it was sent, since no endpoints are sent for it', () => {
    expect(sent(dns('a', 5)).readyFrom('a')).toBe(6_000);
  });

  it('is not ready by an answer when a later response took it away', () => {
    const readiness = sent(eds('a'), eds('b'));
    readiness.clustersSent(new Set(['b']), [], 2_000);
    readiness.clustersAccepted(['a', 'b'], [{ nonce: 2, sentAt: 2_000, names: ['b'] }]);
    expect([readiness.readyFrom('a'), readiness.readyFrom('b')]).toEqual([Infinity, 0]);
  });

  it('that went and came back has to warm up again', () => {
    const readiness = sent(eds('a'));
    readiness.clustersAccepted(['a'], []);
    readiness.clustersSent(new Set(), [], 2_000);
    readiness.clustersSent(new Set(['a']), [eds('a')], 3_000);
    expect(readiness.readyFrom('a')).toBe(Infinity);
  });

  it('that changes in place stays ready', () => {
    const readiness = sent(eds('a'));
    readiness.clustersAccepted(['a'], []);
    readiness.clustersSent(new Set(['a']), [eds('a', 9)], 2_000);
    expect(readiness.readyFrom('a')).toBe(0);
  });

  it('that the client rejects by name is not ready by waiting, and those beside it are', () => {
    const names = ['upstream/2', 'upstream/22', 'upstream/222', 'route/2/x'];
    const readiness = sent(dns('upstream/2', 5), dns('upstream/22', 5), dns('upstream/222', 5), eds('route/2/x'));
    readiness.clustersRejected('Error adding/updating cluster(s) upstream/22: no, route/2/x: no either');
    readiness.endpointsAnswered(['route/2/x'], 2_000);
    expect(names.map((name) => readiness.readyFrom(name))).toEqual([6_000, Infinity, 6_000, Infinity]);
    expect(names.map((name) => readiness.isRejected(name))).toEqual([false, true, false, true]);
  });

  it('that was rejected is no longer when it is changed, accepted after all, or taken away', () => {
    const reason = 'Error adding/updating cluster(s) a: no, b: no, c: no';
    const readiness = sent(dns('a', 5), dns('b', 5), dns('c', 5));
    readiness.clustersRejected(reason);
    readiness.clustersSent(new Set(['a', 'b']), [dns('a', 5)], 2_000);
    expect(['a', 'b', 'c'].map((name) => readiness.isRejected(name))).toEqual([false, true, false]);
    expect(readiness.readyFrom('a')).toBe(7_000);
    readiness.clustersAccepted(['a', 'b'], []);
    expect([readiness.isRejected('b'), readiness.readyFrom('b')]).toEqual([false, 0]);
  });

  it('that serves keeps serving when its change is rejected', () => {
    const readiness = sent(eds('a'));
    readiness.clustersAccepted(['a'], []);
    readiness.clustersSent(new Set(['a']), [eds('a', 9)], 2_000);
    readiness.clustersRejected('Error adding/updating cluster(s) a: no');
    expect([readiness.readyFrom('a'), readiness.isRejected('a')]).toEqual([0, false]);
  });
});
