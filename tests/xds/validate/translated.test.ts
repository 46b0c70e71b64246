import fc from 'fast-check';
import type { ProxyModel } from '../../../src/gateway';
import { Translator } from '../../../src/xds';
import type { Resource } from '../../../src/xds/resource';
import { joinRouteConfiguration, TYPE_URLS } from '../../../src/xds/translate';
import type { ResourceKind } from '../../../src/xds/translate';
import { violations } from '../../../src/xds/validate';
import { proxy } from '../../support/models';
import { CASES } from '../translate/cases';
import { services } from './arbitrary-services';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };

/** Everything that a model becomes. */
function resources(model: ProxyModel): [ResourceKind, Resource][] {
  const { listeners, hosts, clusters, secrets } = new Translator(OPTIONS).translate(model);
  const of = (kind: ResourceKind, all: Iterable<Resource>): [ResourceKind, Resource][] => [...all].map((each) => [kind, each]);
  return [
    ...of('listener', listeners.values()),
    ...of('secret', secrets.values()),
    ...[...clusters.values()].flatMap(({ cluster, endpoints }) => [
      ...of('cluster', [cluster]),
      ...of('endpoint', endpoints ? [endpoints] : []),
    ]),
    ...[...hosts].flatMap(([name, routes]) => of('route', [joinRouteConfiguration(name, [...routes.values()])])),
  ];
}

function wrong(model: ProxyModel): unknown[] {
  return resources(model).flatMap(([kind, { name, bytes }]) =>
    violations(TYPE_URLS[kind], bytes).map((violation) => ({ kind, name, ...violation })),
  );
}

describe('what is made of a model', () => {
  it.each(CASES)('has no violation: $name', ({ model }) => expect(wrong(model)).toEqual([]));

  it('has no violation, whatever is stored', () => {
    fc.assert(
      fc.property(services, (all) => expect(wrong(proxy(all))).toEqual([])),
      { numRuns: 300 },
    );
  });

  it('is told from what the checks before it would have to refuse', () => {
    const [service] = CASES.find(({ name }) => name === 'matches')!.model.services;
    const routes = service!.routes.map((route) => ({
      ...route,
      match: { path: { kind: 'regex' as const, value: '(' }, headers: [] },
    }));
    expect(wrong(proxy([{ ...service!, routes }]))).not.toEqual([]);
  });
});
