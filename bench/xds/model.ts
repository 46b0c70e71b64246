import type { ProxyModel, Service } from '../../src/gateway';
import { proxy, route, service, upstream } from '../../tests/support/models';

/** So many services, each with one route to two upstreams of a cluster of its own. Nothing listens at their ports. */
export function manyServices(count: number, name = 'gw'): ProxyModel {
  return proxy(
    Array.from({ length: count }, (_, index) => oneService(index + 1, 100)),
    { name },
  );
}

/** @param weight of the first upstream: what a change alters */
export function oneService(id: number, weight: number): Service {
  const upstreams = [upstream(2 * id, 20_000, { weight }), upstream(2 * id + 1, 20_001)];
  return service(id, `service${id}.test`, [route(id, '/', upstreams)]);
}
