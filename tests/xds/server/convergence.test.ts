import fc from 'fast-check';
import { Translator } from '../../../src/xds';
import type { ProxyModel } from '../../../src/gateway';
import { proxy, route, service, upstream } from '../../support/models';
import type { Received } from './scripted-client';
import { ScriptedClient } from './scripted-client';

const OPTIONS = { listenHost: '0.0.0.0', httpPort: 8080, httpsPort: 8443, publicHttpsPort: 8443, proxyName: 'gw' };

/**
 * A client that keeps Envoy's rules: it handles responses in order, withholds its answer on clusters while any warms up,
 * asks for the endpoints of the clusters that it has, and answers the rest at once.
 */
class EnvoyModel {
  readonly client = new ScriptedClient();
  clusters = new Set<string>();
  routes: Record<string, string[]> = {};
  #handled = 0;
  #withheld: Received | undefined;

  /** Handles what was sent, `warm` telling whether clusters have warmed up by now. */
  handle(warm: boolean): void {
    for (; this.#handled < this.client.received.length; this.#handled += 1) this.#take(this.client.received[this.#handled]!);
    if (!warm || !this.#withheld) return;
    const withheld = this.#withheld;
    this.#withheld = undefined;
    this.client.ack(withheld);
    this.handle(false);
  }

  #take(response: Received): void {
    if (response.kind === 'cluster') {
      this.clusters = new Set(response.names);
      this.#withheld = response;
      this.client.ask('endpoint', [...this.clusters].sort());
    }
    if (response.kind === 'endpoint') this.client.ack(response, [...this.clusters].sort());
    if (response.kind === 'route') {
      this.routes = this.client.hosts();
      this.client.ack(response, ['ingress_http']);
    }
    for (const clusters of Object.values(this.routes))
      for (const cluster of clusters) expect([...this.clusters]).toContain(cluster);
  }
}

/** Hosts 1 to 3, each on one of five upstreams or absent. */
const model: fc.Arbitrary<ProxyModel> = fc
  .array(fc.option(fc.record({ up: fc.integer({ min: 1, max: 5 }), checked: fc.boolean() })), { minLength: 3, maxLength: 3 })
  .map((hosts) =>
    proxy(
      hosts.flatMap((host, index) => {
        if (!host) return [];
        const healthCheck = host.checked
          ? { path: '/', host: 'h', intervalSeconds: 1, timeoutSeconds: 3, unhealthyThreshold: 1, healthyThreshold: 1 }
          : undefined;
        return service(index + 1, `${index + 1}.test`, [
          route(index + 1, '/', [upstream(host.up, 9000 + host.up, { healthCheck })]),
        ]);
      }),
    ),
  );
const step = fc.record({ model: fc.option(model), pass: fc.constantFrom(0, 1, 60, 1_000, 6_000), warm: fc.boolean() });

it('no client ever holds a route to a cluster that it does not hold, and every client ends with the last snapshot', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), model, (steps, final) => {
      const translator = new Translator(OPTIONS);
      const envoy = new EnvoyModel();
      envoy.client.session.onSnapshot(translator.translate(proxy([])));
      envoy.client.ask('cluster');
      envoy.client.ask('route', ['ingress_http']);
      envoy.handle(true);
      for (const { model: next, pass, warm } of [...steps, { model: final, pass: 0, warm: false }]) {
        if (next) envoy.client.session.onSnapshot(translator.translate(next));
        envoy.handle(warm);
        envoy.client.pass(pass);
        envoy.handle(warm);
      }
      for (let round = 0; round < 6; round += 1) {
        envoy.client.pass(10_000);
        envoy.handle(true);
      }
      const wanted = Object.fromEntries(
        final.services.map(({ host, routes }) => [
          host,
          routes.flatMap(({ upstreams }) => upstreams.map(({ id }) => `upstream/${id}`)),
        ]),
      );
      expect(envoy.routes).toEqual(wanted);
      expect(envoy.clusters).toEqual(new Set(Object.values(wanted).flat()));
      envoy.client.session.close();
    }),
    { numRuns: 500 },
  );
});
