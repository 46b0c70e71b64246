import fc from 'fast-check';
import type { ProxyModel } from '../../../src/gateway';
import { RouteConfiguration } from '../../../gen/envoy-api/envoy/config/route/v3/route';
import { ProxyConfig } from '../../../src/xds/config';
import { KINDS, TYPE_URLS } from '../../../src/xds/translate';
import { violations } from '../../../src/xds/validate';
import { proxy, route, service, upstream, whole } from '../../support/models';
import { CASES } from '../translate/cases';
import { services } from './arbitrary-services';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };

function configOf(model: ProxyModel): ProxyConfig {
  const config = new ProxyConfig(model.name, OPTIONS);
  config.apply(whole(model));
  return config;
}

/** What of a model's resources Envoy would refuse, and what was left out because Envoy would. */
function wrong(model: ProxyModel): unknown[] {
  const config = configOf(model);
  const refused = [...config.notes()].filter(({ message }) => message.includes('Envoy would refuse'));
  const violated = KINDS.flatMap((kind) =>
    [...config.targets[kind].values()].flatMap(({ resource: { name, bytes } }) =>
      violations(TYPE_URLS[kind], bytes).map((violation) => ({ kind, name, ...violation })),
    ),
  );
  return [...violated, ...refused];
}

describe('what is made of a model', () => {
  it.each(CASES)('has no violation: $name', ({ model }) => expect(wrong(model)).toEqual([]));

  it('has no violation, whatever is stored', () => {
    fc.assert(
      fc.property(services, (all) => expect(wrong(proxy(all))).toEqual([])),
      { numRuns: 300 },
    );
  });

  it('leaves out what Envoy would refuse, names it, and serves the rest', () => {
    const [[, service] = []] = CASES.find(({ name }) => name === 'matches')!.model.services;
    const [first, ...others] = service!.routes;
    const bad = { ...first!, match: { path: { kind: 'regex' as const, value: '(' }, headers: [] } };
    const config = configOf(proxy([{ ...service!, routes: [bad, ...others] }]));
    expect([...config.notes()]).toEqual([
      {
        object: { kind: 'route', name: bad.name, of: { kind: 'service', name: service!.name } },
        message: expect.stringContaining('Envoy would refuse match.safe_regex.regex') as unknown,
      },
    ]);
    const target = config.targets.route.get(`http/${service!.host}`)!;
    expect(violations(TYPE_URLS.route, target.resource.bytes)).toEqual([]);
    expect(RouteConfiguration.decode(target.resource.bytes).virtualHosts[0]?.routes).toHaveLength(others.length);
  });

  it('answers 503 in place of a route whose action Envoy would refuse', () => {
    const bad = route(1, '/bad', [upstream(1, 9001)], {
      filters: { hostRewrite: { patternRegex: '(', substitution: 'x' } },
    });
    const config = configOf(proxy([service(1, 'a.test', [bad, route(2, '/', [upstream(1, 9001)])])]));
    const { virtualHosts } = RouteConfiguration.decode(config.targets.route.get('http/a.test')!.resource.bytes);
    expect(
      virtualHosts[0]?.routes.map(({ directResponse, responseHeadersToAdd }) => [
        directResponse?.status,
        responseHeadersToAdd[0]?.header?.value,
      ]),
    ).toEqual([
      [503, 'route route1 of service service1'],
      [undefined, undefined],
    ]);
  });
});
