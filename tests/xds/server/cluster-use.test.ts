import { ClusterUse } from '../../../src/xds/server/cluster-use';
import type { HostRoutes } from '../../../src/xds/translate';
import { encodeResource } from '../../../src/xds/resource';
import { VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';

/** One host whose routes lead to these clusters. */
const to = (...clusters: string[]): ReadonlyMap<string, HostRoutes> => {
  const virtualHost = encodeResource('a.test', VirtualHost, VirtualHost.fromPartial({ name: 'a.test' }));
  return new Map([['a.test', { virtualHost, clusters, leadToTls: false }]]);
};
const inUse = (use: ClusterUse) => ['1', '2', '3', '4'].filter((cluster) => use.has(cluster));

describe('the use of clusters', () => {
  it('counts the clusters of each response until a later one was accepted', () => {
    const use = new ClusterUse();
    for (const nonce of [1, 2, 3]) use.sent('r', to(String(nonce)), nonce);
    expect(inUse(use)).toEqual(['1', '2', '3']);
    use.answered(['r'], 2, true);
    expect(inUse(use)).toEqual(['2', '3']);
    use.answered(['r'], 3, false);
    expect(inUse(use)).toEqual(['2', '3']);
    use.sent('r', to('4'), 4);
    use.answered(['r'], 4, true);
    expect(inUse(use)).toEqual(['4']);
  });

  it('counts what is under way to a client that let go of the routes until it answered that', () => {
    const use = new ClusterUse();
    use.sent('r', to('1'), 1);
    use.sent('r', to('2'), 2);
    use.dropped('r', 1);
    expect(inUse(use)).toEqual(['2']);
    use.dropped('r', 2);
    expect(inUse(use)).toEqual([]);
  });

  it('counts a cluster for as long as one route configuration leads there', () => {
    const use = new ClusterUse();
    use.sent('r', to('1', '2'), 1);
    use.sent('s', to('1'), 2);
    use.dropped('r', 9);
    expect(inUse(use)).toEqual(['1']);
    use.dropped('s', 9);
    expect(inUse(use)).toEqual([]);
  });

  it('counts the clusters of routes that were taken away until that was accepted', () => {
    const use = new ClusterUse();
    use.sent('r', to('1'), 1);
    use.answered(['r'], 1, true);
    use.sent('r', undefined, 2);
    expect(inUse(use)).toEqual(['1']);
    use.answered(['r'], 2, true);
    expect(inUse(use)).toEqual([]);
  });

  it('counts what a client brought along until it accepted something else', () => {
    const use = new ClusterUse();
    use.sent('r', to('1'), 0);
    expect(inUse(use)).toEqual(['1']);
    use.sent('r', to('2'), 1);
    use.answered(['r'], 1, true);
    expect(inUse(use)).toEqual(['2']);
  });

  it('hears without harm of names that it does not know, and of the same answer twice', () => {
    const use = new ClusterUse();
    use.sent('r', to('1'), 1);
    for (let time = 0; time < 2; time += 1) use.answered(['r', 'unknown'], 1, true);
    use.dropped('unknown', 9);
    expect(inUse(use)).toEqual(['1']);
  });
});
