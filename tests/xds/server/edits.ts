import fc from 'fast-check';
import type { ProxyChange, ProxyModel, Service } from '../../../src/gateway';
import { proxy, route, service, upstream } from '../../support/models';

const HOSTS = ['a.test', 'b.test', 'one.w.test', 'two.w.test', '*.w.test', '*.test', '*'];
const CHECK = { path: '/', host: 'h', intervalSeconds: 1, timeoutSeconds: 3, unhealthyThreshold: 1, healthyThreshold: 1 };

const certificate = fc.option(fc.constantFrom('A', 'B'), { freq: 2 });
const serviceOf = fc.record({
  host: fc.constantFrom(...HOSTS),
  prefix: fc.constantFrom('/', '/x'),
  up: fc.integer({ min: 1, max: 4 }),
  second: fc.constantFrom(0, 0, 0, 5),
  certificate,
});
/** Up to four services on few hosts and upstreams, some shared, some with health checks. */
export const models: fc.Arbitrary<ProxyModel> = fc
  .record({
    services: fc.array(fc.option(serviceOf), { minLength: 4, maxLength: 4 }),
    checked: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    weight: fc.constantFrom(10, 20),
    domain: fc.option(fc.constantFrom('one', 'other')),
  })
  .map(({ services, checked, weight, domain }) => {
    const up = (id: number) =>
      upstream(id, 9000 + id, { healthCheck: checked[id - 1] ? CHECK : undefined, weight: id === 5 ? weight : 100 });
    const all = services.flatMap((given, index) => {
      if (!given) return [];
      const id = index + 1;
      const upstreams = given.second > 0 ? [up(given.up), up(given.second)] : [up(given.up)];
      const tls = given.certificate
        ? { secretId: id, secretName: `s${id}`, pair: { certificate: given.certificate, privateKey: 'K' } }
        : undefined;
      return service(id, given.host, [route(id, given.prefix, upstreams)], { tls });
    });
    return proxy(all, { rateLimits: domain === null ? [] : [{ id: 1, name: 'g', domain, descriptors: [] }] });
  });

/** Successive models as changes that say exactly which services differ; of equal services the first object stays. */
export class Edits {
  #version = 0;
  #services = new Map<number, Service>();

  next(model: ProxyModel): ProxyChange {
    this.#version += 1;
    const services = new Map<number, Service>();
    const changed = new Set<number>();
    for (const [id, each] of model.services) {
      const before = this.#services.get(id);
      const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(each);
      services.set(id, isSame ? before : each);
      if (!isSame) changed.add(id);
    }
    for (const id of this.#services.keys()) if (!services.has(id)) changed.add(id);
    this.#services = services;
    return {
      model: { ...model, services, version: String(this.#version) },
      services: this.#version === 1 ? 'all' : changed,
    };
  }
}
